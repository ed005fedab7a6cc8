/** How long a certificate is still valid, at the boundaries of each stage. */
import { describe, expect, it } from 'vitest';
import { daysLeft, expiryStage, validityOf } from '../../electron/vault/certificate-days.ts';

const DAY_MS = 86_400_000;
const NOW_MS = Date.UTC(2026, 10, 24, 9, 30);

describe('the stage of a certificate', () => {
  it.each<[number, ReturnType<typeof expiryStage>]>([
    [31 * DAY_MS, null],
    [30 * DAY_MS + 1, null],
    [30 * DAY_MS, 30],
    [14 * DAY_MS + 1, 30],
    [14 * DAY_MS, 14],
    [7 * DAY_MS + 1, 14],
    [7 * DAY_MS, 7],
    [DAY_MS + 1, 7],
    [DAY_MS, 1],
    [0, 1],
    [-1, 'expired'],
  ])('that ends in %i ms is %j', (inMs, stage) => {
    expect(expiryStage(NOW_MS + inMs, NOW_MS)).toBe(stage);
  });
});

describe('the days that are left', () => {
  it.each([
    [30 * DAY_MS, 30],
    [30 * DAY_MS - 1, 29],
    [DAY_MS - 1, 0],
    [0, 0],
    [-1, -1],
  ])('of %i ms are %i', (inMs, days) => {
    expect(daysLeft(NOW_MS + inMs, NOW_MS)).toBe(days);
  });
});

it('what is no certificate has no dates', () => {
  expect(validityOf('-----BEGIN CERTIFICATE-----\nno\n-----END CERTIFICATE-----')).toBe(null);
});
