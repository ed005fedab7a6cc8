/** One connection check of a domain, against servers that are not ours. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../electron/base/clock.ts';
import {
  isConnectionTrusted,
  probeConnection,
  skewOf,
  type ProbeParts,
} from '../../electron/wechat/connection-probe.ts';
import { merchantSchema } from '../../shared/settings.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { certificates, IndependentGateway, MCH_ID } from '../support/gateway/independent-gateway.ts';
import type { OpensslCa, Issued } from '../support/secrets/openssl.ts';

const LIMITS = { connectTimeoutMs: 6_000, callTimeoutMs: 10_000 };
let folder: string;
let ca: OpensslCa;
let server: Issued;
let merchant: Issued;
let gateway: IndependentGateway;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'facepay-test-'));
  ({ ca, server, merchant } = certificates(join(folder, 'own')));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  gateway = await IndependentGateway.start(server, ca);
});
afterEach(() => gateway.close());

const probe = (changes: Partial<ProbeParts> = {}): ReturnType<typeof probeConnection> =>
  probeConnection({
    origin: gateway.origin,
    path: '/secapi/pay/reverse',
    caPem: ca.certPem,
    own: merchant,
    limits: LIMITS,
    clock: systemClock(),
    ...changes,
  });

describe('a look', () => {
  it('asks by GET without a body, under the merchant’s certificate, and reports the result', async () => {
    const dated = new Date(Date.now() - 3_600_000).toUTCString();
    gateway.answer = (response) => response.writeHead(403, { date: dated }).end('<xml>no</xml>');
    const seen = await probe();
    expect(gateway.seen).toMatchObject([{ method: 'GET', path: '/secapi/pay/reverse', body: '', client: MCH_ID }]);
    expect(seen).toMatchObject({
      ok: true,
      value: {
        family: 'IPv4',
        address: '127.0.0.1',
        tls: 'TLSv1.3',
        status: 403,
        text: '<xml>no</xml>',
        serverCertificate: { issuer: 'Test Root' },
      },
    });
    const skew = seen.ok ? seen.value.skew : null;
    expect(Math.abs((skew?.aheadMs ?? 0) - 3_600_000)).toBeLessThanOrEqual((skew?.withinMs ?? 0) + 1_000);
  });

  it('goes without the certificate where there is none', async () => {
    await probe({ own: null });
    expect(gateway.seen).toMatchObject([{ client: null }]);
  });

  it('reads the beginning of an endless answer and no more', async () => {
    gateway.answer = (response) => {
      const more = setInterval(() => response.write('x'.repeat(16_384)), 1);
      response.on('close', () => {
        clearInterval(more);
      });
    };
    const seen = await probe();
    expect(seen.ok && seen.value.text).toBe('x'.repeat(4_096));
  });
});

describe('a look that fails', () => {
  it('says that the name is unknown', async () => {
    expect(await probe({ origin: 'https://no-such-host.invalid' })).toMatchObject({ ok: false, error: { at: 'name' } });
  });

  it('says that the certificate is another name’s, and asks nothing', async () => {
    const elsewhere = await IndependentGateway.start(
      ca.issue('/CN=elsewhere.example', { names: 'DNS:elsewhere.example' }),
      ca,
    );
    onTestFinished(() => elsewhere.close());
    expect(await probe({ origin: elsewhere.origin })).toEqual({
      ok: false,
      error: { at: 'trust', why: 'ERR_TLS_CERT_ALTNAME_INVALID', issuer: 'Test Root' },
    });
    expect(elsewhere.seen).toEqual([]);
  });

  it('says that the certificate has expired', async () => {
    const old = await IndependentGateway.start(
      ca.issue('/CN=localhost', { names: 'IP:127.0.0.1', from: '20200101000000Z', until: '20210101000000Z' }),
      ca,
    );
    onTestFinished(() => old.close());
    expect(await probe({ origin: old.origin })).toEqual({
      ok: false,
      error: { at: 'trust', why: 'CERT_HAS_EXPIRED', issuer: 'Test Root' },
    });
  });

  it('says that our certificate was refused in the handshake', async () => {
    const strict = await IndependentGateway.start(server, ca, { rejectUnauthorized: true });
    onTestFinished(() => strict.close());
    expect(await probe({ origin: strict.origin, own: null })).toMatchObject({
      ok: false,
      error: { at: 'certificate' },
    });
  });

  it('says that the connection broke before there was an answer', async () => {
    gateway.answer = (_response, _seen, request) => request.socket.destroy();
    expect(await probe()).toMatchObject({ ok: false, error: { at: 'reply', why: 'ECONNRESET' } });
  });

  it('gives up on a server that takes the connection and says nothing, once the time for it is over', async () => {
    const stalled = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(stalled, 'listening');
    onTestFinished(() => {
      stalled.close();
    });
    const clock = new FakeClock();
    const connected = once(stalled, 'connection');
    const seen = probe({ origin: `https://127.0.0.1:${String((stalled.address() as AddressInfo).port)}`, clock });
    await connected;
    await clock.advance(LIMITS.connectTimeoutMs);
    expect(await seen).toEqual({ ok: false, error: { at: 'connection', why: 'timeout' } });
  });

  it('gives up on an answer that does not come', async () => {
    gateway.answer = () => undefined;
    const clock = new FakeClock();
    const asked = gateway.requested();
    const seen = probe({ clock });
    await asked;
    await clock.advance(LIMITS.callTimeoutMs);
    expect(await seen).toEqual({ ok: false, error: { at: 'reply', why: 'timeout' } });
  });
});

describe('how far this clock is ahead', () => {
  const at = (wallMs: number, monoMs: number): { wallMs: number; monoMs: number; run: string } => ({
    wallMs,
    monoMs,
    run: 'run-1',
  });
  const THEIRS = 'Tue, 24 Nov 2026 09:30:00 GMT';
  const MS = Date.UTC(2026, 10, 24, 9, 30);

  it('is counted from the middle of the round trip, half a second into their second', () => {
    expect(skewOf(THEIRS, at(MS + 400, 0), at(MS + 600, 200))).toEqual({ aheadMs: 0, withinMs: 600 });
    expect(skewOf(THEIRS, at(MS + 60_400, 0), at(MS + 62_400, 2_000))).toEqual({ aheadMs: 60_900, withinMs: 1_500 });
    expect(skewOf(THEIRS, at(MS - 9_600, 0), at(MS - 9_400, 200))).toEqual({ aheadMs: -10_000, withinMs: 600 });
  });

  it('is not known where there was no date, or somebody set the clock meanwhile', () => {
    expect(skewOf(undefined, at(MS, 0), at(MS, 0))).toBe(null);
    expect(skewOf('yesterday', at(MS, 0), at(MS, 0))).toBe(null);
    expect(skewOf(THEIRS, at(MS, 0), at(MS + 3_600_000, 200))).toBe(null);
  });
});

describe('the connection of a terminal at rest', () => {
  const lookAt = (primary: string, caPem: string | null): Promise<boolean | null> =>
    isConnectionTrusted(
      merchantSchema.parse({ appid: 'wx1', mchId: MCH_ID, gateway: { primary } }),
      { certPem: merchant.certPem, keyPem: merchant.keyPem, caPem },
      systemClock(),
    );

  it('is trusted if the server proves its identity, whatever it answers; not trusted if it cannot; unknown if no server answers', async () => {
    gateway.answer = (response) => response.writeHead(404).end();
    expect(await lookAt(gateway.origin, ca.certPem)).toBe(true);
    expect(await lookAt(gateway.origin, null)).toBe(false);
    const { origin } = gateway;
    await gateway.close();
    expect(await lookAt(origin, ca.certPem)).toBeNull();
    gateway = await IndependentGateway.start(server, ca);
  });
});
