/**
 * The native part of serialport: one file for each system that is packed, beside main's bundle. The package looks for it
 * in its own folder, which a bundle does not have.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

/** Beside main.js. */
export const NATIVE_FOLDER = 'serialport';

/** By system and processor, as the installers are named: where each lies in the package. */
const PREBUILDS: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64/@serialport+bindings-cpp.glibc.node',
  'linux-arm64': 'linux-arm64/@serialport+bindings-cpp.armv8.glibc.node',
  'win-x64': 'win32-x64/@serialport+bindings-cpp.node',
  'win-arm64': 'win32-arm64/@serialport+bindings-cpp.armv8.node',
};

const LOADER = /[\\/]@serialport[\\/]bindings-cpp[\\/]dist[\\/]serialport-bindings\.js$/;

/** Loaded with the first use of a serial port, as the rest of the package. */
const LOADS = `
import { createRequire } from 'node:module';
const system = process.platform === 'win32' ? 'win' : process.platform;
const native = './${NATIVE_FOLDER}/' + system + '-' + process.arch + '.node';
export const binding = createRequire(import.meta.url)(native);
`;

export function serialNative(): Plugin {
  let from: string | null = null;
  return {
    name: 'facepay-serial-native',
    load(id) {
      if (!LOADER.test(id)) return null;
      from = join(dirname(id), '../prebuilds');
      return LOADS;
    },
    generateBundle() {
      if (from === null) return;
      for (const [system, name] of Object.entries(PREBUILDS)) {
        this.emitFile({
          type: 'asset',
          fileName: `${NATIVE_FOLDER}/${system}.node`,
          source: readFileSync(join(from, name)),
        });
      }
    },
  };
}
