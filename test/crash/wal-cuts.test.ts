/** The journal's last write, cut off at each of its bytes. */
import { expect, it } from 'vitest';
import { cutAtEveryByte, lastWrite } from './wal-cuts.ts';

it('a journal whose last write was cut off at any byte opens as it was before that write, and whole only with all of it', () => {
  const written = lastWrite();
  const { findings, ...counts } = cutAtEveryByte(written);
  expect(findings).toEqual([]);
  const bytes = written.log.byteLength - written.logBefore;
  expect(bytes).toBeGreaterThan(4_096);
  expect(counts).toEqual({ truncations: bytes + 1, before: bytes, after: 1 });
}, 300_000);
