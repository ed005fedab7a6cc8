/** Whether an update may be installed, cell by cell: each reason alone, and which of two is shown. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWithin, nextWindow } from '../../electron/updates/hours.ts';
import { mayInstall, type InstallFacts } from '../../electron/updates/may-install.ts';
import { offerOf, type OfferFacts } from '../../electron/updates/offer.ts';
import type { Release } from '../../electron/updates/manifest.ts';
import { stagingBucketOf } from '../../electron/updates/record.ts';
import { compareVersions } from '../../electron/updates/version.ts';

const quiet: InstallFacts = {
  enabled: true,
  way: 'nsis',
  shop: { openOrders: 0, payment: false, signedIn: false },
  hours: { fromMinute: 180, toMinute: 300 },
  minute: 200,
  stagingBucket: 10,
  stagingPercentage: 20,
  failedBefore: false,
  trialRuns: false,
  freeBytes: 1_000,
  neededBytes: 1_000,
  wayBack: true,
};
const shop = { openOrders: 0, payment: false, signedIn: false };

/** In the order of preference for showing. */
const reasons: readonly (readonly [why: string, facts: Partial<InstallFacts>])[] = [
  ['off', { enabled: false }],
  ['by-hand', { way: 'by-hand' }],
  ['failed-before', { failedBefore: true }],
  ['trial-runs', { trialRuns: true }],
  ['not-in-stage', { stagingBucket: 20 }],
  ['not-open', { shop: null }],
  ['order-open', { shop: { ...shop, openOrders: 1 } }],
  ['payment', { shop: { ...shop, payment: true } }],
  ['signed-in', { shop: { ...shop, signedIn: true } }],
  ['no-way-back', { wayBack: false }],
  ['disk-space', { freeBytes: 999 }],
  ['outside-hours', { minute: 300 }],
];

describe('installing', () => {
  it('may be done in a quiet shop at night', () => {
    expect(mayInstall(quiet)).toEqual({ may: true });
  });
  it.each(reasons)('may not: %s', (why, facts) => {
    expect(mayInstall({ ...quiet, ...facts })).toEqual({ may: false, why });
  });
  it.each([
    ['where what runs is no installed app', { way: 'not-here' as const }, 'by-hand'],
    ['where the disk does not say how much is free', { freeBytes: null }, 'disk-space'],
    ['in a stage of nobody', { stagingBucket: 0, stagingPercentage: 0 }, 'not-in-stage'],
  ])('may not %s', (_where, facts, why) => {
    expect(mayInstall({ ...quiet, ...facts })).toEqual({ may: false, why });
  });
  it('names the first of several reasons, and no reason cancels another', () => {
    fc.assert(
      fc.property(
        fc.subarray(
          [...reasons.keys()].filter((index) => index < 5 || index === 6 || index > 8),
          { minLength: 1 },
        ),
        (chosen) => {
          const facts = chosen.reduce<InstallFacts>((so, index) => ({ ...so, ...reasons[index]?.[1] }), quiet);
          expect(mayInstall(facts)).toEqual({ may: false, why: reasons[Math.min(...chosen)]?.[0] });
        },
      ),
    );
  });
});

describe('the hours', () => {
  it('go over midnight', () => {
    const night = { fromMinute: 23 * 60, toMinute: 2 * 60 };
    expect([22 * 60 + 59, 23 * 60, 0, 119, 120].map((minute) => isWithin(night, minute))).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
  });
  it('are the whole day where both ends are alike', () => {
    expect([0, 719, 720, 1439].every((minute) => isWithin({ fromMinute: 720, toMinute: 720 }, minute))).toBe(true);
  });
  it('have a next window that is open now, or not before it is', () => {
    const minute = fc.integer({ min: 0, max: 1439 });
    fc.assert(
      fc.property(minute, minute, minute, (fromMinute, toMinute, now) => {
        const nowMs = 1_800_000_000_000 + now * 60_000;
        const { fromMs, toMs } = nextWindow({ fromMinute, toMinute }, nowMs, now);
        expect(fromMs <= nowMs && nowMs < toMs).toBe(isWithin({ fromMinute, toMinute }, now));
        expect(toMs).toBeGreaterThan(nowMs);
        expect(fromMs - nowMs).toBeLessThan(24 * 3_600_000);
      }),
    );
  });
});

const sha512 = Buffer.alloc(64).toString('base64');
const release: Release = {
  facepayUpdate: 1,
  channel: 'latest',
  version: '1.4.0',
  minimumVersion: '1.2.0',
  releasedAt: '2026-11-20T00:00:00.000Z',
  stagingPercentage: 50,
  files: [{ name: 'a-x64.exe', sha512, size: 5 }],
};
const here: OfferFacts = {
  version: '1.3.0',
  channel: 'latest',
  newestReleasedAtMs: 0,
  stagingBucket: 49.9,
  failed: [],
  ending: 'exe',
  arch: 'x64',
};

describe('an offer', () => {
  it('is for a terminal that is older, and in its stage', () => {
    expect(offerOf(release, here)).toEqual({ ok: true, value: release.files[0] });
  });
  it.each([
    ['other-channel', { channel: 'beta' }],
    ['replayed', { newestReleasedAtMs: Date.parse(release.releasedAt) + 1 }],
    ['older', { version: '1.4.1' }],
    ['older', { version: '1.10.0' }],
    ['newest', { version: '1.4.0' }],
    ['too-far', { version: '1.1.9' }],
    ['failed-before', { failed: ['1.4.0'] }],
    ['not-in-stage', { stagingBucket: 50 }],
    ['not-here', { ending: null }],
    ['no-file', { ending: 'deb' }],
  ])('is none: %s', (error, facts) => {
    expect(offerOf(release, { ...here, ...facts })).toEqual({ ok: false, error });
  });
  it('is the same one as the newest that was seen, as often as it is read', () => {
    expect(offerOf(release, { ...here, newestReleasedAtMs: Date.parse(release.releasedAt) }).ok).toBe(true);
  });
});

it('stages take a terminal by its own number, evenly', () => {
  const buckets = Array.from({ length: 2_000 }, (_none, index) => stagingBucketOf(`terminal ${String(index)}`));
  expect(stagingBucketOf('terminal 1')).toBe(buckets[1]);
  expect(buckets.every((stagingBucket) => stagingBucket >= 0 && stagingBucket < 100)).toBe(true);
  expect(buckets.filter((stagingBucket) => stagingBucket < 10).length / 20).toBeGreaterThan(7);
  expect(buckets.filter((stagingBucket) => stagingBucket < 10).length / 20).toBeLessThan(13);
});

it('versions compare by number', () => {
  const part = fc.integer({ min: 0, max: 999 });
  fc.assert(
    fc.property(part, part, part, part, part, part, (a, b, c, d, e, f) => {
      const expected = a - d || b - e || c - f;
      expect(Math.sign(compareVersions([a, b, c].join('.'), [d, e, f].join('.')))).toBe(Math.sign(expected));
    }),
  );
});
