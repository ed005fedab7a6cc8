/** Disks that fail in the middle of a cancel. `npm run crash-points` lets every write and every sync fail; here some of them do. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CASES } from './cases.ts';
import { missingForCrashTests } from './compiler.ts';
import { faultNameOf, faultsOf, type FaultTrial } from './faults.ts';
import { inLanes } from './lanes.ts';
import { openSite, type Site } from './site.ts';
import { makeTools, type Tools } from './tools.ts';

const missing = missingForCrashTests();
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

const NTH = { write: 17, sync: 3 };

describe.skipIf(missing !== null)(`a disk that fails under a cancel${missing === null ? '' : ` (not run: ${missing})`}`, () => {
  it('is named, ends it as promised, and costs nothing once it is good again', async () => {
    const trials: FaultTrial[] = [];
    const over = CASES.slice(0, 1);
    await inLanes(over.flatMap((of) => faultsOf(site, of, (line) => NTH[line], (trial) => trials.push(trial))));
    const found = trials.flatMap((trial) => trial.findings.map(({ kind, text }) => `${faultNameOf(trial)}: ${kind}: ${text}`));
    expect(found).toEqual([]);
    const hit = trials.filter(({ reached }) => reached);
    expect(hit.length).toBeGreaterThan(20);
    expect(new Set(hit.map(({ exitCode }) => exitCode))).toEqual(new Set([0, 2, 3]));
    const words = new Set(hit.flatMap((trial) => trial.words));
    for (const word of ['error disk-full', 'error io', 'notice journal-failing disk-full', 'notice journal-failing io']) expect(words).toContain(word);
  }, 200_000);
});
