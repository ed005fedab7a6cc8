/** The journal's last write, cut off at each byte. */
import { expect, it } from 'vitest';
import { partWords, sliceOf } from '../support/slice.ts';
import { cutAtBytes, cutsOf, lastWrite } from './wal-cuts.ts';

const EVERY_BYTE = 64;

it(`a journal whose last write was cut off at any byte opens as it was before that write, and whole only with all of it (${partWords})`, () => {
  const written = lastWrite();
  const all = cutsOf(written);
  expect(all.length).toBeGreaterThan(4_096);
  const cuts = sliceOf('cuts of a commit', all.slice(0, -1), EVERY_BYTE);
  const { findings, ...counts } = cutAtBytes(written, [...cuts, ...all.slice(-1)]);
  expect(findings).toEqual([]);
  expect(counts).toEqual({ truncations: cuts.length + 1, before: cuts.length, after: 1 });
});
