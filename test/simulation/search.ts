/**
 * Many lives, one after the other: what went wrong in which life, and which faults happened. Stops at the first few
 * failures.
 */
import { ALL_FAULTS, type Fault, type Hits } from './world/faults.ts';
import type { Violation } from './world/checks.ts';
import { seededChoices } from './world/choices.ts';
import { live } from './life.ts';

/**
 * One life in this many uses real bytes, signatures and XML; the others use the short way, which is proved to be equal.
 */
export const WIRE_EACH = 16;

export interface Failure {
  readonly seed: number;
  readonly wire: boolean;
  readonly violation: Violation;
}

export interface Found {
  readonly seeds: number;
  readonly failures: readonly Failure[];
  readonly hits: Readonly<Record<Fault, number>>;
  readonly virtualMs: number;
  readonly reverses: number;
  /** Processor time of this thread, ms. */
  readonly cpuMs: number;
  /** How orders ended, by phase. */
  readonly ends: Readonly<Record<string, number>>;
}

const FAILURES_MAX = 5;

export const isWire = (seed: number): boolean => seed % WIRE_EACH === 0;

export async function search(from: number, seeds: number): Promise<Found> {
  const before = process.threadCpuUsage();
  const hits: Hits = new Map();
  const failures: Failure[] = [];
  const ends: Record<string, number> = {};
  let [virtualMs, reverses, lived] = [0, 0, 0];
  for (let seed = from; seed < from + seeds && failures.length < FAILURES_MAX; seed += 1) {
    const wire = isWire(seed);
    const life = await live(seededChoices(seed), { wire });
    lived += 1;
    virtualMs += life.virtualMs;
    reverses += life.reverses;
    for (const end of life.ends) ends[end] = (ends[end] ?? 0) + 1;
    for (const [fault, times] of life.hits) hits.set(fault, (hits.get(fault) ?? 0) + times);
    if (life.violation !== null) failures.push({ seed, wire, violation: life.violation });
  }
  const { user, system } = process.threadCpuUsage(before);
  return { seeds: lived, failures, hits: counted(hits), virtualMs, reverses, cpuMs: (user + system) / 1_000, ends };
}

function counted(hits: Hits): Record<Fault, number> {
  const none = Object.fromEntries(ALL_FAULTS.map((fault) => [fault, 0])) as Record<Fault, number>;
  return { ...none, ...Object.fromEntries(hits) };
}

/** Adds several searches into one. */
export function together(found: readonly Found[]): Found {
  const sum = (of: (each: Found) => number): number => found.reduce((total, each) => total + of(each), 0);
  const hits = Object.fromEntries(ALL_FAULTS.map((fault) => [fault, sum((each) => each.hits[fault])])) as Record<
    Fault,
    number
  >;
  const phases = [...new Set(found.flatMap(({ ends }) => Object.keys(ends)))];
  return {
    seeds: sum(({ seeds }) => seeds),
    failures: found.flatMap(({ failures }) => failures),
    hits,
    virtualMs: sum(({ virtualMs }) => virtualMs),
    reverses: sum(({ reverses }) => reverses),
    cpuMs: sum(({ cpuMs }) => cpuMs),
    ends: Object.fromEntries(phases.map((phase) => [phase, sum(({ ends }) => ends[phase] ?? 0)])),
  };
}
