/**
 * Prints what the page prepares for paper, on a printer or into a PDF file. The person chooses which in the system's
 * own dialog.
 */
import { writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { dialog, type BrowserWindow } from 'electron';
import { fail, ok, type Result } from '../../shared/result.ts';
import { fileTroubleOf } from '../base/safe-file.ts';

export type PrintTrouble = 'cancelled' | 'not-printed' | 'not-written';

/** `fileName`: the suggested name of the PDF. Returns the file's name; `null` for the printer. */
export function printPage(
  window: BrowserWindow | null,
  onto: 'printer' | 'pdf',
  fileName: string,
): Promise<Result<string | null, PrintTrouble>> {
  if (window === null || window.isDestroyed()) return Promise.resolve(fail('not-printed'));
  return onto === 'printer' ? ontoPrinter(window) : intoPdf(window, fileName);
}

function ontoPrinter(window: BrowserWindow): Promise<Result<null, PrintTrouble>> {
  return new Promise((resolve) => {
    window.webContents.print({ silent: false, pageSize: 'A4' }, (success, reason) => {
      if (success) resolve(ok(null));
      // Electron's words for a dialog that was closed. With any other message, nothing was printed either.
      else resolve(fail(/cancel/i.test(reason) ? 'cancelled' : 'not-printed'));
    });
  });
}

async function intoPdf(window: BrowserWindow, fileName: string): Promise<Result<string, PrintTrouble>> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    defaultPath: fileName,
    filters: [{ name: 'PDF', extensions: ['pdf'] }],
  });
  if (canceled || filePath === '') return fail('cancelled');
  const pdf = await window.webContents.printToPDF({ pageSize: 'A4', preferCSSPageSize: true });
  try {
    await writeFile(filePath, pdf, { mode: 0o600 });
  } catch (error) {
    if (fileTroubleOf(error) === null) throw error;
    return fail('not-written');
  }
  return ok(basename(filePath));
}
