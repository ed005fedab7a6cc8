/** The system's own dialogs for files. They return a path, which stays in this process. */
import { dialog, type BrowserWindow, type FileFilter } from 'electron';

interface FileDialogs {
  toSave(request: { readonly fileName: string; readonly extension: string }): Promise<string | null>;
  toOpen(extensions: readonly string[]): Promise<string | null>;
}

/** Over `windowNow()`, so that they do not open behind a full screen. Without a window no one can answer. */
export function fileDialogs(windowNow: () => BrowserWindow | null): FileDialogs {
  return {
    async toSave({ fileName, extension }) {
      const window = windowNow();
      if (window === null) return null;
      const { canceled, filePath } = await dialog.showSaveDialog(window, {
        defaultPath: fileName,
        filters: [filter([extension])],
        properties: ['showOverwriteConfirmation', 'createDirectory'],
      });
      return canceled || filePath === '' ? null : filePath;
    },
    async toOpen(extensions) {
      const window = windowNow();
      if (window === null) return null;
      const { canceled, filePaths } = await dialog.showOpenDialog(window, {
        filters: [filter(extensions)],
        properties: ['openFile'],
      });
      return canceled ? null : (filePaths[0] ?? null);
    },
  };
}

const filter = (extensions: readonly string[]): FileFilter => ({
  name: extensions.map((extension) => `*.${extension}`).join(' '),
  extensions: [...extensions],
});
