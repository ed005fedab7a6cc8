/** One entry of the gallery: a name, and what the stores and main would hold at that moment. */
import type { ReactNode } from 'react';
import type { CommandName, CommandOutput } from '../../shared/ipc.ts';
import type { SetupForm } from '../../renderer/back-office/setup/setup-form.ts';
import type { ShiftState } from '../../renderer/state/shift.ts';
import type { StaffState } from '../../renderer/state/staff.ts';
import type { KioskState } from '../../renderer/state/store.ts';

/** Main's answers. A command that is missing here is never answered: the screen stays in its waiting state. */
export type Answers = { readonly [Name in CommandName]?: CommandOutput<Name> };

/** In CSS px. */
export interface WindowSize {
  readonly width: number;
  readonly height: number;
}

export interface GalleryEntry {
  /** Used in the address, and in the names of its pictures. */
  readonly id: string;
  readonly kiosk?: Partial<KioskState>;
  readonly staff?: Partial<StaffState>;
  readonly shift?: Partial<ShiftState>;
  readonly setup?: Partial<SetupForm>;
  readonly answers?: Answers;
  /** Test ids of controls that are pressed one after the other, each when it is there. */
  readonly press?: readonly string[];
  /** What main says after that. */
  readonly then?: Partial<KioskState>;
  /** Another page in place of the app. */
  readonly page?: () => ReactNode;
  /** The window that it is made for, if it is not a till's. */
  readonly size?: WindowSize;
  /** A sheet of components in place of the screen. */
  readonly sheet?: () => ReactNode;
}
