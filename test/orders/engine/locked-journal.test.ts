/**
 * A journal that another program holds locked: a real file, a real process that holds it, and what main does meanwhile.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { JOURNAL_LOCK_WAIT_MS, JOURNAL_RETRY_MS } from '../../../shared/timing.ts';
import type { Clock } from '../../../electron/base/clock.ts';
import { openJournal } from '../../../electron/orders/open-journal.ts';
import { TEST_KEY } from '../../support/secrets/audit-keys.ts';
import { elsewhere, newFolder, openWorld, ScriptedGateway, type World } from '../../support/orders/engine-world.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { ownTimeMs } from '../../support/own-time.ts';
import { journalProcess, type JournalProcess } from '../../support/orders/journal-processes.ts';

/** A wait that no person at the screen may have, in ms. */
const BLOCKED_MAX_MS = 250;
const TAP_MAX_MS = 100;
/** A whole machine may stand still for a moment, which no count of waits shows: so many may take longer, and not much. */
const SPOILT_MAX = 3;
const SPOILT_MAX_MS = 2_000;
const MINUTE = 60_000;

const cancelTapped = { type: 'cancel-tapped', by: 'manager' } as const;

/** The real clock, which also records how long each act of the process blocked everything else, in its own ms. */
function watched(clock: FakeClock): { readonly clock: Clock; readonly tookMs: number[] } {
  const tookMs: number[] = [];
  const after: Clock['after'] = (ms, act) =>
    clock.after(ms, () => {
      const begun = ownTimeMs();
      act();
      tookMs.push(ownTimeMs() - begun);
    });
  return { clock: { read: () => clock.read(), after }, tookMs };
}

/** The longest, but for those that may be spoilt. */
const longestOf = (tookMs: readonly number[]): number => tookMs.toSorted((a, b) => b - a)[SPOILT_MAX] ?? Number.NaN;

async function locked(folder: string): Promise<JournalProcess> {
  const holder = journalProcess('hold', join(folder, 'journal.sqlite'));
  await holder.said();
  holder.go();
  expect(await holder.said()).toBe('held');
  return holder;
}

const phasesOf = ({ journal }: World, numbers: readonly string[]): Set<string | undefined> =>
  new Set(numbers.map((number) => journal.load(number)?.order.phase.name));

test('with a hundred cancels pending and the journal locked for ten minutes, every tap is heard at once and refused aloud, and all goes on by itself', async () => {
  const fake = new FakeClock();
  const { clock, tookMs } = watched(fake);
  const folder = newFolder();
  const gateway = new ScriptedGateway();
  const world = openWorld(folder, clock, gateway, { lockWaitMs: JOURNAL_LOCK_WAIT_MS });
  world.engine.start();
  const numbers = Array.from({ length: 100 }, (_, n) => `order-${String(n)}`);
  for (const number of [...numbers, 'fresh']) expect(world.engine.register(elsewhere(number, fake, 0)).ok).toBe(true);
  for (const number of numbers) expect(world.engine.tell(number, cancelTapped).ok).toBe(true);
  const holder = await locked(folder);
  const tapsTookMs: number[] = [];
  for (let minute = 0; minute < 10; minute += 1) {
    await fake.advance(MINUTE);
    const begun = ownTimeMs();
    expect(world.engine.tell('fresh', cancelTapped)).toEqual({ ok: false, error: 'not-saved' });
    tapsTookMs.push(ownTimeMs() - begun);
  }
  expect([gateway.reversed, world.troubles]).toEqual([[], ['busy']]);
  expect(longestOf(tookMs)).toBeLessThan(BLOCKED_MAX_MS);
  expect(longestOf(tapsTookMs)).toBeLessThan(TAP_MAX_MS);
  expect(Math.max(...tookMs, ...tapsTookMs)).toBeLessThan(SPOILT_MAX_MS);
  expect(
    tookMs.reduce((sum, ms) => sum + ms, 0),
    'in ten minutes',
  ).toBeLessThan(MINUTE / 10);
  holder.go();
  await holder.ended();
  expect(world.engine.tell('fresh', cancelTapped).ok, 'the tap that is offered again').toBe(true);
  await fake.advance(2 * MINUTE);
  expect([phasesOf(world, [...numbers, 'fresh']), world.troubles]).toEqual([new Set(['cancelled']), ['busy', null]]);
});

test('an answer that comes while the journal is locked is written once it is not, and what waits tries together, not each by itself', async () => {
  const clock = new FakeClock();
  const folder = newFolder();
  const gateway = new ScriptedGateway();
  const answers: (() => void)[] = [];
  gateway.onReverse = () =>
    new Promise((resolve) => {
      answers.push(() => {
        gateway.state = 'CLOSED';
        resolve({ kind: 'accepted', recall: 'N' });
      });
    });
  let writes = 0;
  const counted: Parameters<typeof openWorld>[3] = {
    lockWaitMs: 0,
    journal: (journal) => ({
      ...journal,
      commit: (...args) => {
        writes += 1;
        return journal.commit(...args);
      },
    }),
  };
  const world = openWorld(folder, clock, gateway, counted);
  world.engine.start();
  const numbers = Array.from({ length: 30 }, (_, n) => `order-${String(n)}`);
  for (const number of numbers) {
    expect(world.engine.register(elsewhere(number, clock)).ok).toBe(true);
    expect(world.engine.tell(number, cancelTapped).ok).toBe(true);
  }
  await clock.advance(1_000);
  expect(answers).toHaveLength(4);
  const holder = await locked(folder);
  for (const answer of answers.splice(0)) answer();
  await clock.advance(0);
  writes = 0;
  await clock.advance(MINUTE);
  expect(writes, 'about one a second, however much waits').toBeLessThanOrEqual(MINUTE / JOURNAL_RETRY_MS + 1);
  expect(phasesOf(world, numbers)).toEqual(new Set(['reversing', 'armed']));
  holder.go();
  await holder.ended();
  for (let n = 0; n < 30; n += 1) {
    await clock.advance(10 * 1_000);
    for (const answer of answers.splice(0)) answer();
  }
  await clock.advance(MINUTE);
  expect(phasesOf(world, numbers)).toEqual(new Set(['cancelled']));
  expect(new Set(gateway.reversed).size, 'each once').toBe(gateway.reversed.length);
});

test('opening does not wait for a locked journal either, and changes nothing in it', async () => {
  const folder = newFolder();
  const path = join(folder, 'journal.sqlite');
  const made = openJournal(path, 'practice', 0, TEST_KEY);
  if (made.ok) made.value.journal.close();
  const holder = await locked(folder);
  const begun = ownTimeMs();
  expect(openJournal(path, 'practice', 0, TEST_KEY, { lockWaitMs: JOURNAL_LOCK_WAIT_MS })).toEqual({
    ok: false,
    error: 'busy',
  });
  expect(ownTimeMs() - begun).toBeLessThan(BLOCKED_MAX_MS);
  holder.go();
  await holder.ended();
  expect(openJournal(path, 'practice', 0, TEST_KEY, { lockWaitMs: JOURNAL_LOCK_WAIT_MS })).toMatchObject({ ok: true });
  expect(existsSync(`${path}.head`)).toBe(true);
});
