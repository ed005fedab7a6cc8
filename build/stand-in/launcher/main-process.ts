// Runs in the test process. Why it exists: the stand-in's main process as a child: its output, its reports on
// descriptor 3, and its end together with everything it started.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FromLauncher, ToLauncher } from '../base/control.ts';
import type { Command } from './stand-in-command.ts';

/** A running main process. */
export class MainProcess {
  readonly #child: ChildProcess;
  readonly #ended = Promise.withResolvers<number | null>();
  #output = '';
  #browserPid: number | null = null;

  /** Starts it; `report` gets its messages. */
  constructor(command: Command, env: NodeJS.ProcessEnv, report: (message: ToLauncher) => void) {
    // stdin is a pipe as well: if this process dies, the pipe ends and main ends too.
    this.#child = spawn(command.program, command.args, { env, stdio: ['pipe', 'pipe', 'pipe', 'pipe'] });
    const keep = (chunk: Buffer): void => {
      this.#output += chunk.toString();
    };
    this.#child.stdout?.on('data', keep);
    this.#child.stderr?.on('data', keep);
    this.#child.on('close', (code) => this.#ended.resolve(code));
    this.#child.on('error', (error) => this.#ended.reject(error));
    let rest = '';
    this.#child.stdio[3]?.on('data', (chunk: Buffer) => {
      const lines = (rest + chunk.toString()).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        // Main is this launcher's other half.
        const message = JSON.parse(line) as ToLauncher;
        if (message.kind === 'browser') this.#browserPid = message.pid;
        report(message);
      }
    });
    // Writing to a process that has just died fails; its end is noticed elsewhere.
    this.#child.stdio[3]?.on('error', () => undefined);
    this.#child.stdin?.on('error', () => undefined);
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  output(): string {
    return this.#output;
  }

  /** Resolves with the exit code, null if a signal ended it. */
  ended(): Promise<number | null> {
    return this.#ended.promise;
  }

  tell(message: FromLauncher): void {
    const line = this.#child.stdio[3];
    if (line !== undefined && line !== null && 'write' in line) line.write(`${JSON.stringify(message)}\n`);
  }

  /** Kills it and waits until its own Chromium is gone too. It kills that as well if it takes too long. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended();
    const deadline = Date.now() + 5000;
    while (this.#browserPid !== null && isAlive(this.#browserPid)) {
      if (Date.now() > deadline) endGroup(this.#browserPid);
      await sleep(25);
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A dead process that its new parent has not collected yet: on a machine without a proper init that takes seconds.
    return process.platform !== 'linux' || !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${String(pid)}/stat`, 'utf8'));
  } catch {
    // ESRCH or ENOENT: no such process.
    return false;
  }
}

/** Playwright makes Chromium the leader of a process group of its own, which holds all its helpers. */
function endGroup(pid: number): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // It ended by itself just now.
  }
}
