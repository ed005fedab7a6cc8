/** An rpm of a packed Linux folder, made by rpmbuild, with the same scripts as the Debian package. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractFile } from '@electron/asar';
import { z } from 'zod';
import { commandFile } from './command-place.ts';
import { EXECUTABLE, INSTALLED_AT } from './configuration.ts';
import type { DebOptions } from './deb.ts';
import { layOutLinux, setModes } from './linux-tree.ts';

export type RpmOptions = Omit<DebOptions, 'scripts' | 'revision'> & {
  /** The folder with postinst, prerm and postrm. */
  readonly scripts: string;
};

const PROCESSORS = { x64: 'x86_64', arm64: 'aarch64' } as const;
/** The libraries that Electron's program loads, by their names in Fedora and openSUSE. */
const REQUIRES = [
  'gtk3',
  'libnotify',
  'nss',
  'libXScrnSaver',
  '(libXtst or libXtst6)',
  'xdg-utils',
  'at-spi2-core',
  '(libuuid or libuuid1)',
];

const manifestSchema = z.object({
  version: z.string(),
  description: z.string(),
  author: z.string(),
  license: z.string(),
});

/** Builds it and returns its path. Throws with rpmbuild's own error text if that fails. */
export function makeRpm({ packed, processor, into, scripts, sourceDate }: RpmOptions): string {
  const about = manifestSchema.parse(
    JSON.parse(extractFile(join(packed, 'resources/app.asar'), 'package.json').toString('utf8')),
  );
  // A tilde sorts before everything, as a pre-release must sort before its release; a hyphen would end the version.
  const version = about.version.replaceAll('-', '~');
  const work = mkdtempSync(join(tmpdir(), 'facepay-rpm-'));
  try {
    const tree = join(work, 'tree');
    mkdirSync(tree);
    layOutLinux(tree, packed);
    setModes(tree);
    const spec = join(work, 'package.spec');
    writeFileSync(spec, specOf({ ...about, version, tree, scripts }));
    const { status, stderr, error } = spawnSync(
      'rpmbuild',
      ['-bb', '--target', PROCESSORS[processor], '--define', `_topdir ${join(work, 'rpm')}`, spec],
      {
        encoding: 'utf8',
        env: { ...process.env, SOURCE_DATE_EPOCH: String(sourceDate) },
      },
    );
    if (status !== 0) throw new Error(`rpmbuild: ${error?.message ?? stderr}`);
    const name = `${EXECUTABLE}-${version}-1.${PROCESSORS[processor]}.rpm`;
    cpSync(join(work, 'rpm/RPMS', PROCESSORS[processor], name), join(into, name));
    return join(into, name);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

interface Spec extends z.infer<typeof manifestSchema> {
  readonly tree: string;
  readonly scripts: string;
}

function specOf({ version, description, author, license, tree, scripts }: Spec): string {
  // rpm passes the number of installed packages; dpkg passes the name of the act. A script that does not apply here
  // ends at once.
  const script = (name: string, only: string, then: string): string =>
    `${only}${then}\n${escaped(readFileSync(join(scripts, name), 'utf8'))}`;
  return [
    // Electron's files are complete: nothing is to be stripped, linked or compiled.
    '%global __os_install_post %{nil}',
    '%global debug_package %{nil}',
    '%global _build_id_links none',
    '%global _binary_payload w6.xzdio',
    '%global use_source_date_epoch_as_buildtime 1',
    '%global clamp_mtime_to_source_date_epoch 1',
    '%global _buildhost facepay-kiosk',
    `Name: ${EXECUTABLE}`,
    `Version: ${version}`,
    'Release: 1',
    `Summary: ${description}`,
    `License: ${license}`,
    `Packager: ${author}`,
    'AutoReqProv: no',
    ...REQUIRES.map((name) => `Requires: ${name}`),
    '',
    '%description',
    description,
    '',
    '%install',
    'mkdir -p "%{buildroot}"',
    `cp -a "${escaped(tree)}/." "%{buildroot}/"`,
    '',
    '%pre',
    script('prerm', '[ "$1" -gt 1 ] || exit 0\n', 'set -- upgrade'),
    '%post',
    script('postinst', '', 'if [ "$1" -gt 1 ]; then set -- configure before; else set -- configure ""; fi'),
    '%preun',
    script('prerm', '[ "$1" -eq 0 ] || exit 0\n', 'set -- remove'),
    '%postun',
    script('postrm', '[ "$1" -eq 0 ] || exit 0\n', 'set -- remove'),
    '%files',
    '%defattr(-,root,root,-)',
    `"${INSTALLED_AT}"`,
    `/usr/bin/${EXECUTABLE}`,
    `/usr/bin/${commandFile('linux')}`,
    `/usr/share/applications/${EXECUTABLE}.desktop`,
    `/usr/share/icons/hicolor/*/apps/${EXECUTABLE}.png`,
    `/usr/share/doc/${EXECUTABLE}`,
    '',
  ].join('\n');
}

/** A percent sign begins a macro. */
const escaped = (text: string): string => text.replaceAll('%', '%%');
