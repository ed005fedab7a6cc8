/** Servers that are not WeChat Pay's, and failures of TLS itself. test/wechat/transport.test.ts has the commonest. */
import type { Issued } from '../support/secrets/openssl.ts';
import { LOOPBACK_NAMES } from '../support/gateway/independent-gateway.ts';
import { selfSigned, type Certificates, type Ending, type Fault, type FireWorld } from './fire-world.ts';

const impostor = (
  name: string,
  certificate: (certificates: Certificates) => Issued,
  ends: readonly Ending[] = ['server-not-trusted'],
): Fault => ({
  name,
  ends,
  certificate,
  act: (world: FireWorld): Promise<Ending> => world.call(),
});

const only = (name: string, version: 'TLSv1' | 'TLSv1.1', more: object = {}): Fault => ({
  name,
  ends: ['not-sent'],
  // OpenSSL's own default forbids it as well. The test switches that off, so that only our setting can refuse it.
  tls: { minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0', ...more },
  certificate: ({ server }) => server,
  act: (world: FireWorld): Promise<Ending> => world.call(),
});

export const tlsFaults: readonly Fault[] = [
  impostor('a certificate of another authority', (certificates) => certificates.impostor),
  impostor('a certificate that signed itself', ({ other }) => selfSigned(other)),
  impostor('an authority’s own certificate, ours', ({ ca }) => selfSigned(ca)),
  impostor('an expired certificate', ({ ca }) =>
    ca.issue('/CN=localhost', { names: LOOPBACK_NAMES, from: '20240101000000Z', until: '20250101000000Z' }),
  ),
  impostor('a certificate of the future', ({ ca }) =>
    ca.issue('/CN=localhost', { names: LOOPBACK_NAMES, from: '20400101000000Z', until: '20410101000000Z' }),
  ),
  impostor('a certificate for another host', ({ ca }) =>
    ca.issue('/CN=api.mch.weixin.qq.com', { names: 'DNS:api.mch.weixin.qq.com' }),
  ),
  impostor('a certificate for another address', ({ ca }) => ca.issue('/CN=localhost', { names: 'IP:127.0.0.2' })),
  impostor('the address as a name, which is not an address', ({ ca }) =>
    ca.issue('/CN=localhost', { names: 'DNS:127.0.0.1' }),
  ),
  impostor('a certificate for every host but no address', ({ ca }) => ca.issue('/CN=localhost', { names: 'DNS:*' })),
  // OpenSSL calls this "unsupported certificate purpose", a wording that no list of codes has.
  impostor(
    'a certificate for clients',
    ({ ca }) => ca.issue('/CN=localhost', { names: LOOPBACK_NAMES, usage: 'clientAuth' }),
    ['server-not-trusted'],
  ),
  impostor('the merchant’s own certificate', ({ merchant }) => merchant),
  only('TLS 1.1 and nothing later', 'TLSv1.1'),
  only('TLS 1.0 and nothing later', 'TLSv1'),
  {
    name: 'no cipher in common',
    ends: ['not-sent'],
    tls: { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2', ciphers: 'NULL-SHA256:@SECLEVEL=0' },
    certificate: ({ server }) => server,
    act: (world: FireWorld): Promise<Ending> => world.call(),
  },
  {
    name: 'a server that refuses our certificate (TLS 1.2: in the handshake)',
    ends: ['not-sent', 'certificate-refused'],
    tls: { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2', rejectUnauthorized: true },
    client: ({ other }) => other.issue('/CN=1900000110'),
    act: (world: FireWorld): Promise<Ending> => world.call(),
  },
  {
    // With TLS 1.3 the client is done before the server has checked its certificate, so the request is on its way.
    name: 'a server that refuses our certificate (TLS 1.3: after the handshake)',
    ends: ['broken', 'certificate-refused'],
    tls: { minVersion: 'TLSv1.3', maxVersion: 'TLSv1.3', rejectUnauthorized: true },
    client: ({ other }) => other.issue('/CN=1900000110'),
    act: (world: FireWorld): Promise<Ending> => world.call(),
  },
  {
    name: 'a wrong certificate while the environment says to accept any',
    ends: ['server-not-trusted'],
    certificate: (certificates) => certificates.impostor,
    act: async (world: FireWorld): Promise<Ending> => {
      const before = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
      process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0';
      const ending = await world.call();
      if (before === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
      else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = before;
      return ending;
    },
  },
];
