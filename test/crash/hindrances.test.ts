/** Some of the kills of hindrances.ts; `npm run crash-points` does all of them. */
import { describe, expect, it } from 'vitest';
import { CASES, stepsOf } from './cases.ts';
import { drawn, LONG, partWords } from '../support/slice.ts';
import { missingForCrashTests } from './compiler.ts';
import { hinderedKills, hinderedNameOf, HINDRANCES, type HinderedTrial } from './hindrances.ts';
import { inLanes } from './lanes.ts';
import { siteForTests } from './site-for-tests.ts';

const missing = missingForCrashTests();
const EVERY_NTH = 60;
/**
 * Where other processes come and go all the time, the machine is busy: half as many kills, and other ones in each run.
 */
const EVERY_NTH_VISITED = 120;

const here = siteForTests(missing);

describe
  .skipIf(missing !== null)
  .concurrent(
    `a cancel that is cut down while others hinder it${missing === null ? '' : ` (not run: ${missing})`}`,
    () => {
      it.each(HINDRANCES)(
        `%s: is gone on with, nothing lost, nothing sent too early or twice (${partWords})`,
        async (hindrance) => {
          const [, armed] = CASES;
          const of = armed ?? expect.fail();
          const trials: HinderedTrial[] = [];
          const done = (trial: HinderedTrial): void => {
            trials.push(trial);
          };
          const steps = await stepsOf(here.site, of);
          const rows =
            LONG || hindrance !== 'lock-taken-in-turn'
              ? hinderedKills(here.site, of, hindrance, steps, EVERY_NTH, done)
              : hinderedKills(
                  here.site,
                  of,
                  hindrance,
                  steps,
                  EVERY_NTH_VISITED,
                  done,
                  (line, ofSteps) => 1 + drawn(`${hindrance} ${line}`, ofSteps),
                );
          await inLanes(rows, 3);
          expect(
            trials.flatMap((trial) =>
              trial.findings.map(({ kind, text }) => `${hinderedNameOf(trial)}: ${kind}: ${text}`),
            ),
          ).toEqual([]);
          expect(trials.filter(({ met }) => met).length).toBeGreaterThan(0);
        },
      );
    },
  );
