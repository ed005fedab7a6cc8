/**
 * Whatever request arrives: the answer follows the contract, never a 500, never a crash, and nothing is accepted that
 * is not an order.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusalCodes } from '../../electron/pos/refusal.ts';
import { carries, newToken } from '../../electron/pos/token.ts';
import { orderOfLink } from '../../shared/order/order-link.ts';
import { openPosShop, orderIn, raw, refusalIn, type PosShop } from '../support/terminal/pos-shop.ts';

let shop: PosShop;

beforeAll(async () => {
  shop = await openPosShop();
});
afterAll(async () => {
  await shop.close();
});

const RUNS = { numRuns: 300 };

/** Inputs that look like an order, sometimes with a field that does not belong. */
const body = fc.oneof(
  fc.jsonValue(),
  fc.record(
    {
      outTradeNo: fc.oneof(fc.stringMatching(/^[0-9A-Za-z_|*-]{1,34}$/), fc.jsonValue()),
      transactionId: fc.oneof(fc.stringMatching(/^[0-9A-Za-z]{1,34}$/), fc.jsonValue()),
      amountFen: fc.oneof(fc.integer(), fc.double(), fc.jsonValue()),
      paidAt: fc.oneof(
        fc.constant(null),
        fc.integer({ min: 0, max: 2_000_000_000_000 }),
        fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
        fc.jsonValue(),
      ),
      __proto__: fc.jsonValue(),
      constructor: fc.jsonValue(),
    },
    { requiredKeys: [] },
  ),
);

describe('any body', () => {
  it('is taken in as an order, or refused by the contract', async () => {
    await fc.assert(
      fc.asyncProperty(body, async (value) => {
        await shop.clock.advance(60);
        const answer = await shop.call('POST', '/v1/orders', value);
        if (answer.status < 300) expect(orderIn(answer).phase).toMatch(/./);
        else expect(refusalIn(answer)).toMatch(/^(400|409) /);
      }),
      RUNS,
    );
  });
});

describe('any body of a payment', () => {
  const payment = fc.oneof(
    fc.jsonValue(),
    fc.record(
      {
        outTradeNo: fc.oneof(fc.stringMatching(/^[0-9A-Za-z_|*-]{1,34}$/), fc.jsonValue()),
        amountFen: fc.oneof(fc.integer(), fc.double(), fc.jsonValue()),
        paymentCode: fc.oneof(fc.stringMatching(/^1[0-9]{15,19}$/), fc.string(), fc.jsonValue()),
        __proto__: fc.jsonValue(),
      },
      { requiredKeys: [] },
    ),
  );

  it('is paid with or refused by the contract, and no answer has the code in it', async () => {
    shop.paySource.choose('code');
    await fc.assert(
      fc.asyncProperty(payment, async (value) => {
        await shop.clock.advance(60);
        const calls = shop.payCalls.length;
        const answer = await shop.call('POST', '/v1/payments', value);
        if (answer.status < 300) expect(orderIn(answer).phase).toMatch(/./);
        else expect(refusalIn(answer)).toMatch(/^(400|409) /);
        expect(shop.payCalls.length - calls).toBe(answer.status === 201 ? 1 : 0);
        const code = shop.payCalls.at(-1)?.faceCode;
        if (code !== undefined) expect(JSON.stringify(answer.json)).not.toContain(code);
      }),
      RUNS,
    );
  });
});

describe('any path and method', () => {
  it('is answered by the contract', async () => {
    const path = fc.oneof(
      fc.webPath(),
      fc
        .array(
          fc.constantFrom(
            'v1',
            'orders',
            'cancel',
            'events',
            'health',
            '..',
            '%2e%2e',
            '%00',
            '',
            '?unsettled=1',
            'pos-1',
          ),
          { maxLength: 6 },
        )
        .map((parts) => `/${parts.join('/')}`),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'),
        path,
        async (method, where) => {
          await shop.clock.advance(60);
          const back = await raw(
            shop.port,
            `${method} ${where} HTTP/1.1\r\nHost: 127.0.0.1:${String(shop.port)}\r\nAuthorization: Bearer ${shop.token}\r\nConnection: close\r\nLast-Event-ID: none\r\n\r\n`,
          );
          expect(statusOf(back)).toMatch(/^(200|400|404|405)$/);
        },
      ),
      RUNS,
    );
  });
});

describe('any bytes', () => {
  it('are answered or cut off, and the next caller is served', async () => {
    const headers = fc.array(
      fc.tuple(
        fc.constantFrom(
          'Host',
          'Origin',
          'Content-Length',
          'Transfer-Encoding',
          'Expect',
          'Upgrade',
          'Connection',
          'Authorization',
          'X',
        ),
        fc.oneof(fc.string(), fc.constantFrom('chunked', '-1', '5', '100-continue', 'websocket', 'close')),
      ),
      { maxLength: 5 },
    );
    const text = fc.oneof(
      fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
      headers.map((lines) =>
        Buffer.from(
          `POST /v1/orders HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n{}`,
        ),
      ),
    );
    await fc.assert(
      fc.asyncProperty(text, async (bytes) => {
        await shop.clock.advance(60);
        // A second, invalid request follows it, so that the server need not wait for more bytes.
        const back = await raw(shop.port, Buffer.concat([bytes, Buffer.from('\r\n\r\n\0\r\n\r\n')]));
        for (const [, status = ''] of back.matchAll(/^HTTP\/1\.1 (\d{3})/gm)) expect(status).toMatch(/^(100|4\d\d)$/);
        await shop.clock.advance(60);
        expect((await shop.call('GET', '/v1/health')).status).toBe(200);
      }),
      { numRuns: 150 },
    );
  });
});

describe('any text', () => {
  it('that is not the token is not the token', () => {
    const { token, kept } = newToken(Buffer.alloc(32, 9), 0);
    expect(carries(`Bearer ${token}`, kept)).toBe(true);
    expect(carries(`Bearer ${token}`, null)).toBe(false);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.nat(42).map((at) => `Bearer ${token.slice(0, at + 4)}!${token.slice(at + 5)}`),
          fc.constantFrom(`bearer ${token}`, token, `Bearer  ${token}`, `Bearer ${token} `),
        ),
        (text) => !carries(text, kept),
      ),
    );
  });

  it('is a link to an order only to the letter', () => {
    expect(['facepay-kiosk://order/2026-1', 'facepay-kiosk://order/a%7Cb%2a/'].map(orderOfLink)).toEqual([
      '2026-1',
      'a|b*',
    ]);
    const junk = [
      'facepay-kiosk://order/',
      'facepay-kiosk://order/a/cancel',
      'facepay-kiosk://order/a?cancel=1',
      'facepay-kiosk://order/a#b',
      'facepay-kiosk://cancel/a',
      'facepay-kiosk:order/a',
      'FACEPAY-KIOSK://order/a',
      ' facepay-kiosk://order/a',
      'facepay-kiosk://order/a%00',
      'facepay-kiosk://order/%41',
      'facepay-kiosk://order/a\n',
      `facepay-kiosk://order/${'9'.repeat(33)}`,
      'facepay-kiosk://order/..',
      'facepay-kiosk://order/中',
      'https://order/a',
    ];
    expect(junk.filter((text) => orderOfLink(text) !== null)).toEqual([]);
    fc.assert(
      fc.property(
        fc.string(),
        (text) =>
          orderOfLink(`facepay-kiosk://order/${text}`) === null ||
          /^[0-9A-Za-z_\-|*@]{1,32}$/.test(orderOfLink(`facepay-kiosk://order/${text}`) ?? ''),
      ),
    );
  });
});

it('no bug was met on the way', () => {
  expect(shop.logged.filter((line) => JSON.stringify(line).includes('broke'))).toEqual([]);
  expect(refusalCodes).toContain('bug');
});

const statusOf = (text: string): string => /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? '';
