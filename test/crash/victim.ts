/** The terminal command as a process that ends or fails at a numbered step (syscalls.c), or runs undisturbed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { Line } from '../support/command.ts';
import { clockWatchedIn } from '../support/watched-terminal.ts';
import type { Tools } from './tools.ts';

export type StepLine = 'disk' | 'net' | 'write' | 'sync';
export type Deed = 'kill' | 'half' | 'power' | `${'EIO' | 'ENOSPC'}-${'once' | 'always'}`;

/** The place of the step, and what happens there. */
export interface Point {
  readonly line: StepLine;
  readonly n: number;
  readonly deed: Deed;
}

export interface Step {
  readonly line: 'disk' | 'net';
  readonly n: number;
  readonly what: 'write' | 'truncate' | 'sync' | 'unlink' | 'rename' | 'send' | 'receive';
  /** Below the profile; `-` for the network. */
  readonly target: string;
  /** Bytes; for a truncation the bytes that are left. */
  readonly size: number;
}

export interface Ended {
  readonly signal: NodeJS.Signals | null;
  readonly exitCode: number | null;
  /** Standard output as JSON lines; a line that was cut off is left out. */
  readonly lines: readonly Line[];
  /** All its output, on both streams. */
  readonly said: string;
  /** What it did; if it was killed before a step, that last step was not done. */
  readonly steps: readonly Step[];
  /** It had to be killed, because it did not end by itself. */
  readonly hung: boolean;
}

const lineSchema = z.looseObject({ type: z.string() });

/** Longer than any command here may take with its own `--wait`. */
const HANGS_AFTER_MS = 90_000;

let runs = 0;

/** Runs `facepay ARGS --profile PROFILE --json` until it ends, in whatever way. `heard` is called with its output. */
export async function runCommand(
  tools: Tools,
  profile: string,
  args: readonly string[],
  point: Point | null = null,
  heard: (text: string) => void = () => undefined,
): Promise<Ended> {
  runs += 1;
  clockWatchedIn(profile);
  const log = `${profile}.${String(runs)}.steps`;
  const child = spawn(process.execPath, [tools.command, ...args, '--profile', profile, '--json'], {
    env: {
      ...process.env,
      NO_COLOR: '1',
      FACEPAY_PASSPHRASE: '',
      FACEPAY_PROFILE: '',
      NODE_OPTIONS: '',
      NODE_COMPILE_CACHE: tools.compileCache,
      LD_PRELOAD: tools.shim,
      CRASH_FOLDER: profile,
      CRASH_LOG: log,
      ...(point === null ? {} : { CRASH_AT: `${point.line} ${String(point.n)} ${point.deed}` }),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.on('data', (chunk: Buffer) => {
    heard(chunk.toString('utf8'));
  });
  let hung = false;
  const watch = setTimeout(() => {
    hung = true;
    child.kill('SIGKILL');
  }, HANGS_AFTER_MS);
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  clearTimeout(watch);
  const steps = existsSync(log) ? stepsIn(readFileSync(log, 'utf8')) : [];
  rmSync(log, { force: true });
  const whole = out.slice(0, out.lastIndexOf('\n') + 1).split('\n');
  return {
    signal: child.signalCode,
    exitCode: child.exitCode,
    lines: whole.filter((line) => line !== '').map((line) => lineSchema.parse(JSON.parse(line))),
    said: out + err,
    steps,
    hung,
  };
}

const stepSchema = z.object({
  line: z.enum(['disk', 'net']),
  n: z.coerce.number(),
  what: z.enum(['write', 'truncate', 'sync', 'unlink', 'rename', 'send', 'receive']),
  target: z.string(),
  size: z.coerce.number(),
});

const stepsIn = (log: string): Step[] =>
  log
    .split('\n')
    .filter((line) => line !== '')
    .map((text) => {
      const [line, n, what, target, size] = text.split(' ');
      return stepSchema.parse({ line, n, what, target, size });
    });
