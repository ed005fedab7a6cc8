import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { connect, createSecureContext, createServer, type TLSSocket } from 'node:tls';
import forge from 'node-forge';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  createThrowawayCa,
  toPkcs12,
  type KeyedCertificate,
  type ThrowawayCa,
} from '../../electron/practice/throwaway-ca.ts';

const MCH_ID = '1900000109';
const now = Date.now();
let ca: ThrowawayCa;
let server: KeyedCertificate;
let merchant: KeyedCertificate;

beforeAll(async () => {
  ca = await createThrowawayCa(now);
  [server, merchant] = await Promise.all([ca.issueServer(), ca.issueMerchant(MCH_ID)]);
});

/** Both ends verify each other, as Node's own tls does it. */
async function handshake(client: KeyedCertificate, servername = ''): Promise<string> {
  const listener = createServer({
    ca: ca.caPem,
    cert: server.certPem,
    key: server.keyPem,
    requestCert: true,
    rejectUnauthorized: true,
  });
  const accepted = new Promise<string>((resolve) => {
    listener.once('secureConnection', (socket: TLSSocket) => {
      resolve(`accepted ${socket.getPeerX509Certificate()?.subject ?? 'nobody'}`);
    });
    listener.once('tlsClientError', (error) => {
      resolve(`refused ${error.message}`);
    });
  });
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const socket = connect({
    host: '127.0.0.1',
    port: address.port,
    servername,
    ca: ca.caPem,
    cert: client.certPem,
    key: client.keyPem,
  });
  // The server's refusal reaches the client as an error with other words, so the server's error is checked.
  socket.on('error', () => undefined);
  const verdict = await accepted;
  socket.destroy();
  listener.close();
  return verdict;
}

describe('a throwaway authority', () => {
  it('makes a chain that node verifies on both ends', async () => {
    expect(await handshake(merchant)).toBe(`accepted CN=${MCH_ID}`);
    expect(await handshake(merchant, 'localhost')).toBe(`accepted CN=${MCH_ID}`);
  });

  it("makes certificates that another authority's server refuses", async () => {
    const foreign = await createThrowawayCa(now);
    expect(await handshake(await foreign.issueMerchant(MCH_ID))).toMatch(/^refused/);
  });

  it('makes expired certificates when asked', async () => {
    const expired = await ca.issueMerchant(MCH_ID, { fromMs: now - 7_200_000, untilMs: now - 3_600_000 });
    expect(await handshake(expired)).toMatch(/^refused/);
  });

  it('names the loopback in the server certificate, by name and by both addresses', () => {
    const certificate = new X509Certificate(server.certPem);
    expect(certificate.checkHost('localhost')).toBe('localhost');
    expect(certificate.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(certificate.checkIP('::1')).toBe('::1');
    expect(certificate.checkHost('example.com')).toBeUndefined();
  });

  it('says what each certificate is for, and marks the authority as one, critically', () => {
    const authority = forge.pki.certificateFromPem(ca.caPem);
    expect(authority.getExtension('basicConstraints')).toMatchObject({ critical: true, cA: true });
    expect(authority.getExtension('keyUsage')).toMatchObject({ critical: true, keyCertSign: true });
    expect(new X509Certificate(ca.caPem).ca).toBe(true);
    expect(new X509Certificate(server.certPem).ca).toBe(false);
    expect(new X509Certificate(server.certPem).keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
    expect(new X509Certificate(merchant.certPem).keyUsage).toEqual(['1.3.6.1.5.5.7.3.2']);
  });

  it('is valid from an hour ago, under positive serial numbers of 16 bytes', () => {
    for (const pem of [ca.caPem, server.certPem, merchant.certPem]) {
      const certificate = new X509Certificate(pem);
      expect(Math.abs(certificate.validFromDate.getTime() - (now - 3_600_000))).toBeLessThan(1_000);
      expect(certificate.serialNumber).toMatch(/^[4-7][0-9A-F]{31}$/);
    }
  });

  it('gives the private key that belongs to the certificate', () => {
    expect(new X509Certificate(merchant.certPem).checkPrivateKey(createPrivateKey(merchant.keyPem))).toBe(true);
    expect(createPublicKey(merchant.keyPem).asymmetricKeyDetails?.modulusLength).toBe(2048);
  });
});

describe('a PKCS#12 file', () => {
  it('opens with its passphrase and has the same certificate and key', () => {
    const asn1 = forge.asn1.fromDer(forge.util.createBuffer(toPkcs12(merchant, MCH_ID).toString('latin1')));
    const opened = forge.pkcs12.pkcs12FromAsn1(asn1, MCH_ID);
    const bags = opened.getBags({ bagType: forge.pki.oids['certBag'] ?? '' })[forge.pki.oids['certBag'] ?? ''];
    const [bag] = bags ?? [];
    expect(bag?.cert === undefined ? '' : forge.pki.certificateToPem(bag.cert)).toBe(merchant.certPem);
    expect(() => forge.pkcs12.pkcs12FromAsn1(asn1, 'wrong')).toThrow('MAC');
  });

  it('is taken by node itself', () => {
    expect(() => createSecureContext({ pfx: toPkcs12(merchant, MCH_ID), passphrase: MCH_ID })).not.toThrow();
    expect(() => createSecureContext({ pfx: toPkcs12(merchant, MCH_ID), passphrase: 'wrong' })).toThrow(/mac/i);
  });
});
