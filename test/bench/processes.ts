/** What the system reports about a process and all its descendants (Linux: /proc). */
import { readdirSync, readFileSync } from 'node:fs';

/** The unit of /proc's clock; it is the same on every Linux machine that this runs on. */
const TICKS_PER_S = 100;

export interface Usage {
  /** CPU, user and system, in ms. */
  readonly cpuMs: number;
  /** How often a thread of it went to sleep by itself; that is how often it was woken. */
  readonly wakeUps: number;
}

export interface Process {
  readonly pid: number;
  /**
   * Chromium's own name for it (`renderer`, `gpu-process`, ...); `browser` for its first process, `main` for a process
   * that is not Chromium's.
   */
  readonly kind: string;
}

/** `pid` and all its descendants. */
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

/** Chromium writes its helpers' command lines as one word, so each is searched as one text. */
function kindOf(pid: number): string {
  const command = textOf(`/proc/${String(pid)}/cmdline`).replaceAll('\0', ' ');
  if (!/^\S*(chrom|electron)/.test(command)) return 'main';
  return /--type=([\w-]+)/.exec(command)?.[1] ?? 'browser';
}

const parentOf = (pid: number): number => Number(fieldsOf(pid)[1] ?? 0);

/** The fields after the program's name, which may contain spaces and brackets: state, parent, ... */
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
