/** Starts journal-process.ts and talks to it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

const SCRIPT = resolve(import.meta.dirname, 'journal-process.ts');

export interface JournalProcess {
  /** The next line of its output. */
  said(): Promise<string>;
  /** Lets it go on. */
  go(): void;
  /** Waits until it has ended by itself. */
  ended(): Promise<void>;
  readonly pid: number;
  /** Stops it, as if the system gave it no time, until `wake`. */
  stop(): void;
  wake(): void;
  /** kill -9, and waits until it is gone. */
  kill(): Promise<void>;
}

export function journalProcess(...args: readonly string[]): JournalProcess {
  const child = spawn(process.execPath, [SCRIPT, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const closed = once(child, 'close');
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return {
    said: async () => String((await lines.next()).value),
    go: () => {
      child.stdin.write('go\n');
    },
    ended: async () => {
      await closed;
    },
    pid: child.pid ?? 0,
    stop: () => {
      child.kill('SIGSTOP');
    },
    wake: () => {
      child.kill('SIGCONT');
    },
    kill: async () => {
      child.kill('SIGKILL');
      await closed;
    },
  };
}
