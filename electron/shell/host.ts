import type { Host } from '../../shared/ipc.ts';

type Versions = Readonly<Partial<Record<'electron' | 'chrome', string>>>;

/** What the app runs in, by `process.versions`. A host that gives no Chromium version number is not Electron. */
export function hostOf({ electron = '', chrome = '' }: Versions): Host {
  return /^\d+(\.\d+)+$/.test(chrome)
    ? { kind: 'electron', electron, chromium: chrome }
    : { kind: 'stand-in', electron };
}
