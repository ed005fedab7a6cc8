/**
 * The notice of a certificate that will end, with a real certificate and a clock that the test moves past each stage.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { watchCertificate } from '../../../electron/app/notices/certificate-watch.ts';
import { silentLog } from '../../../electron/base/log.ts';
import { createThrowawayCa } from '../../../electron/practice/throwaway-ca.ts';
import type { Notice } from '../../../shared/ipc.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const START_MS = Date.UTC(2026, 0, 5);
let certPem: string;
beforeAll(async () => {
  const ca = await createThrowawayCa(START_MS);
  ({ certPem } = await ca.issueMerchant('1900000109', { fromMs: START_MS, untilMs: START_MS + 40 * DAY_MS }));
});

function watched(startMs = START_MS): { clock: FakeClock; sent: string[]; logged: unknown[]; stop: () => void } {
  const clock = new FakeClock(startMs);
  const sent: string[] = [];
  const logged: unknown[] = [];
  const onNotice = ({ code, on, detail }: Notice): void =>
    void sent.push(`${code} ${on ? `in ${detail ?? '?'}` : 'over'}`);
  const stop = watchCertificate({
    certPem,
    clock,
    onNotice,
    log: { ...silentLog, warn: (fields) => logged.push(fields) },
  });
  return { clock, sent, logged, stop };
}

describe('a certificate', () => {
  it('is nothing to speak of while more than 30 days are left', async () => {
    const { clock, sent } = watched();
    await clock.advance(9 * DAY_MS + 23 * HOUR_MS);
    expect(sent).toEqual([]);
  });

  it('is told of each day from the 30th before its end, of its last day to everybody, and of its end', async () => {
    const { clock, sent, logged } = watched(START_MS + 9 * DAY_MS);
    await clock.advance(DAY_MS);
    expect(sent).toEqual(['certificate-expiring in 30']);
    await clock.advance(2 * DAY_MS);
    expect(sent.slice(1)).toEqual(['certificate-expiring in 29', 'certificate-expiring in 28']);
    await clock.advance(27 * DAY_MS);
    expect(sent.slice(-2)).toEqual(['certificate-expiring over', 'certificate-ends in 1']);
    await clock.advance(DAY_MS + HOUR_MS);
    expect(sent.slice(-3)).toEqual(['certificate-ends in 0', 'certificate-ends over', 'certificate-expired in 0']);
    expect(logged.map((fields) => (fields as { stage: unknown }).stage)).toEqual([30, 14, 7, 1, 'expired']);
  });

  it('is told of at the start, and not any more once the clock was put right', async () => {
    const { clock, sent } = watched(START_MS + 50 * DAY_MS);
    expect(sent).toEqual(['certificate-expired in 0']);
    clock.jumpWall(-50 * DAY_MS);
    await clock.advance(HOUR_MS);
    expect(sent.slice(1)).toEqual(['certificate-expired over']);
  });

  it('is not looked at any more once the terminal is closed', async () => {
    const { clock, sent, stop } = watched();
    stop();
    await clock.advance(41 * DAY_MS);
    expect([sent, clock.pending]).toEqual([[], 0]);
  });
});
