/** Starts the helper: no shell, nothing of ours in its environment, its own folder as the present one. */
import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import type { HelperPaths } from './helper-file.ts';

/** The running helper. What is done after it ended does nothing. */
export interface HelperChild {
  write(text: string): void;
  /** Ends its input: it ends by itself. */
  end(): void;
  kill(): void;
}

export interface HelperEvents {
  readonly output: (text: string) => void;
  /** It ended, or could not be started. Called once, and never before the start has returned. */
  readonly over: () => void;
}

export type StartHelper = (paths: HelperPaths, events: HelperEvents) => HelperChild;

/** Our own variables may hold a passphrase, and those of Node and Electron change how a program starts. */
const OURS = /^(?:FACEPAY|NODE|ELECTRON|STANDIN)_/i;

export const environmentForHelper = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !OURS.test(name)));

export const startHelper: StartHelper = ({ program, library }, { output, over }) => {
  const child = spawn(program, [library], {
    cwd: dirname(program),
    env: environmentForHelper(process.env),
    stdio: ['pipe', 'pipe', 'ignore'],
    shell: false,
    windowsHide: true,
  });
  let isOver = false;
  const ended = (): void => {
    if (!isOver) over();
    isOver = true;
  };
  child.on('error', ended);
  // Not `exit`, which may come before the last line has been read: why the library cannot be loaded is its last.
  child.on('close', ended);
  // What was being written when it ended is lost with it.
  child.stdin.on('error', () => undefined);
  child.stdout.on('error', () => undefined);
  child.stdout.setEncoding('latin1').on('data', output);
  return {
    write: (text) => {
      child.stdin.write(text);
    },
    end: () => {
      child.stdin.end();
    },
    kill: () => {
      child.kill('SIGKILL');
    },
  };
};
