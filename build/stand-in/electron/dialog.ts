// Runs in the stand-in's main process. Why it exists: Electron's `dialog`. Nobody sees a native dialog here, so
// the answers come from the launcher (KioskHost.answerDialog) or from STANDIN_DIALOGS, a JSON list of answers.
import type * as Electron from 'electron';
import type { DialogAnswer } from '../base/control.ts';
import { record, say } from '../base/records.ts';
import { strict } from '../base/strict.ts';

const answers = JSON.parse(process.env['STANDIN_DIALOGS'] ?? '[]') as DialogAnswer[];

/** Stores an answer for the next dialog of its kind. */
export function answerNextDialog(answer: DialogAnswer): void {
  answers.push(answer);
}

/** Takes the first answer of this kind; without one the dialog is cancelled, and a message says so. */
function take<Kind extends keyof DialogAnswer>(kind: Kind, what: string): DialogAnswer[Kind] | undefined {
  const index = answers.findIndex((answer) => answer[kind] !== undefined);
  if (index >= 0) return answers.splice(index, 1)[0]?.[kind];
  say(`${what}: no answer was prepared; cancelled`);
  return undefined;
}

/** With a window as the first argument or without one. */
function optionsOf<Options extends object>(first: Options | Electron.BaseWindow, second: Options | undefined): object {
  return second ?? first;
}

/** `dialog`. */
export const dialog: Pick<Electron.Dialog, 'showOpenDialog' | 'showSaveDialog' | 'showMessageBox' | 'showErrorBox'> =
  strict('dialog', {
    showOpenDialog(
      first: Electron.BaseWindow | Electron.OpenDialogOptions,
      second?: Electron.OpenDialogOptions,
    ): Promise<Electron.OpenDialogReturnValue> {
      record('dialog.showOpenDialog', optionsOf(first, second));
      const filePaths = [...(take('open', 'showOpenDialog') ?? [])];
      return Promise.resolve({ canceled: filePaths.length === 0, filePaths });
    },
    showSaveDialog(
      first: Electron.BaseWindow | Electron.SaveDialogOptions,
      second?: Electron.SaveDialogOptions,
    ): Promise<Electron.SaveDialogReturnValue> {
      record('dialog.showSaveDialog', optionsOf(first, second));
      const filePath = take('save', 'showSaveDialog') ?? '';
      return Promise.resolve({ canceled: filePath === '', filePath });
    },
    showMessageBox(
      first: Electron.BaseWindow | Electron.MessageBoxOptions,
      second?: Electron.MessageBoxOptions,
    ): Promise<Electron.MessageBoxReturnValue> {
      const options = optionsOf(first, second);
      record('dialog.showMessageBox', options);
      const cancelId = 'cancelId' in options && typeof options.cancelId === 'number' ? options.cancelId : 0;
      return Promise.resolve({ response: take('press', 'showMessageBox') ?? cancelId, checkboxChecked: false });
    },
    showErrorBox(title: string, content: string): void {
      record('dialog.showErrorBox', title, content);
      console.error(`${title}\n${content}`);
    },
  });
