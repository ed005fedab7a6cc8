/**
 * What set-up needs from the rest, whichever runs it: the app's screen, the app at its start, or the terminal command.
 */
import type { PickedFileKind } from '../../../shared/contract/setup.ts';
import type { Result } from '../../../shared/result.ts';
import type { Clock } from '../../base/clock.ts';
import type { HelperFiles } from '../../face-bridge/helper-file.ts';
import type { Log } from '../../base/log.ts';
import type { SecretBox } from '../../vault/secret-box.ts';
import type { Profile } from '../settings/profile.ts';
import type { RunningTerminal } from '../core/running-terminal.ts';
import type { SettingsStore } from '../settings/settings-store.ts';

export interface PickedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Opens the dialog and reads the chosen files; an empty list if it was cancelled. */
export type PickFiles = (
  what: PickedFileKind,
) => Promise<Result<readonly PickedFile[], 'file-unreadable' | 'file-too-large'>>;

export interface InitialPins {
  readonly manager?: string | undefined;
  readonly technician?: string | undefined;
}

/** The part of PINs that set-up uses. */
export interface SetupPins {
  technicianSet(): boolean;
  /** The first PIN that would be refused, and why; `null` if all are accepted. */
  problemOf(pins: InitialPins, knownNumbers: readonly string[]): 'pin-shape' | 'pin-trivial' | null;
  /** Sets them all or none. The returned function undoes it. */
  set(pins: InitialPins): Promise<Result<() => void, 'not-saved'>>;
}

export interface SetupParts {
  readonly profile: Profile;
  readonly store: SettingsStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly box: SecretBox;
  /** Whether this process was started with FACEPAY_PASSPHRASE. */
  readonly passphraseGiven: boolean;
  readonly running: RunningTerminal;
  readonly pins: SetupPins;
  /** Where the face SDK's helper and library are looked at; this machine's files if not given. */
  readonly helperFiles?: HelperFiles;
}
