/**
 * kill -9 at every numbered step of a real cancel, and a disk that fails during it. `npm run crash-points` does it in
 * full. A long run of the tests covers each step once, any other run a part of the steps. The tests wait most of the
 * time, so they run together.
 */
import { describe, expect, it } from 'vitest';
import { drawn, LONG, partWords, sliceOf } from '../support/slice.ts';
import { CASES, stepsOf, type Case } from './cases.ts';
import { missingForCrashTests } from './compiler.ts';
import { failsWith, faultNameOf, faultsOf, type FaultLine, type FaultTrial } from './faults.ts';
import { killFigures, killsOf, nameOf, sweepsForTests, type Sweep } from './kills.ts';
import { inLanes, STEPS_MAX } from './lanes.ts';
import { siteForTests } from './site-for-tests.ts';
import type { Trial } from './trial.ts';
import { runCommand, type Step } from './victim.ts';

const missing = missingForCrashTests();
/** Which of the writes and which of the syncs fail in this run. */
const EVERY = LONG ? { write: 17, sync: 2 } : { write: 200, sync: 20 };
/** A part covers one step in this many. */
const EVERY_STEP = 48;

/** The steps of a sweep that this run covers: at least one that an undisturbed cancel of the case takes. */
function partOf(of: Case, steps: readonly Step[], sweep: Sweep): Sweep {
  const taken = steps.filter(({ line }) => line === sweep.line).length;
  const meant = all.filter(
    (n) => n >= sweep.from && n <= Math.min(sweep.until, taken) && sweep.without?.has(n) !== true,
  );
  const part = new Set(sliceOf(`kills ${of.name} ${sweep.line} ${sweep.deed}`, meant, EVERY_STEP));
  return { ...sweep, without: new Set(all.filter((n) => !part.has(n))) };
}

const all = Array.from({ length: STEPS_MAX }, (_step, index) => index + 1);

const here = siteForTests(missing);

describe
  .skipIf(missing !== null)
  .concurrent(`a cancel that is cut down${missing === null ? '' : ` (not run: ${missing})`}`, () => {
    it('has its calls to the system numbered and named, from the first write to the last', async () => {
      const profile = here.site.terminal('used', 'numbered');
      const ended = await runCommand(here.tools, profile, ['orders']);
      expect(ended.exitCode).toBe(0);
      expect(ended.steps.every(({ line }) => line === 'disk')).toBe(true);
      const steps = await stepsOf(here.site, CASES[0] ?? expect.fail());
      const named = steps.map(({ line, what, target }) => `${line} ${what} ${target}`);
      for (const name of [
      'disk write practice/journal.sqlite-wal',
      'disk sync practice/journal.sqlite-wal',
      'disk write practice/journal.sqlite',
      'disk unlink practice/journal.sqlite-wal',
      'net send -',
      'net receive -',
    ]) expect(named).toContain(name); // prettier-ignore
      for (const line of ['disk', 'net']) {
        const numbers = steps.filter((step) => step.line === line).map(({ n }) => n);
        expect(numbers).toEqual(numbers.map((_n, index) => index + 1));
      }
    });

    it(`is gone on with by the next process: nothing lost, nothing said that is not so, nothing sent too early or twice (${partWords})`, async () => {
      const trials: Trial[] = [];
      const plans = await Promise.all(
        CASES.map(async (of) => {
          const steps = await stepsOf(here.site, of);
          return { of, steps, sweeps: sweepsForTests(of, steps).map((sweep) => partOf(of, steps, sweep)) };
        }),
      );
      const done = (trial: Trial): void => {
        trials.push(trial);
      };
      await inLanes(
        plans.flatMap(({ of, steps, sweeps }) => sweeps.map((sweep) => killsOf(here.site, of, steps, sweep, done))),
      );
      const found = trials.flatMap((trial) =>
        trial.findings.map(({ kind, text }) => `${nameOf(trial)}: ${kind}: ${text}`),
      );
      expect(found).toEqual([]);
      const figures = killFigures(trials);
      // Not every cancel reaches the last step of another one, so a part counts on about half of its own.
      expect(figures.steps).toBeGreaterThan(LONG ? 90 : CASES.length);
      expect(figures.powerCuts).toBeGreaterThan(LONG ? 15 : 0);
      expect(figures.resumed).toBeGreaterThan(LONG ? 90 : 0);
      if (!LONG) return;
      // A part of the steps may have none of these, and a busy machine has few within the window.
      expect(figures.toldAgain).toBeGreaterThan(20);
      expect(figures.insideWindow).toBeGreaterThan(20);
    });

    it(`says what is wrong with a disk that fails, ends as promised, and costs nothing once the disk is good again (${partWords})`, async () => {
      const trials: FaultTrial[] = [];
      const done = (trial: FaultTrial): void => {
        trials.push(trial);
      };
      const of = CASES[0] ?? expect.fail();
      const steps = await stepsOf(here.site, of);
      const first = (line: FaultLine): number => {
        // An undisturbed cancel may end some calls earlier than the one before it; a long run has the last ones as well.
        const sure = Math.floor(steps.filter((step) => failsWith(line, step)).length * 0.75);
        return 1 + drawn(`faults ${line}`, Math.min(EVERY[line], sure));
      };
      await inLanes(
        faultsOf(here.site, of, (line) => ({ every: EVERY[line], from: first(line) }), done),
        4,
      );
      const found = trials.flatMap((trial) =>
        trial.findings.map(({ kind, text }) => `${faultNameOf(trial)}: ${kind}: ${text}`),
      );
      expect(found).toEqual([]);
      const hit = trials.filter(({ reached }) => reached);
      for (const { exitCode } of hit) expect([0, 2, 3]).toContain(exitCode);
      expect(hit.length).toBeGreaterThanOrEqual(LONG ? 20 : 4);
      if (!LONG) return;
      expect(new Set(hit.map(({ exitCode }) => exitCode)).size).toBe(3);
      const words = new Set(hit.flatMap((trial) => trial.words));
      for (const word of [
        'error disk-full',
        'error io',
        'notice journal-failing disk-full',
        'notice journal-failing io',
      ])
        expect(words).toContain(word);
    });
  });
