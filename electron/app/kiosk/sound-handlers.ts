/** Keeps the terminal's loudness over a restart. */
import type { CommandCode } from '../../../shared/ipc.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Sound } from '../../../shared/settings.ts';
import type { Caller } from '../../orders/machine/actor.ts';
import type { Services } from '../core/services.ts';

/** Writes the setting, and records in the audit trail who muted the till or turned it down. */
export function setSound(
  { store, audit }: Services,
  sound: Sound,
  caller: Caller,
): Result<null, CommandCode<'sound.set'>> {
  const settings = store.settings();
  const saved = settings.ok ? store.setTerminal({ ...settings.value.terminal, sound }) : settings;
  audit.note(caller, 'sound-changed', saved.ok ? 'ok' : 'not-saved', sound.muted ? 'muted' : sound.volume);
  return saved.ok ? ok(null) : fail('not-saved');
}
