// Runs in the test process and in start scripts. Why it exists: it finds out whether Electron is installed, without
// require('electron'), which since version 42 would start a download.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/** The path of Electron's binary, or null if only the npm package is installed. */
export function electronBinary(): string | null {
  try {
    const folder = path.dirname(createRequire(import.meta.url).resolve('electron/package.json'));
    const listed = path.join(folder, 'path.txt');
    if (!existsSync(listed)) return null;
    const binary = path.join(
      process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? path.join(folder, 'dist'),
      readFileSync(listed, 'utf8'),
    );
    return existsSync(binary) ? binary : null;
  } catch {
    // The package itself is not installed: then neither is the binary.
    return null;
  }
}

/**
 * The argument for Electron: the app's directory if its package.json names this bundle, so that Electron knows the
 * app's name and version.
 */
export function electronAppArgument(mainBundle: string): string {
  for (let folder = path.dirname(mainBundle); folder !== path.dirname(folder); folder = path.dirname(folder)) {
    const file = path.join(folder, 'package.json');
    if (!existsSync(file)) continue;
    const { main } = JSON.parse(readFileSync(file, 'utf8')) as { main?: string };
    return main !== undefined && path.resolve(folder, main) === path.resolve(mainBundle) ? folder : mainBundle;
  }
  return mainBundle;
}
