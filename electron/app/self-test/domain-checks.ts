/** The results of the connection checks: the lines themselves, this machine's clock, and access to /secapi/. Pure. */
import type { Result } from '../../../shared/result.ts';
import { finding, type SelfTestLine } from '../../../shared/self-test/self-test.ts';
import { daysLeft } from '../../vault/certificate-days.ts';
import type { ProbedConnection, ConnectionFailure, Skew } from '../../wechat/connection-probe.ts';

export type DomainId = 'primary' | 'backup' | 'face';

/** A check of one domain, and which domain it was. */
export interface DomainProbe {
  readonly id: DomainId;
  readonly host: string;
  /** `host:port` of the shop's proxy on the way to it, or `null`. */
  readonly proxy: string | null;
  readonly connection: Result<ProbedConnection, ConnectionFailure>;
}

/** If a cancel must first spend this long on the connection, the people at the till notice. */
export const SLOW_CONNECTION_MS = 3_000;
/** WeChat renews its certificates long before this. */
export const SERVER_CERTIFICATE_DAYS = 7;

const FAILED = {
  name: 'no-name',
  connection: 'unreachable',
  proxy: 'proxy',
  'proxy-account': 'proxy-account',
  trust: 'not-trusted',
  certificate: 'certificate-refused',
  reply: 'no-reply',
} as const satisfies Record<ConnectionFailure['at'], string>;

export function domainCheck({ id, host, proxy, connection }: DomainProbe, wallMs: number): SelfTestLine {
  if (!connection.ok) {
    const { at, why, issuer = '?' } = connection.error;
    const atProxy = at === 'proxy' || at === 'proxy-account';
    return finding(id, FAILED[at], {
      host,
      why,
      ...(at === 'trust' ? { issuer: shown(issuer) } : {}),
      ...(atProxy ? { proxy: proxy ?? '?' } : {}),
    });
  }
  const { family, address, resolveMs, connectMs, tls, serverCertificate } = connection.value;
  const days = daysLeft(serverCertificate.notAfterMs, wallMs);
  const figures = {
    host,
    family,
    address,
    resolveMs,
    connectMs,
    tls,
    days,
    issuer: shown(serverCertificate.issuer),
  };
  if (resolveMs + connectMs > SLOW_CONNECTION_MS) return finding(id, 'slow', figures);
  return finding(id, days < SERVER_CERTIFICATE_DAYS ? 'server-certificate-ends' : 'reached', figures);
}

/** Whoever answers chose this text, and it goes to a technician's console too. */
const shown = (issuer: string): string => issuer.replace(/\p{Cc}+/gu, ' ').slice(0, 60);

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
export function clockCheck(probed: readonly DomainProbe[]): SelfTestLine {
  const skews = probed.flatMap(({ host, connection }) =>
    connection.ok && connection.value.skew !== null ? [{ host, ...connection.value.skew }] : [],
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
export function doorCheck(probed: readonly DomainProbe[]): SelfTestLine {
  const primary = probed.find(({ id }) => id === 'primary')?.connection;
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
