/** The theme and the size of the text: as the system has them, until a manager or technician chooses. */
import type { Appearance } from '../../../shared/contract/appearance.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Caller } from '../../orders/machine/actor.ts';
import type { Handlers } from '../core/handler.ts';
import type { SettingsStore } from '../settings/settings-store.ts';

export interface AppearancePort {
  readonly store: Pick<SettingsStore, 'settings' | 'setTerminal'>;
  /** Shows it on every display now. */
  readonly wear: (appearance: Appearance) => void;
  /** Records the act, whether or not the terminal is open. */
  readonly note: (caller: Caller, outcome: string, about: string) => void;
}

const AS_THE_SYSTEM: Appearance = { theme: 'system', text: 'usual' };

/** What was chosen. If the settings cannot be read: as the system has it. */
export function chosenAppearance(store: Pick<SettingsStore, 'settings'>): Appearance {
  const settings = store.settings();
  if (!settings.ok) return AS_THE_SYSTEM;
  const { theme, text } = settings.value.terminal;
  return { theme: theme ?? AS_THE_SYSTEM.theme, text: text ?? AS_THE_SYSTEM.text };
}

/** Also works if the terminal could not be opened. Without `port` there is no screen. */
export function appearanceHandlers(
  port: AppearancePort | null,
): Pick<Handlers, 'appearance.state' | 'appearance.switch'> {
  return {
    'appearance.state': { withoutServices: () => ok(port === null ? AS_THE_SYSTEM : chosenAppearance(port.store)) },
    'appearance.switch': {
      withoutServices: (chosen, caller) => {
        const settings = port?.store.settings();
        const saved =
          port !== null &&
          settings?.ok === true &&
          port.store.setTerminal({ ...settings.value.terminal, ...chosen }).ok;
        port?.note(caller, saved ? 'ok' : 'not-saved', `${chosen.theme} ${chosen.text}`);
        if (!saved) return fail('not-saved');
        port.wear(chosen);
        return ok(chosen);
      },
    },
  };
}
