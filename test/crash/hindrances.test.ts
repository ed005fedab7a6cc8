/** Some of the kills of hindrances.ts; `npm run crash-points` does all. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CASES, stepsOf } from './cases.ts';
import { missingForCrashTests } from './compiler.ts';
import { hinderedKills, hinderedNameOf, HINDRANCES, type HinderedTrial } from './hindrances.ts';
import { inLanes } from './lanes.ts';
import { openSite, type Site } from './site.ts';
import { makeTools, type Tools } from './tools.ts';

const missing = missingForCrashTests();
const EVERY_NTH = 30;
let tools: Tools;
let site: Site;

beforeAll(async () => {
  if (missing !== null) return;
  tools = await makeTools();
  site = await openSite(tools);
}, 60_000);
afterAll(async () => {
  if (missing !== null) return;
  await site.close();
  tools.dispose();
});

describe.skipIf(missing !== null).concurrent(`a cancel that is cut down while others hinder it${missing === null ? '' : ` (not run: ${missing})`}`, () => {
  it.each(HINDRANCES)('%s: is gone on with, nothing lost, nothing sent too early or twice', async (hindrance) => {
    const [, armed] = CASES;
    const of = armed ?? expect.fail();
    const trials: HinderedTrial[] = [];
    await inLanes(hinderedKills(site, of, hindrance, await stepsOf(site, of), EVERY_NTH, (trial) => trials.push(trial)), 3);
    expect(trials.flatMap((trial) => trial.findings.map(({ kind, text }) => `${hinderedNameOf(trial)}: ${kind}: ${text}`))).toEqual([]);
    expect(trials.filter(({ met }) => met).length).toBeGreaterThan(0);
  }, 5 * 60_000);
});
