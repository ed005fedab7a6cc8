/** What commands need from the host (Electron or a test), as an interface: a file dialog and a printer. */
import type { SlipPage } from '../../../shared/contract/exports.ts';
import type { PrintCode } from '../../../shared/contract/printers.ts';
import type { Result } from '../../../shared/result.ts';

export interface FileRequest {
  /** A suggested file name, without a folder. */
  readonly fileName: string;
  /** Without the dot. */
  readonly extension: string;
}

/** Asks the person at the screen. The paths stay in main. */
export interface FilePicker {
  /**
   * Where to save; `null` if the person cancelled. The dialog has already asked whether an existing file may be
   * replaced.
   */
  toSave(request: FileRequest): Promise<string | null>;
  /** Which file to open, of one of these kinds. */
  toOpen(extensions: readonly string[]): Promise<string | null>;
}

/** Prints what the window shows for print, and always answers in time. `null`: there is no PDF. */
export interface PagePrinter {
  print(page: SlipPage): Promise<Result<null, PrintCode>>;
  pdf(page: SlipPage): Promise<Uint8Array | null>;
}

export interface HostPort {
  readonly files: FilePicker;
  readonly printer: PagePrinter;
}
