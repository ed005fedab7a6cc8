/** What the gallery shows: a name, and what the stores and main would hold at that moment. */
import type { ReactNode } from 'react';
import type { CommandName, CommandOutput } from '../../shared/ipc.ts';
import type { SetupForm } from '../../renderer/back-office/setup/setup-form.ts';
import type { ShiftState } from '../../renderer/state/shift.ts';
import type { StaffState } from '../../renderer/state/staff.ts';
import type { KioskState } from '../../renderer/state/store.ts';

/** What main answers. A command that is not here is never answered: the screen stays as it is while it waits. */
export type Answers = { readonly [Name in CommandName]?: CommandOutput<Name> };

/** In CSS px. */
export interface WindowSize {
  readonly width: number;
  readonly height: number;
}

export interface GalleryEntry {
  /** In the address, and of its pictures. */
  readonly id: string;
  readonly kiosk?: Partial<KioskState>;
  readonly staff?: Partial<StaffState>;
  readonly shift?: Partial<ShiftState>;
  readonly setup?: Partial<SetupForm>;
  readonly answers?: Answers;
  /** Test ids that are pressed one after the other, each once it is there. */
  readonly press?: readonly string[];
  /** Another page in the app's place. */
  readonly page?: () => ReactNode;
  /** The window it is made for, where that is not a till's. */
  readonly size?: WindowSize;
  /** A sheet of components in the screen's place. */
  readonly sheet?: () => ReactNode;
}
