// Runs in the stand-in's main process. Why it exists: it makes, from a preload file, the two scripts that
// Chromium runs at the start of each document: one in the main world, one in the isolated world.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { Script } from 'node:vm';
import { createBridge } from './page-bridge.ts';
import { runPreload } from './page-preload.ts';
import type { Wires } from './page-preload.ts';
import { createCodec } from '../base/values.ts';

/** The isolated world's name; Electron's own. */
export const ISOLATED_WORLD = 'Electron Isolated Context';

/** The versions a preload reads in `process.versions`. */
export interface Versions {
  readonly electron: string;
  readonly chrome: string;
}

/** What CDP needs to add the preload to a page. */
export interface PreloadScripts {
  readonly mainWorld: string;
  readonly isolatedWorld: string;
  readonly wires: Wires;
}

/** Builds the scripts; throws the SyntaxError that Electron would report for a preload that is no CommonJS script. */
export function preloadScripts(file: string | null, inSubFrames: boolean, versions: Versions): PreloadScripts {
  const secret = `standin-${randomUUID()}`;
  const wires: Wires = { toMain: `${secret}-to-main`, fromMain: `${secret}-from-main` };
  const preload = file === null ? '() => {}' : wrapPreload(file);
  // Electron runs the preload in the main frame only, unless nodeIntegrationInSubFrames says otherwise.
  const guard = inSubFrames ? '' : 'if (window !== window.top) return;';
  const json = JSON.stringify;
  // Node has replaced the types by blanks: plain JavaScript is left.
  const source = String;
  return {
    wires,
    mainWorld: `(() => { ${guard} (${source(createBridge)})(${json(secret)}, 'main') })()`,
    isolatedWorld: `(() => { ${guard}
      const bridge = (${source(createBridge)})(${json(secret)}, 'isolated');
      (${source(runPreload)})(${preload}, (${source(createCodec)})(), bridge, ${json(wires)}, ${json(versions)}, ${json(process.platform)})
    })()`,
  };
}

function wrapPreload(file: string): string {
  const source = readFileSync(file, 'utf8');
  const wrapped = `(function (require, module, exports, process, global, setImmediate, clearImmediate) {${source}\n})`;
  // Compiling it here finds `import` and `export` before Chromium does: a sandboxed preload is one CommonJS file.
  new Script(wrapped, { filename: pathToFileURL(file).href });
  return wrapped;
}
