/** What needs the network, in parallel: each domain, the clocks, access to /secapi/, and the signed query. */
import { randomBytes } from 'node:crypto';
import { finding, type SelfTestLine } from '../../../shared/self-test/self-test.ts';
import type { Clock } from '../../base/clock.ts';
import { PATHS } from '../../wechat/face-pay.ts';
import { createGateway } from '../../wechat/gateway.ts';
import { probeConnection } from '../../wechat/connection-probe.ts';
import type { Proxy } from '../../wechat/proxy-tunnel.ts';
import { httpsTransport } from '../../wechat/transport.ts';
import { clockCheck, doorCheck, domainCheck, type DomainProbe, type DomainId } from './domain-checks.ts';
import { impossibleOrder, queryCheck } from './query-check.ts';
import type { Target } from './target.ts';

/** Checks one of the target's domains; `null` if it has no such domain. */
export function probeDomain(target: Target, id: DomainId, clock: Clock): Promise<DomainProbe> | null {
  const { merchant, caPem, own } = target;
  const origin = { primary: merchant.gateway.primary, backup: merchant.gateway.backup, face: merchant.faceGateway }[id];
  if (origin === undefined) return null;
  // The primary is asked at the very path that needs the certificate.
  const path = id === 'primary' ? PATHS[merchant.family].reverse : '/';
  const limits = { connectTimeoutMs: merchant.connectTimeoutMs, callTimeoutMs: merchant.callTimeoutMs };
  return probeConnection({ origin, path, caPem, own, limits, clock, way: target.way }).then((connection) => ({
    id,
    host: new URL(origin).host,
    proxy: proxyOf(target.way.proxyFor(new URL(origin).hostname)),
    connection,
  }));
}

const proxyOf = (proxy: Proxy | null): string | null => (proxy === null ? null : `${proxy.host}:${String(proxy.port)}`);

export const linesOf = (probed: DomainProbe, clock: Clock): SelfTestLine => domainCheck(probed, clock.read().wallMs);

/**
 * The clock and the access to /secapi/, from the results of the connection checks. Without our certificate the access
 * cannot be checked.
 */
export const acrossDomains = (probed: readonly DomainProbe[], { own }: Target): SelfTestLine[] => [
  clockCheck(probed),
  own === null ? finding('door', 'untold') : doorCheck(probed),
];

/** Queries an order that cannot exist, in the same way as any query of the till. */
export async function askImpossible(target: Target, clock: Clock): Promise<SelfTestLine> {
  const { merchant, terminal, apiKey, caPem, own } = target;
  if (apiKey === null) return finding('query', 'needs-key');
  const transport = httpsTransport({ ...(own ?? NO_CERTIFICATE), caPem }, merchant, clock, target.way);
  try {
    const gateway = createGateway({
      merchant,
      terminal,
      apiKey,
      transport,
      clock,
      nonce: () => randomBytes(16).toString('hex'),
    });
    return queryCheck(await gateway.query(impossibleOrder(merchant, randomBytes(7).toString('hex'))));
  } finally {
    transport.close();
  }
}

const NO_CERTIFICATE = { certPem: '', keyPem: '' };
