import { basename } from 'node:path';
import type { Notice } from '../../shared/ipc.ts';
import type { Result } from '../../shared/result.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { readPosSettings, switchedOff, writePosSettings, type PosSettings } from './pos-settings.ts';

/** The settings as they were last read or written; switched off while they cannot be read. */
export interface KeptPosSettings {
  now(): PosSettings;
  unreadable(): boolean;
  /**
   * Reads them again if they could not be read before, and reports the result. `started`: whether the result matters
   * now.
   */
  reread(started: boolean): void;
  save(next: PosSettings): Result<null, 'not-saved'>;
}

export interface KeptPosSettingsParts {
  /** The settings' file. */
  readonly file: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly onNotice: (notice: Notice) => void;
}

export function keptPosSettings({ file, clock, log, onNotice }: KeptPosSettingsParts): KeptPosSettings {
  let settings = switchedOff;
  let unreadable = false;
  let isUnreadableNotified = false;

  const read = (): void => {
    const now = readPosSettings(file);
    settings = now.ok ? now.value : switchedOff;
    unreadable = !now.ok;
  };
  /**
   * It is not known whether this terminal has a local API, and with which token. Its till software is refused
   * meanwhile.
   */
  const notifyUnreadable = (on: boolean): void => {
    if (on === isUnreadableNotified) return;
    isUnreadableNotified = on;
    if (on) log.warn({ file }, 'the settings of the local API cannot be read');
    onNotice({ code: 'pos-settings-unreadable', on, detail: on ? basename(file) : null });
  };

  read();
  return {
    now: () => settings,
    unreadable: () => unreadable,
    reread(started) {
      if (started && unreadable) read();
      notifyUnreadable(started && unreadable);
    },
    save(next) {
      const saved = writePosSettings(file, next, clock.read().wallMs);
      if (saved.ok) {
        settings = next;
        unreadable = false;
        notifyUnreadable(false);
      }
      return saved;
    },
  };
}
