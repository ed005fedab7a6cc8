/** Prepares the app to be packed: the bundles, and a package.json with only the fields that Electron reads. */
import { chmodSync, cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import manifest from '../../package.json' with { type: 'json' };
import { MADE_FROM } from '../bundle/made-from.ts';
import type { Signing } from './signing.ts';

export interface StageOptions {
  /** The folder with the bundles: main/, preload/, renderer/. */
  readonly out: string;
  /** The folder in which `app/` is made again. */
  readonly work: string;
  readonly signing: Signing;
}

/** Writes `work`/app and returns its path. The same input gives the same bytes and permissions. */
export function stageApp({ out, work, signing }: StageOptions): string {
  const app = join(work, 'app');
  rmSync(app, { recursive: true, force: true });
  mkdirSync(app, { recursive: true });
  cpSync(out, join(app, 'out'), { recursive: true, filter: (source) => basename(source) !== MADE_FROM });
  // The archive stores who may run a file, so a builder's umask would change it.
  for (const entry of readdirSync(app, { recursive: true, withFileTypes: true })) {
    chmodSync(join(entry.parentPath, entry.name), entry.isDirectory() ? 0o755 : 0o644);
  }
  writeFileSync(join(app, 'package.json'), `${JSON.stringify(packedManifest(signing), null, 2)}\n`, { mode: 0o644 });
  return app;
}

/** `signedOn` names the systems whose builds are signed; the app's about page shows it. */
export function packedManifest(signing: Signing): Readonly<Record<string, unknown>> {
  const { name, productName, version, description, license, author, type, main } = manifest;
  return {
    name,
    productName,
    version,
    description,
    license,
    author,
    type,
    main,
    desktopName: `${name}.desktop`,
    signedOn: signing.kind === 'none' ? [] : ['win32'],
  };
}
