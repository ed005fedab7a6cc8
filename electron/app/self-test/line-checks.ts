/** What looks at the domains come to: the lines themselves, this machine's clock, and the door to /secapi/. Pure. */
import type { Result } from '../../../shared/result.ts';
import { finding, type SelfTestLine } from '../../../shared/self-test.ts';
import { daysLeft } from '../../vault/certificate-days.ts';
import type { Line, LineFailure, Skew } from '../../wechat/line-probe.ts';

export type LineId = 'primary' | 'backup' | 'face';

/** A look at one domain, and which it was. */
export interface Looked {
  readonly id: LineId;
  readonly host: string;
  readonly line: Result<Line, LineFailure>;
}

/** A cancel that must first find its way for this long is felt at the till. */
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
 * Nothing that decides about money hangs on this clock: the 15 s are counted on the monotonic one. A minute off, and the
 * shop's times no longer match WeChat's bill.
 */
export const SKEW_WARN_MS = 60_000;
/** What WeChat Pay itself bears in a timestamp (its APIv3 refuses more); the face permit's `now` is one. */
export const SKEW_FAIL_MS = 5 * 60_000;

/** By the domain that narrows it down best. */
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

/** A slow network must not make a good clock look wrong: only what is beyond its doubt counts. */
export const atLeast = ({ aheadMs, withinMs }: Skew): number => Math.max(0, Math.abs(aheadMs) - withinMs);

/**
 * Whether the merchant's certificate passes the door of /secapi/. The look at the primary domain asked there without
 * naming an order, so whatever comes back, no order can be touched. Whether WeChat also finds the certificate to be this
 * merchant's, only a cancel shows.
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
  // Only an answer of WeChat Pay's own shows that the door let us through to it.
  return finding('door', text.includes('<return_code>') ? 'let-through' : 'untold', { why: `HTTP ${String(status)}` });
}
