/** Keeps over a restart when the till returns to the keypad after a paid order. */
import type { CommandCode } from '../../../shared/ipc.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { RETURN_SECONDS_AT_FIRST, type Terminal } from '../../../shared/settings.ts';
import type { Caller } from '../../orders/machine/actor.ts';
import type { Services } from '../core/services.ts';

/** The chosen time, in seconds; 0: never by itself. */
export const returnSecondsOf = ({ returnSeconds }: Pick<Terminal, 'returnSeconds'>): number =>
  returnSeconds ?? RETURN_SECONDS_AT_FIRST;

interface ReturnParts {
  readonly store: Pick<Services['store'], 'settings' | 'setTerminal'>;
  readonly audit: Pick<Services['audit'], 'note'>;
}

/** Writes the setting, and records in the audit trail who changed it. */
export function setReturn(
  { store, audit }: ReturnParts,
  seconds: number,
  caller: Caller,
): Result<null, CommandCode<'till.set-return'>> {
  const settings = store.settings();
  const saved = settings.ok ? store.setTerminal({ ...settings.value.terminal, returnSeconds: seconds }) : settings;
  audit.note(caller, 'return-changed', saved.ok ? 'ok' : 'not-saved', String(seconds));
  return saved.ok ? ok(null) : fail('not-saved');
}
