/** The files that every kind of Linux package installs, at their places. */
import { chmodSync, cpSync, lstatSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { COMMAND_FOLDER, commandFile } from './command-place.ts';
import { EXECUTABLE, INSTALLED_AT } from './configuration.ts';

/** The paths after installation. */
export function layOutLinux(tree: string, packed: string): void {
  const put = (from: string, to: string): void => {
    mkdirSync(dirname(join(tree, to)), { recursive: true });
    cpSync(from, join(tree, to), { recursive: true });
  };
  put(packed, INSTALLED_AT);
  put(join(packed, `resources/${EXECUTABLE}.desktop`), `/usr/share/applications/${EXECUTABLE}.desktop`);
  for (const icon of readdirSync(join(packed, 'resources/icons'))) {
    put(
      join(packed, 'resources/icons', icon),
      `/usr/share/icons/hicolor/${icon.replace(/\.png$/, '')}/apps/${EXECUTABLE}.png`,
    );
  }
  put(join(packed, 'LICENSE.txt'), `/usr/share/doc/${EXECUTABLE}/copyright`);
  mkdirSync(join(tree, 'usr/bin'));
  symlinkSync(join(INSTALLED_AT, EXECUTABLE), join(tree, 'usr/bin', EXECUTABLE));
  const command = commandFile('linux');
  symlinkSync(join(INSTALLED_AT, COMMAND_FOLDER, command), join(tree, 'usr/bin', command));
}

/**
 * Independent of the umask. Where user namespaces are switched off, Chromium's sandbox needs its helper owned by root
 * and setuid.
 */
export function setModes(tree: string): void {
  chmodSync(tree, 0o755);
  for (const entry of readdirSync(tree, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isSymbolicLink()) continue;
    const runs =
      entry.isDirectory() || (lstatSync(path).mode & 0o100) !== 0 || path.startsWith(join(tree, 'DEBIAN', 'p'));
    chmodSync(path, runs ? 0o755 : 0o644);
  }
  chmodSync(join(tree, INSTALLED_AT, 'chrome-sandbox'), 0o4755);
}
