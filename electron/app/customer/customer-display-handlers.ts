/** Switching the customer's display on and off, and which display there is. */
import type { CustomerDisplay } from '../../../shared/contract/customer-display.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Caller } from '../../orders/machine/actor.ts';
import type { Handlers } from '../core/handler.ts';
import type { SettingsStore } from '../settings/settings-store.ts';

/** What is shown on it, and where. */
export interface CustomerDisplays {
  found(): CustomerDisplay['found'];
  /** Opens or closes the customer's window now. */
  turn(on: boolean): void;
}

export interface CustomerDisplayPort {
  readonly store: Pick<SettingsStore, 'settings' | 'setTerminal'>;
  /** `null` while there is no window that it could be beside. */
  readonly displays: () => CustomerDisplays | null;
  /** Records the act, whether or not the terminal is open. */
  readonly note: (caller: Caller, outcome: string, about: 'on' | 'off') => void;
}

/** If the settings cannot be read, the display is used: a visible amount does no harm. */
export function isDisplayUsed(store: Pick<SettingsStore, 'settings'>): boolean {
  const settings = store.settings();
  return !settings.ok || settings.value.terminal.customerDisplay !== 'off';
}

/** Also works if the terminal could not be opened. Without `port` there is no display. */
export function customerDisplayHandlers(
  port: CustomerDisplayPort | null,
): Pick<Handlers, 'customer-display.state' | 'customer-display.switch'> {
  const now = (): CustomerDisplay => ({
    enabled: port !== null && isDisplayUsed(port.store),
    found: port?.displays()?.found() ?? null,
  });
  return {
    'customer-display.state': { withoutServices: () => ok(now()) },
    'customer-display.switch': {
      withoutServices: ({ enabled }, caller) => {
        const settings = port?.store.settings();
        const saved =
          port !== null &&
          settings?.ok === true &&
          port.store.setTerminal({ ...settings.value.terminal, customerDisplay: enabled ? 'auto' : 'off' }).ok;
        port?.note(caller, saved ? 'ok' : 'not-saved', enabled ? 'on' : 'off');
        if (!saved) return fail('not-saved');
        port.displays()?.turn(enabled);
        return ok(now());
      },
    },
  };
}
