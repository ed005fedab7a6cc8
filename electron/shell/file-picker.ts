/** The system's file dialog. Main reads the chosen file; the page learns neither path nor content. */
import { open } from 'node:fs/promises';
import { dialog, type BrowserWindow, type OpenDialogOptions } from 'electron';
import type { PickedFileKind } from '../../shared/contract/setup.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Language } from '../../shared/settings.ts';
import en from '../../shared/locales/en.json' with { type: 'json' };
import zh from '../../shared/locales/zh-CN.json' with { type: 'json' };
import { fileTroubleOf } from '../base/safe-file.ts';

/** Larger than any certificate, key or provisioning file. */
const FILE_BYTES_MAX = 256 * 1024;

const EXTENSIONS: Readonly<Record<PickedFileKind, readonly string[]>> = {
  certificate: ['p12', 'pfx', 'pem', 'crt', 'cer', 'key'],
  apiKey: ['txt', 'key'],
  authority: ['pem', 'crt', 'cer'],
  provision: ['json'],
};

interface PickedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** An empty list if the dialog was cancelled. */
export async function pickFiles(
  window: BrowserWindow | null,
  what: PickedFileKind,
  language: Language,
): Promise<Result<readonly PickedFile[], 'file-unreadable' | 'file-too-large'>> {
  const words = language === 'en' ? en.filePicker : zh.filePicker;
  const options: OpenDialogOptions = {
    title: words[what],
    properties: what === 'certificate' ? ['openFile', 'multiSelections'] : ['openFile'],
    filters: [
      { name: words[what], extensions: [...EXTENSIONS[what]] },
      { name: words.all, extensions: ['*'] },
    ],
  };
  const { canceled, filePaths } = await (window === null
    ? dialog.showOpenDialog(options)
    : dialog.showOpenDialog(window, options));
  return canceled ? ok([]) : readAll(filePaths);
}

async function readAll(
  paths: readonly string[],
): Promise<Result<readonly PickedFile[], 'file-unreadable' | 'file-too-large'>> {
  const files: PickedFile[] = [];
  for (const path of paths) {
    const bytes = await readSmall(path);
    if (!bytes.ok) return bytes;
    files.push({ path, bytes: bytes.value });
  }
  return ok(files);
}

async function readSmall(path: string): Promise<Result<Uint8Array, 'file-unreadable' | 'file-too-large'>> {
  try {
    const file = await open(path, 'r');
    try {
      const stat = await file.stat();
      if (!stat.isFile()) return fail('file-unreadable');
      return stat.size > FILE_BYTES_MAX ? fail('file-too-large') : ok(await file.readFile());
    } finally {
      await file.close();
    }
  } catch (error) {
    if (fileTroubleOf(error) === null) throw error;
    return fail('file-unreadable');
  }
}
