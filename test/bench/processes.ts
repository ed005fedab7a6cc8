/** What the system says of a process and of all that it started (Linux: /proc). */
import { readdirSync, readFileSync } from 'node:fs';

/** Of /proc's clock, as Linux hands it out on every machine that this runs on. */
const TICKS_PER_S = 100;

export interface Usage {
  /** CPU, user and system, in ms. */
  readonly cpuMs: number;
  /** How often a thread of it went to sleep by itself, which is how often it had been woken. */
  readonly wakeUps: number;
}

export interface Process {
  readonly pid: number;
  /** Chromium's own word (`renderer`, `gpu-process`, ...), `browser` for its first process, `main` where it is none of Chromium's. */
  readonly kind: string;
}

/** `pid` and everything below it. */
export function treeOf(pid: number): readonly Process[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    const parent = parentOf(Number(name));
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const all = [pid];
  for (const one of all) all.push(...(children.get(one) ?? []));
  return all.map((one) => ({ pid: one, kind: kindOf(one) }));
}

/** Of all threads that it has now. */
export function usageOf(pid: number): Usage {
  const [user = 0, system = 0] = fieldsOf(pid).slice(11, 13).map(Number);
  const threads = namesIn(`/proc/${String(pid)}/task`);
  const wakeUps = threads.map((thread) =>
    Number(/^voluntary_ctxt_switches:\s+(\d+)/m.exec(textOf(`/proc/${String(pid)}/task/${thread}/status`))?.[1] ?? 0),
  );
  return { cpuMs: ((user + system) * 1_000) / TICKS_PER_S, wakeUps: wakeUps.reduce((sum, one) => sum + one, 0) };
}

/** Chromium writes the words of its helpers' command lines as one, so they are looked at as one text. */
function kindOf(pid: number): string {
  const command = textOf(`/proc/${String(pid)}/cmdline`).replaceAll('\0', ' ');
  if (!/^\S*(chrom|electron)/.test(command)) return 'main';
  return /--type=([\w-]+)/.exec(command)?.[1] ?? 'browser';
}

const parentOf = (pid: number): number => Number(fieldsOf(pid)[1] ?? 0);

/** What follows the name of the program, which may hold spaces and brackets: state, parent, ... */
const fieldsOf = (pid: number): readonly string[] =>
  textOf(`/proc/${String(pid)}/stat`)
    .replace(/^.*\) /s, '')
    .split(' ');

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // It ended between the listing and the reading.
    return '';
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
