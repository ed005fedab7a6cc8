/** The steps that electron-builder leaves to us between Electron's files and a packed folder. */
import { chmodSync, lstatSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LinuxTargetHelper } from 'app-builder-lib/out/targets/LinuxTargetHelper.js';
import type { AfterExtractContext } from 'app-builder-lib/out/configuration.js';
import { LinuxPackager, type AfterPackContext } from 'electron-builder';

/** The hook `afterExtract`. Electron's own demonstration app must go: if ours were removed, that one would run. */
export function removeDefaultApp({ appOutDir }: AfterExtractContext): Promise<void> {
  rmSync(join(appOutDir, 'resources/default_app.asar'), { force: true });
  return Promise.resolve();
}

/** The hook `afterPack`, before the fuses are set and anything is signed. */
export async function finishPacked({ appOutDir, packager }: AfterPackContext): Promise<void> {
  if (!(packager instanceof LinuxPackager)) return;
  // For the deb: the same desktop entry as in the rpm and the AppImage.
  const entry = await new LinuxTargetHelper(packager).computeDesktopEntry(packager.platformSpecificBuildOptions);
  writeFileSync(join(appOutDir, 'resources', `${packager.executableName}.desktop`), entry);
  limitPermissions(appOutDir);
}

/** Whatever umask the builder had: everybody may read, the owner may write, programs may run. */
function limitPermissions(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) limitPermissions(path);
    else if (entry.isFile()) chmodSync(path, (lstatSync(path).mode & 0o100) === 0 ? 0o644 : 0o755);
  }
}
