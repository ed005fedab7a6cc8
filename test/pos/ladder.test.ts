/** Every check on a request, in order, over real sockets: who asks, how, and for what. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BODY_BYTES_MAX } from '../../electron/pos/body.ts';
import { gate } from '../../electron/pos/gate.ts';
import { newToken } from '../../electron/pos/token.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { openPosShop, raw, refusalIn, refusalInRaw, type PosShop } from '../support/terminal/pos-shop.ts';

let shop: PosShop;

beforeAll(async () => {
  shop = await openPosShop();
});
afterAll(async () => {
  await shop.close();
});
beforeEach(async () => {
  await shop.clock.advance(60_000);
});

interface Parts {
  readonly line?: string;
  readonly host?: string | null;
  readonly headers?: readonly string[];
  readonly token?: string | null;
  readonly body?: string;
}

/** One request as text, with the header that closes the connection after it. */
function request({
  line = 'GET /v1/orders?unsettled=1 HTTP/1.1',
  host,
  headers = [],
  token,
  body = '',
}: Parts): Promise<string> {
  const own = host === undefined ? `127.0.0.1:${String(shop.port)}` : host;
  const lines = [
    line,
    ...(own === null ? [] : [`Host: ${own}`]),
    'Connection: close',
    ...(token === null ? [] : [`Authorization: Bearer ${token ?? shop.token}`]),
    ...headers,
    ...(body === '' || headers.some((header) => /^(content-length|transfer-encoding)/i.test(header))
      ? []
      : [`Content-Length: ${String(Buffer.byteLength(body))}`]),
  ];
  return raw(shop.port, `${lines.join('\r\n')}\r\n\r\n${body}`);
}

const asked = async (parts: Parts): Promise<string> => {
  const text = await request(parts);
  return text.startsWith('HTTP/1.1 2') ? 'let in' : refusalInRaw(text);
};

const POST = 'POST /v1/orders HTTP/1.1';
const JSON_TYPE = 'Content-Type: application/json';

describe('a request is let in', () => {
  it.each<[string, () => Parts]>([
    ['to the address', () => ({})],
    ['to localhost', () => ({ host: `localhost:${String(shop.port)}` })],
    ['typed into an address bar', () => ({ headers: ['Sec-Fetch-Site: none'] })],
    ['for health without a token', () => ({ line: 'GET /v1/health HTTP/1.1', token: null })],
  ])('%s', async (_name, parts) => {
    expect(await asked(parts())).toBe('let in');
  });
});

describe('JSON is read', () => {
  it.each(['utf-8', '"utf-8"', 'UTF-8', 'utf8', '"UTF8"'])(
    'with its charset named %s, as common clients do',
    async (charset) => {
      const typed = { line: POST, headers: [`Content-Type: application/json; charset=${charset}`], body: '{"a":' };
      expect(await asked(typed), 'past the type, to the JSON itself').toBe('400 bad-json -');
    },
  );
});

describe('a request is refused', () => {
  it.each<[string, Parts, string]>([
    ['by a rebound name', { host: 'evil.example:80' }, '403 wrong-host Host'],
    ['by the right host at another port', { host: '127.0.0.1:1' }, '403 wrong-host Host'],
    ['by a host without its port', { host: '127.0.0.1' }, '403 wrong-host Host'],
    ['by IPv6’s loopback', { host: '[::1]:1' }, '403 wrong-host Host'],
    ['without a host', { host: null }, '403 wrong-host Host'],
    ['from a web page', { headers: ['Origin: https://evil.example'] }, '403 from-a-browser Origin'],
    ['from a page without an origin', { headers: ['Origin: null'] }, '403 from-a-browser Origin'],
    ['from the app’s own page', { headers: ['Origin: app://kiosk'] }, '403 from-a-browser Origin'],
    ['from a page of another site', { headers: ['Sec-Fetch-Site: cross-site'] }, '403 from-a-browser Sec-Fetch-Site'],
    [
      'from a page that says it twice',
      { headers: ['Sec-Fetch-Site: none', 'Sec-Fetch-Site: cross-site'] },
      '403 from-a-browser Sec-Fetch-Site',
    ],
    [
      'that asks what other sites may do',
      {
        line: 'OPTIONS /v1/orders HTTP/1.1',
        headers: ['Origin: https://evil.example', 'Access-Control-Request-Method: POST'],
      },
      '403 from-a-browser Origin',
    ],
    ['without a token', { token: null }, '401 unauthorized Authorization'],
    ['with another token', { token: `fpk_${'a'.repeat(43)}` }, '401 unauthorized Authorization'],
    ['with what is no token', { token: 'x' }, '401 unauthorized Authorization'],
    ['with two tokens', { headers: ['Authorization: Bearer x'] }, '401 unauthorized Authorization'],
    ['for nothing there is', { line: 'GET / HTTP/1.1' }, '404 unknown-path -'],
    ['by a whole address', { line: 'GET http://evil.example/v1/health HTTP/1.1' }, '404 unknown-path -'],
    ['for a path that goes on', { line: 'POST /v1/orders/a/cancel/now HTTP/1.1' }, '404 unknown-path -'],
    ['for an act there is not', { line: 'POST /v1/orders/a/refund HTTP/1.1' }, '404 unknown-path -'],
    ['by another method', { line: 'DELETE /v1/orders/a HTTP/1.1' }, '405 wrong-method -'],
    ['to read an act', { line: 'GET /v1/orders/a/cancel HTTP/1.1' }, '405 wrong-method -'],
    ['for all orders', { line: 'GET /v1/orders HTTP/1.1' }, '400 missing unsettled=1'],
    ['with a query of its own', { line: 'GET /v1/orders/a?x=1 HTTP/1.1' }, '400 unknown-field query'],
    ['for a number that is none', { line: 'GET /v1/orders/a%20b HTTP/1.1' }, '400 bad-characters number'],
    ['for a number that is badly encoded', { line: 'GET /v1/orders/%zz HTTP/1.1' }, '400 bad-characters number'],
    ['for a number too long', { line: `GET /v1/orders/${'9'.repeat(33)} HTTP/1.1` }, '400 too-long number'],
    ['that is no HTTP', { line: 'HELLO' }, '400 bad-request -'],
    ['with headers without end', { headers: [`X: ${'x'.repeat(9_000)}`] }, '431 headers-too-large -'],
    [
      'that says its length twice',
      { line: POST, headers: [JSON_TYPE, 'Content-Length: 2', 'Transfer-Encoding: chunked'], body: '{}' },
      '400 bad-request -',
    ],
    [
      'with a body that is no JSON type',
      { line: POST, headers: ['Content-Type: text/plain'], body: '{}' },
      '415 not-json Content-Type',
    ],
    [
      'with a form',
      { line: POST, headers: ['Content-Type: application/x-www-form-urlencoded'], body: 'a=1' },
      '415 not-json Content-Type',
    ],
    ['with a body of no type', { line: POST, body: '{}' }, '415 not-json Content-Type'],
    [
      'with a compressed body',
      { line: POST, headers: [JSON_TYPE, 'Content-Encoding: gzip'], body: '{}' },
      '415 not-json Content-Type',
    ],
    ['in no media type', { line: POST, headers: ['Content-Type: json'], body: '{}' }, '415 not-json Content-Type'],
    [
      'in another alphabet',
      { line: POST, headers: ['Content-Type: application/json; charset=gbk'], body: '{}' },
      '415 not-json Content-Type',
    ],
    ['with broken JSON', { line: POST, headers: [JSON_TYPE], body: '{"a":' }, '400 bad-json -'],
    ['with no body at all', { line: POST }, '400 wrong-type body'],
    ['with a list', { line: POST, headers: [JSON_TYPE], body: '[]' }, '400 wrong-type body'],
    [
      'with a body too large',
      { line: POST, headers: [JSON_TYPE], body: `"${'x'.repeat(BODY_BYTES_MAX)}"` },
      '413 body-too-large -',
    ],
    [
      'with a body too large in pieces',
      {
        line: POST,
        headers: [JSON_TYPE, 'Transfer-Encoding: chunked'],
        body: `5000\r\n${'x'.repeat(0x5000)}\r\n0\r\n\r\n`,
      },
      '413 body-too-large -',
    ],
    [
      'with a body for an act',
      { line: 'POST /v1/orders/a/cancel HTTP/1.1', headers: [JSON_TYPE], body: '{"force":true}' },
      '400 unknown-field force',
    ],
  ])('%s', async (_name, parts, refusal) => {
    expect(await asked(parts)).toBe(refusal);
  });

  it('from another machine, whatever else it brings', () => {
    const clock = new FakeClock();
    const { token, kept } = newToken(Buffer.alloc(32, 7), 0);
    const head = {
      method: 'GET',
      target: '/v1/health',
      headers: { host: ['127.0.0.1:5'], authorization: [`Bearer ${token}`] },
    };
    const admit = gate(clock, 5, () => kept);
    expect(admit({ ...head, remoteAddress: '127.0.0.1' })).toMatchObject({ ok: true });
    for (const remoteAddress of ['192.168.1.9', '::ffff:192.168.1.9', '::1', '127.0.0.1.evil', undefined]) {
      expect(admit({ ...head, remoteAddress })).toMatchObject({ ok: false, error: { code: 'not-loopback' } });
    }
  });

  it('in the order of the ladder: who, then what, then by which token', async () => {
    expect(
      await asked({
        host: 'evil.example',
        headers: ['Origin: https://evil.example'],
        token: null,
        line: 'GET /x HTTP/1.1',
      }),
    ).toBe('403 wrong-host Host');
    expect(await asked({ headers: ['Origin: https://evil.example'], token: null, line: 'GET /x HTTP/1.1' })).toBe(
      '403 from-a-browser Origin',
    );
    expect(await asked({ token: null, line: 'GET /x HTTP/1.1' })).toBe('404 unknown-path -');
    expect(await asked({ token: null, line: POST, body: 'x' })).toBe('401 unauthorized Authorization');
  });
});

describe('every reply', () => {
  it('says that it is not to be kept, and never lets a web page read it', async () => {
    for (const path of ['/v1/health', '/v1/orders?unsettled=1', '/v1/nowhere']) {
      const { headers } = await shop.call('GET', path);
      expect([
        headers.get('cache-control'),
        headers.get('x-content-type-options'),
        headers.get('content-type'),
      ]).toEqual(['no-store', 'nosniff', 'application/json; charset=utf-8']);
      expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  it('names the methods of a path that has others', async () => {
    expect((await shop.call('PUT', '/v1/orders')).headers.get('allow')).toBe('GET, POST');
  });
});

async function statuses(count: number): Promise<number[]> {
  const all: number[] = [];
  for (let n = 0; n < count; n += 1) all.push((await shop.call('GET', '/v1/orders/a')).status);
  return all;
}

describe('the pace', () => {
  it('of one token is 40 at once, then 20 a second; health has its own', async () => {
    expect(await statuses(42)).toEqual([...Array.from({ length: 40 }, () => 404), 429, 429]);
    const late = await shop.call('GET', '/v1/orders/a');
    expect([refusalIn(late), late.headers.get('retry-after')]).toEqual(['429 too-many-requests -', '1']);
    expect((await shop.call('GET', '/v1/health')).status).toBe(200);
    await shop.clock.advance(49);
    expect((await shop.call('GET', '/v1/orders/a')).status).toBe(429);
    await shop.clock.advance(1);
    expect((await shop.call('GET', '/v1/orders/a')).status).toBe(404);
    expect((await shop.call('GET', '/v1/orders/a')).status).toBe(429);
  });

  it('of wrong tokens is 5, then one in 5 s, and takes nothing from the right one', async () => {
    shop.logged.length = 0;
    const wrong = { authorization: 'Bearer nope' };
    const many: string[] = [];
    for (let n = 0; n < 8; n += 1) many.push(refusalIn(await shop.call('GET', '/v1/orders/a', undefined, wrong)));
    expect(many).toEqual([
      ...Array.from({ length: 5 }, () => '401 unauthorized Authorization'),
      ...Array.from({ length: 3 }, () => '429 too-many-requests -'),
    ]);
    expect(shop.logged).toHaveLength(5);
    expect((await shop.call('GET', '/v1/orders/a')).status).toBe(404);
    await shop.clock.advance(5_000);
    expect((await shop.call('GET', '/v1/orders/a', undefined, wrong)).status).toBe(401);
  });

  it('is not quickened by setting the clock', async () => {
    expect(await statuses(41)).toContain(429);
    shop.clock.jumpWall(3_600_000);
    expect((await shop.call('GET', '/v1/orders/a')).status).toBe(429);
    shop.clock.jumpWall(-3_600_000);
  });
});
