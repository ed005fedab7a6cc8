/**
 * A short soak: each cancel is compared with the gateway's ledger, and every resource is released at the end. `npm run
 * soak` is the long one.
 */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { MIX, planned } from './mix.ts';
import { verdictOn } from './verdict.ts';
import type { SoakReport, Tenth } from './soak.ts';

const RUN = resolve(import.meta.dirname, 'run.ts');
const figuresSchema = z.object({ figures: z.record(z.string(), z.union([z.number(), z.string()])) });

it('ends 200 cancels as they must, by the terminal and by the gateway’s ledger, and lets go of every handle', async () => {
  // A quarter of the usual speed: on a busy machine a deadline of 2.4 s is long enough.
  const { stdout } = await promisify(execFile)(process.execPath, [
    RUN,
    '--cancels',
    '200',
    '--speed-up',
    '25',
    '--json',
  ]);
  const { figures } = figuresSchema.parse(JSON.parse(stdout.trim().split('\n').at(-1) ?? ''));
  expect(figures).toMatchObject({ cancels: 200, wrongEndings: 0, handlesLeftAfterwards: 0 });
  expect(figures['handlesAtEnd']).toBe(figures['handlesAfterWarmUp']);
  expect(figures['reverses']).toBeGreaterThan(200);
  for (const ending of ['closed', 'refunded', 'expired', 'signature'])
    expect(figures[ending], ending).toBeGreaterThan(0);
});

it('draws the same cancels for the same seed, and each trouble as often as it is meant to', () => {
  const drawn = Array.from({ length: 10_000 }, (_, nth) => planned(nth, 7));
  expect(drawn[41]).toEqual(planned(41, 7));
  expect(new Set(drawn.map(({ transactionId }) => transactionId)).size).toBe(10_000);
  for (const { scenario, share } of MIX) {
    const count = drawn.filter((plan) => plan.scenario === scenario).length;
    expect(count, scenario).toBeGreaterThan(share * 10 * 0.5);
    expect(count, scenario).toBeLessThan(share * 10 * 1.5 + 10);
  }
});

const at = (tenth: number, more: Partial<Tenth> = {}): Tenth => ({
  done: tenth * 1_000,
  seconds: tenth,
  heapBytes: 20_000_000,
  residentBytes: 100_000_000,
  handles: { Timeout: 1 },
  descriptors: 30,
  journalBytes: tenth * 3_000_000,
  logBytes: 0,
  gatewayBytes: 1,
  ...more,
});
const reportWith = (last: Partial<Tenth>, more: Partial<SoakReport> = {}): SoakReport => ({
  cancels: 10_000,
  tenths: [...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((tenth) => at(tenth)), at(10, last)],
  endings: { refunded: 10_000 },
  reverses: 10_000,
  needlessReverses: 0,
  wrong: [],
  before: at(0),
  after: at(0),
  ...more,
});

it.each<[string, SoakReport, RegExp | null]>([
  ['a flat one', reportWith({}), null],
  ['one whose heap grew', reportWith({ heapBytes: 21_100_000 }), /heap grew by 5.5 %/],
  ['one with a timer too many', reportWith({ handles: { Timeout: 2 } }), /"Timeout":2/],
  ['one with a descriptor too many', reportWith({ descriptors: 31 }), /31 descriptors/],
  ['one whose journal jumped', reportWith({ journalBytes: 40_000_000 }), /differ by/],
  [
    'one that kept a socket in the end',
    reportWith({}, { after: at(0, { handles: { TCPSocketWrap: 1 } }) }),
    /after it all/,
  ],
  ['one that lost a cancel', reportWith({}, { endings: { refunded: 9_999 } }), /9999 of 10000/],
  ['one that lost answers', reportWith({}, { needlessReverses: 400 }), /400 reverses were made again/],
  ['one with a wrong ending', reportWith({}, { wrong: ['soak-1-1 ended otherwise'] }), /ended otherwise/],
])('judges %s', (_what, report, violation) => {
  const { violations } = verdictOn(report);
  if (violation === null) expect(violations).toEqual([]);
  else expect(violations.join()).toMatch(violation);
});
