/**
 * A serial device of two ends: what a test writes comes out of the port that a link names. util-linux's `script`, which
 * every Debian has, holds the other end; killing it is pulling the plug.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** Where a link may stand in for a device: settings take names under /dev only. */
export const PTY_FOLDER = '/dev/shm';
export const hasPty = process.platform === 'linux' && existsSync('/usr/bin/script') && existsSync(PTY_FOLDER);

const POLL_MS = 10;
const POLLS_MAX = 500;

export class Pty {
  readonly link: string;
  #holder: ChildProcess | null = null;

  constructor(link: string) {
    this.link = link;
  }

  /** Resolves once the port is there. */
  async plugIn(): Promise<void> {
    rmSync(this.link, { force: true });
    // Raw, so that what comes in before anybody reads is neither echoed nor changed.
    const command = `stty raw -echo; ln -s "$(tty)" '${this.link}'; exec sleep 86400`;
    this.#holder = spawn('/usr/bin/script', ['-qfc', command, '/dev/null'], { stdio: ['pipe', 'ignore', 'ignore'] });
    for (let polls = 0; !existsSync(this.link); polls += 1) {
      if (polls === POLLS_MAX) throw new Error('script gave no pty');
      await wait(POLL_MS);
    }
  }

  send(text: string | Uint8Array): void {
    this.#holder?.stdin?.write(text);
  }

  async unplug(): Promise<void> {
    const holder = this.#holder;
    this.#holder = null;
    if (holder === null) return;
    const gone = new Promise((resolve) => holder.once('exit', resolve));
    holder.kill('SIGKILL');
    await gone;
    rmSync(this.link, { force: true });
  }
}
