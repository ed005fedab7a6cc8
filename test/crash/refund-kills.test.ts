/**
 * kill -9 at the numbered steps of a real refund. The minute between two requests of one order makes some of them last
 * that long; they wait side by side.
 */
import { describe, expect, it } from 'vitest';
import { LONG, partWords, sliceOf } from '../support/slice.ts';
import { missingForCrashTests } from './compiler.ts';
import { inLanes, numbered } from './lanes.ts';
import { refundSteps, refundTrial, type RefundTrial } from './refund-kills.ts';
import { siteForTests } from './site-for-tests.ts';
import type { Step } from './victim.ts';

const missing = missingForCrashTests();
const here = siteForTests(missing);
/** A part covers one step in this many. */
const EVERY_STEP = { disk: 30, net: 8 } as const;
/** All of them together wait for their minute. */
const LANES = 24;

/** The numbers of the steps that this run ends at, of those that an undisturbed refund takes from its asking on. */
function pointsOf(line: 'disk' | 'net', steps: readonly Step[]): readonly number[] {
  const numbers = steps.filter((step) => step.line === line).map(({ n }) => n);
  return sliceOf(`refund kills ${line}`, numbers, EVERY_STEP[line]);
}

describe.skipIf(missing !== null)(
  `a refund that is cut down${missing === null ? '' : ` (not run: ${missing})`}`,
  () => {
    it(`is gone on with by the next process: one number, paid once, and nothing that was said is lost (${partWords})`, async () => {
      const steps = await refundSteps(here.site);
      const trials: RefundTrial[] = [];
      const rows = (['disk', 'net'] as const).flatMap((line) =>
        pointsOf(line, steps).map((n) =>
          numbered({ from: n, until: n }, async () => {
            trials.push(await refundTrial(here.site, { line, n, deed: 'kill' }));
            return true;
          }),
        ),
      );
      await inLanes(rows, LANES);
      const found = trials.flatMap(({ point, step, findings }) =>
        findings.map(
          ({ kind, text }) => `${point.line} ${String(point.n)} (${step?.what ?? 'not reached'}): ${kind}: ${text}`,
        ),
      );
      expect(found).toEqual([]);
      expect(trials.length).toBeGreaterThan(LONG ? 20 : 3);
      if (!LONG) return;
      expect(trials.filter(({ wasAsked, step }) => wasAsked && step !== null).length).toBeGreaterThan(10);
    });
  },
);
