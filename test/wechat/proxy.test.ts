/** Calls through a shop's HTTP proxy: the same guarantees as without it, and each refusal of a proxy's has a name. */
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, afterAll, describe, expect, it } from 'vitest';
import { probeConnection } from '../../electron/wechat/connection-probe.ts';
import { newPracticeMerchant } from '../../electron/practice/practice-merchant.ts';
import { OPENID } from '../../electron/practice/order-fields.ts';
import { startPracticeGateway } from '../../electron/practice/gateway-server.ts';
import { createGateway } from '../../electron/wechat/gateway.ts';
import { httpsTransport, type Transport } from '../../electron/wechat/transport.ts';
import { isLeftOut, wayThrough, type Way } from '../../electron/wechat/way.ts';
import { merchantSchema, proxySchema, terminalSchema } from '../../shared/settings.ts';
import { REVERSE_WINDOW_MS } from '../../shared/timing.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { IndependentGateway, MCH_ID } from '../support/gateway/independent-gateway.ts';
import { ShopProxy } from '../support/gateway/shop-proxy.ts';
import { OpensslCa, type Issued } from '../support/secrets/openssl.ts';

const LIMITS = { connectTimeoutMs: 6_000, callTimeoutMs: 10_000 };
/** No resolver of this machine knows it: only the proxy does. */
const ORIGIN = 'https://api.mch.test';

const folder = mkdtempSync(join(tmpdir(), 'facepay-proxy-'));
const ends: (() => unknown)[] = [];
let ca: OpensslCa;
let own: Issued;
let gateway: IndependentGateway;
let proxy: ShopProxy;
let clock: FakeClock;

beforeAll(async () => {
  ca = new OpensslCa(folder);
  own = ca.issue(`/O=Some Shop/CN=${MCH_ID}`);
  gateway = await IndependentGateway.start(ca.issue('/CN=api.mch.test', { names: 'DNS:api.mch.test' }), ca);
  proxy = await ShopProxy.start(gateway.port);
});
afterAll(async () => {
  await proxy.close();
  await gateway.close();
  rmSync(folder, { recursive: true });
});
afterEach(() => {
  for (const end of ends.splice(0)) end();
  proxy.asked.splice(0);
  proxy.carried.splice(0);
  gateway.seen.splice(0);
  proxy.answer = () => 'HTTP/1.1 200 Connection established\r\n\r\n';
});

const url = (port: number, host = '127.0.0.1'): string => `http://${host}:${String(port)}`;
const through = (port = proxy.port, given: Record<string, unknown> = {}, password?: string): Way =>
  wayThrough(proxySchema.parse({ url: url(port), ...given }), password);

function transport(way: Way): Transport {
  clock = new FakeClock();
  const made = httpsTransport({ certPem: own.certPem, keyPem: own.keyPem, caPem: ca.certPem }, LIMITS, clock, way);
  ends.push(() => {
    made.close();
  });
  return made;
}

describe('a call through a proxy', () => {
  it('reaches the gateway by the name that only the proxy knows, and the proxy reads nothing of it', async () => {
    const calls = transport(through());
    const left: string[] = [];
    const delivery = await calls.post(`${ORIGIN}/secapi/pay/facepayreverse`, '<xml>secret order</xml>', () => {
      left.push('left');
    });
    expect(delivery).toMatchObject({ ok: true });
    expect(left).toEqual(['left']);
    expect(gateway.seen.map(({ body, client }) => [body, client])).toEqual([['<xml>secret order</xml>', MCH_ID]]);
    expect(proxy.asked).toMatchObject([{ target: 'api.mch.test:443', headers: { host: 'api.mch.test:443' } }]);
    expect(Object.keys(proxy.asked[0]?.headers ?? {})).toEqual(['host']);
    expect(Buffer.concat(proxy.carried).toString('latin1')).not.toMatch(/secret order|facepayreverse/);
    expect(clock.pending).toBe(0);
  });

  it('keeps its connection for the next call, and resumes the session on a new one', async () => {
    const calls = transport(through());
    for (const body of ['one', 'two']) expect(await calls.post(ORIGIN, body)).toMatchObject({ ok: true });
    expect(proxy.asked).toHaveLength(1);
    expect(await calls.post(ORIGIN, 'alone', undefined, true)).toMatchObject({ ok: true });
    expect(proxy.asked).toHaveLength(2);
  });

  it('finds the connection that was opened ahead', async () => {
    const calls = transport(through());
    const secured = gateway.secured();
    calls.open(ORIGIN);
    await secured;
    expect(await calls.post(ORIGIN, 'body')).toMatchObject({ ok: true });
    expect(proxy.asked).toHaveLength(1);
  });

  it('shows its account only to the proxy, in any script', async () => {
    const given = { user: '门店', password: 'p@ss:字' };
    const meant = `Basic ${Buffer.from(`${given.user}:${given.password}`, 'utf8').toString('base64')}`;
    proxy.answer = ({ headers }) =>
      headers['proxy-authorization'] === meant
        ? 'HTTP/1.0 200 OK\r\nVia: 1.1 shop\r\n\r\n'
        : 'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="shop"\r\nContent-Length: 0\r\n\r\n';
    expect(await transport(through()).post(ORIGIN, 'body')).toEqual({
      ok: false,
      why: 'not-sent',
      text: 'ERR_PROXY_ACCOUNT',
    });
    const calls = transport(through(proxy.port, { user: given.user }, given.password));
    expect(await calls.post(ORIGIN, 'body')).toMatchObject({ ok: true });
    expect(gateway.seen.map(({ body }) => body)).toEqual(['body']);
  });

  it('takes another address of the proxy where the first is dead', async () => {
    const way = { ...through(proxy.port, { url: url(proxy.port, 'proxy.shop.test') }), lookup: twoAddresses };
    expect(await transport(way).post(ORIGIN, 'body')).toMatchObject({ ok: true });
  });

  it('says what one address of the proxy answered, and not that the other is dead', async () => {
    proxy.answer = () => 'HTTP/1.1 407 Who\r\n\r\n';
    const way = { ...through(proxy.port, { url: url(proxy.port, 'proxy.shop.test') }), lookup: twoAddresses };
    expect(await transport(way).post(ORIGIN, 'body')).toMatchObject({ why: 'not-sent', text: 'ERR_PROXY_ACCOUNT' });
  });

  it('leaves nothing open at the proxy once the transport is closed', async () => {
    await expect.poll(() => proxy.open).toBe(0);
    const calls = transport(through());
    expect(await calls.post(ORIGIN, 'body')).toMatchObject({ ok: true });
    const secured = gateway.secured();
    calls.open(ORIGIN, true);
    await secured;
    expect(proxy.open).toBe(2);
    calls.close();
    await expect.poll(() => proxy.open).toBe(0);
  });

  it('goes past the proxy for the names that are left out', async () => {
    const calls = transport(through(proxy.port, { noProxy: ['mch.test'] }));
    expect(await calls.post(ORIGIN, 'body')).toMatchObject({ ok: false, why: 'not-sent' });
    expect(proxy.asked).toEqual([]);
  });

  it('trusts the gateway alone: a proxy that answers for it with a certificate of its own gets not a byte of the call', async () => {
    const others = new OpensslCa(mkdtempSync(join(folder, 'others-')));
    const between = await IndependentGateway.start(others.issue('/CN=api.mch.test', { names: 'DNS:api.mch.test' }), ca);
    const reader = await ShopProxy.start(between.port);
    ends.push(
      () => reader.close(),
      () => between.close(),
    );
    expect(await transport(through(reader.port)).post(ORIGIN, 'body')).toMatchObject({
      ok: false,
      why: 'server-not-trusted',
    });
    expect(between.seen).toEqual([]);
  });
});

it('a face payment is permitted, taken, queried and cancelled through a proxy, each call once', async () => {
  const theirs = new FakeClock();
  const practice = await startPracticeGateway({
    clock: theirs,
    merchant: newPracticeMerchant(),
    ca: {
      caPem: ca.certPem,
      issueServer: () => Promise.resolve(ca.issue('/CN=api.mch.test', { names: 'DNS:api.mch.test' })),
      issueMerchant: (mchId) => Promise.resolve(ca.issue(`/CN=${mchId}`)),
    },
  });
  const between = await ShopProxy.start(Number(new URL(practice.primary).port));
  ends.push(
    () => between.close(),
    () => practice.close(),
  );
  const way = through(between.port, { user: 'till' }, 'p@ss');
  const merchant = merchantSchema.parse({
    appid: practice.merchant.appid,
    mchId: practice.merchant.mchId,
    gateway: { primary: ORIGIN },
    faceGateway: ORIGIN,
  });
  clock = new FakeClock();
  const identity = { certPem: practice.clientCertPem, keyPem: practice.clientKeyPem, caPem: practice.caPem };
  const calls = createGateway({
    merchant,
    terminal: terminalSchema.parse({}),
    apiKey: practice.merchant.apiKey,
    transport: httpsTransport(identity, LIMITS, clock, way),
    clock,
    nonce: () => 'nonce',
  });
  ends.push(() => {
    calls.close();
  });
  const order = { family: 'facepay', outTradeNo: 'pos-1', transactionId: null } as const;
  expect(await calls.authInfo('rawdata')).toMatchObject({ ok: true });
  const faceCode = practice.mintFaceCode({ outTradeNo: order.outTradeNo, totalFee: 990 });
  const request = { ...order, amountFen: 990, faceCode, openid: OPENID, body: 'shop', terminalIp: '127.0.0.1' };
  expect((await calls.pay(request, () => undefined)).answer).toMatchObject({ kind: 'paid' });
  expect((await calls.query(order)).answer).toMatchObject({ kind: 'seen', tradeState: 'SUCCESS' });
  await theirs.advance(REVERSE_WINDOW_MS);
  expect((await calls.reverse(order)).answer).toEqual({ kind: 'accepted', recall: 'N' });
  expect(practice.ledger.verdict(order.outTradeNo)).toMatchObject({ charged: true, refunded: true });
  expect(practice.ledger.violations).toEqual([]);
  expect(practice.requests).toHaveLength(4);
  // The reverse went alone; the others shared one connection.
  expect(between.asked.map(({ target }) => target)).toEqual(['api.mch.test:443', 'api.mch.test:443']);
  expect(Buffer.concat(between.carried).toString('latin1')).not.toMatch(/pos-1|facepay/);
});

/** A server that treats each connection as `act` says. */
async function server(act: (socket: Socket) => void): Promise<Server> {
  const made = createServer((socket) => {
    socket.on('error', () => undefined);
    ends.push(() => socket.destroy());
    act(socket);
  }).listen(0, '127.0.0.1');
  await once(made, 'listening');
  ends.push(() => made.close());
  return made;
}
const portOf = (made: Server): number => (made.address() as AddressInfo).port;
const says =
  (text: string): ((socket: Socket) => void) =>
  (socket) =>
    void socket.once('data', () => socket.write(text));

describe('a proxy that gives no connection', () => {
  it.each<[what: string, code: string, act: (socket: Socket) => void]>([
    ['refuses', 'ERR_PROXY_REFUSED', says('HTTP/1.1 403 Forbidden\r\n\r\n<html>not allowed</html>')],
    ['cannot reach it', 'ERR_PROXY_REFUSED', says('HTTP/1.1 502 Bad Gateway\r\n\r\n')],
    ['wants another account', 'ERR_PROXY_ACCOUNT', says('HTTP/1.1 407 Who\r\n\r\n')],
    ['speaks something else', 'ERR_PROXY_REPLY', says('SSH-2.0-dropbear\r\n\r\n')],
    ['talks without end', 'ERR_PROXY_REPLY', says(`HTTP/1.1 200 OK\r\n${'X-More: yes\r\n'.repeat(2_000)}`)],
    ['goes on after the head', 'ERR_PROXY_REPLY', says('HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<xml/>')],
    ['hangs up', 'ERR_PROXY_REPLY', (socket) => void socket.once('data', () => socket.end())],
    [
      'hangs up behind its answer',
      'ECONNRESET',
      (socket) => void socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\n\r\n')),
    ],
    [
      'is cut off behind its answer',
      'ECONNRESET',
      (socket) =>
        void socket.once('data', () => {
          socket.write('HTTP/1.1 200 OK\r\n\r\n');
          socket.once('data', () => socket.resetAndDestroy());
        }),
    ],
  ])('%s: nothing was sent, and it is said why', async (_what, code, act) => {
    const calls = transport(through(portOf(await server(act))));
    expect(await calls.post(ORIGIN, 'body')).toEqual({ ok: false, why: 'not-sent', text: code });
    expect(clock.pending).toBe(0);
  });

  it('is silent: the call ends with the time to connect, and nothing was sent', async () => {
    let heard = false;
    const made = await server((socket) => void socket.once('data', () => (heard = true)));
    const calls = transport(through(portOf(made)));
    const delivery = calls.post(ORIGIN, 'body');
    await expect.poll(() => heard).toBe(true);
    await clock.advance(LIMITS.connectTimeoutMs);
    expect(await delivery).toEqual({ ok: false, why: 'not-sent', text: 'connect' });
    expect(clock.pending).toBe(0);
  });
});

it('the self-test names who signed what a proxy showed in the gateway’s place', async () => {
  const others = new OpensslCa(mkdtempSync(join(folder, 'reader-')));
  const between = await IndependentGateway.start(others.issue('/CN=api.mch.test', { names: 'DNS:api.mch.test' }), ca);
  const reader = await ShopProxy.start(between.port);
  ends.push(
    () => reader.close(),
    () => between.close(),
  );
  const parts = { origin: ORIGIN, path: '/', caPem: ca.certPem, own: null, limits: LIMITS, clock: new FakeClock() };
  const looked = await probeConnection({ ...parts, way: through(reader.port) });
  const name = /^(?:O|CN)=(.*)$/m.exec(new X509Certificate(others.certPem).subject)?.[1];
  expect(looked).toMatchObject({ ok: false, error: { at: 'trust', issuer: name } });
  expect(between.seen).toEqual([]);
});

it('the self-test looks through the same proxy and names its address', async () => {
  const look = (way: Way): ReturnType<typeof probeConnection> =>
    probeConnection({
      origin: ORIGIN,
      path: '/',
      caPem: ca.certPem,
      own: { certPem: own.certPem, keyPem: own.keyPem },
      limits: LIMITS,
      clock: new FakeClock(),
      way,
    });
  expect(await look(through())).toMatchObject({ ok: true, value: { address: '127.0.0.1', status: 200 } });
  expect(proxy.asked).toHaveLength(1);
  proxy.answer = () => 'HTTP/1.1 407 Who\r\n\r\n';
  expect(await look(through())).toEqual({ ok: false, error: { at: 'proxy-account', why: 'ERR_PROXY_ACCOUNT 407' } });
  proxy.answer = () => 'HTTP/1.1 403 No\r\n\r\n';
  expect(await look(through())).toEqual({ ok: false, error: { at: 'proxy', why: 'ERR_PROXY_REFUSED 403' } });
  // What is wrong before the proxy answers is the proxy's too, and no cable's.
  const closed = await server(() => undefined);
  const port = portOf(closed);
  closed.close();
  await once(closed, 'close');
  expect(await look(through(port))).toEqual({ ok: false, error: { at: 'proxy', why: 'ECONNREFUSED' } });
  const unknown = through(port, { url: url(port, 'no-such-proxy.invalid') });
  expect(await look(unknown)).toMatchObject({ ok: false, error: { at: 'proxy' } });
});

it('the self-test says that a proxy is silent, and not that the gateway is', async () => {
  let heard = false;
  const silent = await server((socket) => void socket.once('data', () => (heard = true)));
  const time = new FakeClock();
  const parts = { origin: ORIGIN, path: '/', caPem: ca.certPem, own: null, limits: LIMITS, clock: time };
  const looked = probeConnection({ ...parts, way: through(portOf(silent)) });
  await expect.poll(() => heard).toBe(true);
  await time.advance(LIMITS.connectTimeoutMs);
  expect(await looked).toEqual({ ok: false, error: { at: 'proxy', why: 'timeout' } });
});

it('the environment’s proxy is used only where the settings say so, with its account and its exceptions', async () => {
  const account = `Basic ${Buffer.from('till:p@ss', 'utf8').toString('base64')}`;
  const env = { HTTPS_PROXY: `http://till:p%40ss@127.0.0.1:${String(proxy.port)}`, NO_PROXY: 'shop.test,.other.test' };
  const settings = proxySchema.parse({ url: 'HTTPS_PROXY', noProxy: ['third.test'] });
  const way = wayThrough(settings, undefined, env);
  expect(await transport(way).post(ORIGIN, 'body')).toMatchObject({ ok: true });
  expect(proxy.asked.map(({ headers }) => headers['proxy-authorization'])).toEqual([account]);
  for (const host of ['shop.test', 'a.other.test', 'third.test']) expect(way.proxyFor(host), host).toBeNull();
  expect(wayThrough(undefined, undefined, env).proxyFor('api.mch.test')).toBeNull();
  expect(through().proxyFor('shop.test'), 'nor its exceptions').not.toBeNull();
  for (const odd of ['', 'socks5://127.0.0.1:1080', 'http://'])
    expect(wayThrough(settings, undefined, { HTTPS_PROXY: odd }).proxyFor('api.mch.test'), odd).toBeNull();
  // As people write it on Windows; and a stray % stops no terminal.
  for (const [text, given] of [
    ['proxy.shop:8080', { host: 'proxy.shop', port: 8080, account: null }],
    ['http://ti%ll:5%@proxy.shop', { host: 'proxy.shop', port: 80, account: { user: 'ti%ll', password: '5%' } }],
  ] as const)
    expect(wayThrough(settings, undefined, { HTTPS_PROXY: text }).proxyFor('api.mch.test')).toEqual(given);
});

it('names that are left out: themselves and all under them; this machine always', () => {
  const list = ['weixin.qq.com', '.shop.test', '*.other.test', '10.0.0.7'];
  for (const host of ['weixin.qq.com', 'API.mch.Weixin.qq.com', 'shop.test', 'a.shop.test', 'b.other.test', '10.0.0.7'])
    expect(isLeftOut(host, list), host).toBe(true);
  for (const host of ['notweixin.qq.com', 'weixin.qq.com.cn', '10.0.0.70', '110.0.0.7', 'api.mch.test'])
    expect(isLeftOut(host, list), host).toBe(false);
  for (const host of ['localhost', '127.0.0.1', '127.8.9.10', '::1']) expect(isLeftOut(host, []), host).toBe(true);
  expect(isLeftOut('anything.test', ['*'])).toBe(true);
});

const twoAddresses = (): Promise<readonly string[]> => Promise.resolve(['127.0.1.2', '127.0.0.1']);
