/**
 * In a long run ten thousand tamperings, all found, and a thousand untouched journals, none accused; in any other run a
 * few hundred.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LONG, sliceOf } from '../support/slice.ts';
import { falseAlarms, tamper } from './tamper.ts';
import { TAMPERINGS } from './tamperings.ts';

const SEEDS = sliceOf(
  'tamperings',
  Array.from({ length: 10 }, (_, index) => 20_261_124 + index),
  10,
);
const TIMES = LONG ? 1_000 : 350;
const UNTOUCHED = LONG ? 100 : 40;
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'facepay-tamper-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test.each(SEEDS)(`${String(TIMES)} random tamperings are found (seed %d)`, (seed) => {
  const { tamperings, missed, kinds } = tamper(TIMES, seed, folder);
  expect(missed).toEqual([]);
  expect(tamperings).toBeGreaterThanOrEqual(TIMES);
  expect(Object.keys(kinds).sort()).toEqual(
    [...TAMPERINGS.map(([name]) => name), 'turn over a byte of the file'].sort(),
  );
});

test.each(SEEDS)(`${String(UNTOUCHED)} untouched journals, some left by crashes, are not accused (seed %d)`, (seed) => {
  expect(falseAlarms(UNTOUCHED, seed, folder)).toEqual([]);
});
