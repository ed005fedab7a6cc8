// Runs in the test process and in start scripts. Why it exists: the command line that starts the stand-in.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const OLDEST_NODE = 24;

/** A program and its arguments. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
}

/** How to run `mainBundle` on the stand-in. */
export function standInCommand(mainBundle: string, args: readonly string[]): Command {
  const entry = fileURLToPath(new URL('../run-main.ts', import.meta.url));
  return { program: nodeBinary(), args: [entry, mainBundle, ...args] };
}

/** The present Node if it is new enough to be Electron's, otherwise the one that npm installed beside the app. */
function nodeBinary(): string {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= OLDEST_NODE) return process.execPath;
  const installed = fileURLToPath(new URL('../../../node_modules/.bin/node', import.meta.url));
  if (existsSync(installed)) return installed;
  throw new Error(
    `the stand-in needs Node ${String(OLDEST_NODE)}; this is ${process.versions.node}, and ${path.relative('.', installed)} is not there`,
  );
}
