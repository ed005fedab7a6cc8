/** Warns in time that the merchant's certificate expires: 30, 14, 7 and 1 days before, and when it has expired. */
import type { Notice } from '../../../shared/ipc.ts';
import { CERTIFICATE_LOOK_MS } from '../../../shared/timing.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { daysLeft, expiryStage, validityOf, type ExpiryStage } from '../../vault/certificate-days.ts';

export interface CertificateWatchParts {
  readonly certPem: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly onNotice: (notice: Notice) => void;
}

type Code = Extract<Notice['code'], `certificate-${string}`>;

/**
 * Checks now and each hour, so that a terminal that is never switched off is warned too. Returns a function that stops
 * it.
 */
export function watchCertificate({ certPem, clock, log, onNotice }: CertificateWatchParts): () => void {
  const notAfterMs = validityOf(certPem)?.notAfterMs;
  if (notAfterMs === undefined) return () => undefined;
  let notified: { readonly code: Code; readonly days: number } | null = null;
  let stage: ExpiryStage | null = null;
  let callOff = (): void => undefined;

  const check = (): void => {
    callOff = clock.after(CERTIFICATE_LOOK_MS, check);
    const { wallMs } = clock.read();
    const days = Math.max(0, daysLeft(notAfterMs, wallMs));
    const now = expiryStage(notAfterMs, wallMs);
    if (now !== stage && now !== null) log.warn({ stage: now, days }, 'the certificate ends');
    stage = now;
    const code = now === null ? null : codeOf(now);
    if (code === notified?.code && days === notified.days) return;
    if (notified !== null && notified.code !== code) onNotice({ code: notified.code, on: false, detail: null });
    notified = code === null ? null : { code, days };
    if (code !== null) onNotice({ code, on: true, detail: String(days) });
  };
  check();
  return () => {
    callOff();
  };
}

function codeOf(stage: ExpiryStage): Code {
  if (stage === 'expired') return 'certificate-expired';
  return stage === 1 ? 'certificate-ends' : 'certificate-expiring';
}
