/** A Debian package of a packed Linux folder, made by dpkg-deb. The same folder gives the same bytes. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractFile } from '@electron/asar';
import { z } from 'zod';
import { EXECUTABLE } from './configuration.ts';
import { layOutLinux, setModes } from './linux-tree.ts';

export interface DebOptions {
  /** The folder, already checked by `verifyPacked`. */
  readonly packed: string;
  readonly processor: 'x64' | 'arm64';
  /** The folder for the package's file. */
  readonly into: string;
  /**
   * The folder with preinst, postinst, prerm and postrm, as many as exist; `null` if the machine is set up by other
   * means.
   */
  readonly scripts: string | null;
  /** Debian's own number for packages of the same version. */
  readonly revision?: number;
  /** Seconds since 1970. No file in the package gets a later time. */
  readonly sourceDate: number;
}

const MAINTAINER_SCRIPTS = ['preinst', 'postinst', 'prerm', 'postrm'] as const;
const DEBIAN_PROCESSORS = { x64: 'amd64', arm64: 'arm64' } as const;
/** The libraries that Electron's program loads; the newer names are from the releases with 64-bit time. */
const DEPENDS = [
  'libgtk-3-0 | libgtk-3-0t64',
  'libnss3',
  'libgbm1',
  'libasound2 | libasound2t64',
  'libatspi2.0-0 | libatspi2.0-0t64',
  'libcups2 | libcups2t64',
  'libnotify4',
  'libxss1',
  'libxtst6',
  'libuuid1',
  'xdg-utils',
];
/** Without the first, Chinese text is boxes; without the second, there is no system key store. */
const RECOMMENDS = ['fonts-noto-cjk', 'libsecret-1-0'];

const manifestSchema = z.object({ version: z.string(), description: z.string(), author: z.string() });

/** Builds it and returns its path. Throws with dpkg-deb's own error text if that fails. */
export function makeDeb({ packed, processor, into, scripts, revision = 1, sourceDate }: DebOptions): string {
  const { version, description, author } = manifestSchema.parse(
    JSON.parse(extractFile(join(packed, 'resources/app.asar'), 'package.json').toString('utf8')),
  );
  // A hyphen would start the revision. A tilde sorts before everything, as a pre-release must sort before its release.
  const debianVersion = `${version.replaceAll('-', '~')}-${String(revision)}`;
  const tree = mkdtempSync(join(tmpdir(), 'facepay-deb-'));
  try {
    layOutLinux(tree, packed);
    const control = join(tree, 'DEBIAN');
    mkdirSync(control);
    for (const name of MAINTAINER_SCRIPTS) {
      if (scripts !== null && existsSync(join(scripts, name))) cpSync(join(scripts, name), join(control, name));
    }
    const files = filesBelow(tree)
      .filter((path) => !path.startsWith('DEBIAN/'))
      .sort();
    writeFileSync(
      join(control, 'md5sums'),
      files
        .map(
          (path) =>
            `${createHash('md5')
              .update(readFileSync(join(tree, path)))
              .digest('hex')}  ${path}\n`,
        )
        .join(''),
    );
    const bytes = files.reduce((sum, path) => sum + lstatSync(join(tree, path)).size, 0);
    writeFileSync(
      join(control, 'control'),
      [
        `Package: ${EXECUTABLE}`,
        `Version: ${debianVersion}`,
        `Architecture: ${DEBIAN_PROCESSORS[processor]}`,
        `Maintainer: ${author} <maintainers@facepay-kiosk.invalid>`,
        `Installed-Size: ${String(Math.ceil(bytes / 1024))}`,
        `Depends: ${DEPENDS.join(', ')}`,
        `Recommends: ${RECOMMENDS.join(', ')}`,
        'Section: misc',
        'Priority: optional',
        `Description: ${description}`,
        '',
      ].join('\n'),
    );
    setModes(tree);
    const file = join(into, `${EXECUTABLE}_${debianVersion}_${DEBIAN_PROCESSORS[processor]}.deb`);
    const { status, stderr, error } = spawnSync('dpkg-deb', ['--root-owner-group', '-Zxz', '--build', tree, file], {
      encoding: 'utf8',
      env: { ...process.env, SOURCE_DATE_EPOCH: String(sourceDate) },
    });
    if (status !== 0) throw new Error(`dpkg-deb: ${error?.message ?? stderr}`);
    return file;
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}

const filesBelow = (tree: string): string[] =>
  readdirSync(tree, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(tree.length + 1));
