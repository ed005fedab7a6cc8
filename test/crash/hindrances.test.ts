/** Some of the kills of hindrances.ts; `npm run crash-points` does all. */
import { describe, expect, it } from 'vitest';
import { CASES, stepsOf } from './cases.ts';
import { missingForCrashTests } from './compiler.ts';
import { hinderedKills, hinderedNameOf, HINDRANCES, type HinderedTrial } from './hindrances.ts';
import { inLanes } from './lanes.ts';
import { siteForTests } from './site-for-tests.ts';

const missing = missingForCrashTests();
const EVERY_NTH = 30;

const here = siteForTests(missing);

describe
  .skipIf(missing !== null)
  .concurrent(
    `a cancel that is cut down while others hinder it${missing === null ? '' : ` (not run: ${missing})`}`,
    () => {
      it.each(HINDRANCES)('%s: is gone on with, nothing lost, nothing sent too early or twice', async (hindrance) => {
        const [, armed] = CASES;
        const of = armed ?? expect.fail();
        const trials: HinderedTrial[] = [];
        await inLanes(
          hinderedKills(here.site, of, hindrance, await stepsOf(here.site, of), EVERY_NTH, (trial) =>
            trials.push(trial),
          ),
          3,
        );
        expect(
          trials.flatMap((trial) =>
            trial.findings.map(({ kind, text }) => `${hinderedNameOf(trial)}: ${kind}: ${text}`),
          ),
        ).toEqual([]);
        expect(trials.filter(({ met }) => met).length).toBeGreaterThan(0);
      });
    },
  );
