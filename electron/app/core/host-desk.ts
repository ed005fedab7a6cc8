/** What commands need of whatever the app runs in, and get as an interface: a person who picks a file, and paper. */
import type { SlipPage } from '../../../shared/contract/exports.ts';

export interface FileWish {
  /** Suggested; without a folder. */
  readonly fileName: string;
  /** Without the dot. */
  readonly extension: string;
}

/** Asks the person at the screen. The paths stay in main. */
export interface FilePicker {
  /** Where to; `null` where they thought better of it. Whether a file there may be replaced has been asked. */
  toSave(wish: FileWish): Promise<string | null>;
  /** Which file, of one of these kinds. */
  toOpen(extensions: readonly string[]): Promise<string | null>;
}

/** Puts on paper what the window shows for print. `null` and `false`: nothing came of it. */
export interface PagePrinter {
  print(page: SlipPage): Promise<boolean>;
  pdf(page: SlipPage): Promise<Uint8Array | null>;
}

export interface HostDesk {
  readonly files: FilePicker;
  readonly printer: PagePrinter;
}
