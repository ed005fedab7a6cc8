import { spawn } from 'node:child_process';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..');

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Hides its output. */
  readonly quiet?: boolean;
  /** Ends it after this long. */
  readonly limitMs?: number;
}

/** Runs a program in the project's folder. Resolves with its exit code; 127 if it does not exist, 1 if it was ended. */
export function run(
  program: string,
  args: readonly string[],
  { env, quiet, limitMs }: RunOptions = {},
): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(program, [...args], {
      cwd: root,
      stdio: quiet === true ? 'ignore' : 'inherit',
      env: { ...process.env, ...env },
      ...(limitMs === undefined ? {} : { timeout: limitMs }),
    });
    child.once('error', () => {
      resolve(127);
    });
    child.once('exit', (code) => {
      resolve(code ?? 1);
    });
  });
}

/** Runs one of the project's scripts with the Node that runs this one. */
export const runNode = (args: readonly string[], options: RunOptions = {}): Promise<number> =>
  run(process.execPath, args, options);
