/** The results of the connection checks: the lines themselves, this machine's clock, and access to /secapi/. Pure. */
import type { Result } from '../../../shared/result.ts';
import { finding, type SelfTestLine } from '../../../shared/self-test.ts';
import { daysLeft } from '../../vault/certificate-days.ts';
import type { Line, LineFailure, Skew } from '../../wechat/line-probe.ts';

export type LineId = 'primary' | 'backup' | 'face';

/** A check of one domain, and which domain it was. */
export interface Looked {
  readonly id: LineId;
  readonly host: string;
  readonly line: Result<Line, LineFailure>;
}

/** If a cancel must first spend this long on the connection, the people at the till notice. */
export const SLOW_LINE_MS = 3_000;
/** WeChat renews its certificates long before this. */
export const SERVER_CERTIFICATE_DAYS = 7;

const FAILED = {
  name: 'no-name',
  connection: 'unreachable',
  trust: 'not-trusted',
  certificate: 'certificate-refused',
  reply: 'no-reply',
} as const satisfies Record<LineFailure['at'], string>;

export function lineCheck({ id, host, line }: Looked, wallMs: number): SelfTestLine {
  if (!line.ok) return finding(id, FAILED[line.error.at], { host, why: line.error.why });
  const { family, resolveMs, connectMs, tls, serverCertificate } = line.value;
  const days = daysLeft(serverCertificate.notAfterMs, wallMs);
  const figures = { host, family, resolveMs, connectMs, tls, days, issuer: serverCertificate.issuer.slice(0, 60) };
  if (resolveMs + connectMs > SLOW_LINE_MS) return finding(id, 'slow', figures);
  return finding(id, days < SERVER_CERTIFICATE_DAYS ? 'server-certificate-ends' : 'reached', figures);
}

/**
 * No decision about money depends on this clock: the 15 s are counted on the monotonic clock. If it is a minute off,
 * the shop's times no longer match WeChat's bill.
 */
export const SKEW_WARN_MS = 60_000;
/**
 * The difference that WeChat Pay itself accepts in a timestamp (its APIv3 refuses more). The face permit's `now` is
 * one.
 */
export const SKEW_FAIL_MS = 5 * 60_000;

/** By the domain with the smallest uncertainty. */
export function clockCheck(looked: readonly Looked[]): SelfTestLine {
  const skews = looked.flatMap(({ host, line }) =>
    line.ok && line.value.skew !== null ? [{ host, ...line.value.skew }] : [],
  );
  const [best] = skews.sort((a, b) => a.withinMs - b.withinMs);
  if (best === undefined) return finding('clock', 'untold');
  const figures = {
    seconds: Math.abs(best.aheadMs / 1_000).toFixed(1),
    way: best.aheadMs < 0 ? 'behind' : 'ahead',
    within: (best.withinMs / 1_000).toFixed(1),
    host: best.host,
  };
  const surely = atLeast(best);
  if (surely > SKEW_FAIL_MS) return finding('clock', 'far-off', figures);
  return finding('clock', surely > SKEW_WARN_MS ? 'off' : 'agrees', figures);
}

/** A slow network must not make a good clock look wrong: only a difference beyond the uncertainty counts. */
export const atLeast = ({ aheadMs, withinMs }: Skew): number => Math.max(0, Math.abs(aheadMs) - withinMs);

/**
 * Whether /secapi/ accepts the merchant's certificate. The check of the primary domain asked there without naming an
 * order, so whatever comes back, it cannot affect an order. Only a cancel shows whether WeChat also recognises the
 * certificate as this merchant's.
 */
export function doorCheck(looked: readonly Looked[]): SelfTestLine {
  const primary = looked.find(({ id }) => id === 'primary')?.line;
  if (primary === undefined) return finding('door', 'untold');
  if (!primary.ok)
    return primary.error.at === 'certificate'
      ? finding('door', 'refused', { why: primary.error.why })
      : finding('door', 'untold');
  const { status, text } = primary.value;
  if (/certificate|证书/i.test(text)) return finding('door', 'refused', { why: `HTTP ${String(status)}` });
  // Only an answer of WeChat Pay's own shows that the certificate was accepted.
  return finding('door', text.includes('<return_code>') ? 'let-through' : 'untold', { why: `HTTP ${String(status)}` });
}
