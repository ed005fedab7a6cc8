// Runs in the stand-in's main process. Why it exists: Electron's `dialog`. Nobody sees a native dialog here, so
// the answers come from the launcher (KioskHost.answerDialog) or from STANDIN_DIALOGS, a JSON list of answers. In a
// visible Chromium a person is asked for files in a window of their own.
import type * as Electron from 'electron';
import type { DialogAnswer } from '../base/control.ts';
import { record, say } from '../base/records.ts';
import { settings } from '../base/settings.ts';
import { strict } from '../base/strict.ts';
import { runningBrowser } from '../browser/running-browser.ts';
import {
  askForFiles,
  askWhereToSave,
  type NewPage,
  type OpenQuestion,
  type SaveQuestion,
} from '../page/person-dialogs.ts';

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

/** A person sits before a visible Chromium, and nothing was prepared. */
const asksPerson = (kind: keyof DialogAnswer): boolean =>
  settings.headed && !answers.some((answer) => answer[kind] !== undefined);

const newPage: NewPage = () => runningBrowser.get().personPage();

const opening = ({ title, filters = [], properties = [] }: Electron.OpenDialogOptions): OpenQuestion => ({
  title: title ?? '选择文件 · Choose a file',
  // "*" is any file.
  extensions: filters.some(({ extensions }) => extensions.includes('*'))
    ? []
    : filters.flatMap(({ extensions }) => extensions),
  several: properties.includes('multiSelections'),
});

const saving = ({ title, defaultPath }: Electron.SaveDialogOptions): SaveQuestion => ({
  title: title ?? '保存到 · Save as',
  proposed: defaultPath ?? '',
});

/** With a window as the first argument or without one. */
function optionsOf<Options extends object>(first: Options | Electron.BaseWindow, second: Options | undefined): object {
  return second ?? first;
}

/** `dialog`. */
export const dialog: Pick<Electron.Dialog, 'showOpenDialog' | 'showSaveDialog' | 'showMessageBox' | 'showErrorBox'> =
  strict('dialog', {
    async showOpenDialog(
      first: Electron.BaseWindow | Electron.OpenDialogOptions,
      second?: Electron.OpenDialogOptions,
    ): Promise<Electron.OpenDialogReturnValue> {
      const options: Electron.OpenDialogOptions = optionsOf(first, second);
      record('dialog.showOpenDialog', options);
      const filePaths = asksPerson('open')
        ? await askForFiles(newPage, opening(options))
        : [...(take('open', 'showOpenDialog') ?? [])];
      return { canceled: filePaths.length === 0, filePaths };
    },
    async showSaveDialog(
      first: Electron.BaseWindow | Electron.SaveDialogOptions,
      second?: Electron.SaveDialogOptions,
    ): Promise<Electron.SaveDialogReturnValue> {
      const options: Electron.SaveDialogOptions = optionsOf(first, second);
      record('dialog.showSaveDialog', options);
      const filePath =
        (asksPerson('save') ? await askWhereToSave(newPage, saving(options)) : take('save', 'showSaveDialog')) ?? '';
      return { canceled: filePath === '', filePath };
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
