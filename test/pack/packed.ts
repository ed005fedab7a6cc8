/** The app packed by electron-builder itself, in a temporary folder, around a replacement for Electron's files. */
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Arch, build, Platform } from 'electron-builder';
import { bundleAll } from '../../build/bundle/bundle-all.ts';
import { COMMAND_FOLDER } from '../../build/pack/command-place.ts';
import { configuration } from '../../build/pack/configuration.ts';
import { makeIcons } from '../../build/pack/icons.ts';
import { windowsSigning } from '../../build/pack/signing.ts';
import { stageApp } from '../../build/pack/stage.ts';
import { fakeCommand, fakeElectron, type Processor, type System } from './fake-electron.ts';

export const root = resolve(import.meta.dirname, '../..');

export interface Packing {
  /** Packs for one system, and returns the folder with the program in it. */
  pack(system: System, processor: Processor): Promise<string>;
  readonly work: string;
  remove(): void;
}

export interface PackingOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Without our icons electron-builder uses its own; for tests about something else. */
  readonly icons?: boolean;
  /** Bundles and draws the icons itself, even if they exist already. */
  readonly again?: boolean;
}

/** What `npm test` has made from these sources; a test that is run alone makes it itself. */
const MADE = { bundles: process.env['FACEPAY_BUNDLES'], icons: process.env['FACEPAY_ICONS'] };

/** Bundles, stages and draws the icons; call `remove` when done. */
export async function preparePacking({ env = {}, icons = true, again = false }: PackingOptions = {}): Promise<Packing> {
  const work = mkdtempSync(join(tmpdir(), 'facepay-pack-'));
  const bundled = again ? undefined : MADE.bundles;
  const out = bundled ?? join(work, 'out');
  if (bundled === undefined) await bundleAll({ out, minify: true });
  stageApp({ out, work, signing: windowsSigning(env) });
  const drawn = again ? undefined : MADE.icons;
  if (icons && drawn === undefined) await makeIcons(work);
  if (icons && drawn !== undefined) cpSync(drawn, join(work, 'icons'), { recursive: true });
  return {
    work,
    async pack(system, processor) {
      const electronDist = fakeElectron(join(work, `electron-${system}-${processor}`), system, processor);
      fakeCommand(
        join(work, COMMAND_FOLDER, `${system === 'linux' ? 'linux' : 'win'}-${processor}`),
        system,
        processor,
      );
      const platform = system === 'linux' ? Platform.LINUX : Platform.WINDOWS;
      await build({
        projectDir: root,
        targets: platform.createTarget('dir', Arch[processor]),
        config: configuration({ env, work, electronDist, has: (path) => existsSync(resolve(root, path)) }),
        publish: 'never',
      });
      return join(
        work,
        'packed',
        `${system === 'linux' ? 'linux' : 'win'}${processor === 'x64' ? '' : `-${processor}`}-unpacked`,
      );
    },
    remove() {
      rmSync(work, { recursive: true, force: true });
    },
  };
}
