/** From fields to an accepted reply, against the independent server: what counts, what does not, and where calls go. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OrderRef, PayRequest } from '../../electron/wechat/face-pay.ts';
import { onFirstGoodCall } from '../../electron/wechat/first-good-call.ts';
import { createGateway, type Gateway } from '../../electron/wechat/gateway.ts';
import { watchReachability } from '../../electron/wechat/reachability.ts';
import type { RefundRequest } from '../../electron/wechat/refund.ts';
import { httpsTransport } from '../../electron/wechat/transport.ts';
import { merchantSchema, terminalSchema } from '../../shared/settings.ts';
import { BACKUP_DOMAIN_FOR_MS, CALL_TIMEOUT_MS } from '../../shared/timing.ts';
import { FakeClock } from '../support/fake-clock.ts';
import {
  API_KEY,
  APP_ID,
  certificates,
  IndependentGateway,
  MCH_ID,
  replyXml,
  signedByHand,
  xmlByHand,
} from '../support/gateway/independent-gateway.ts';
import type { Issued, OpensslCa } from '../support/secrets/openssl.ts';

let folder: string;
let ca: OpensslCa;
let serverCert: Issued;
let merchantCert: Issued;
let primary: IndependentGateway;
let backup: IndependentGateway;
let clock: FakeClock;
let gateway: Gateway;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'facepay-test-'));
  ({ ca, server: serverCert, merchant: merchantCert } = certificates(folder));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  primary = await IndependentGateway.start(serverCert, ca);
  backup = await IndependentGateway.start(serverCert, ca);
  clock = new FakeClock();
  gateway = gatewayFor();
});
afterEach(async () => {
  gateway.close();
  await Promise.all([primary.close(), backup.close()]);
});

function gatewayFor(more: object = {}, terminal: object = {}): Gateway {
  const merchant = merchantSchema.parse({
    appid: APP_ID,
    mchId: MCH_ID,
    gateway: { primary: primary.origin, backup: backup.origin },
    faceGateway: primary.origin,
    ...more,
  });
  const { certPem, keyPem } = merchantCert;
  const transport = httpsTransport({ certPem, keyPem, caPem: ca.certPem }, merchant, clock);
  let calls = 0;
  const nonce = (): string => `nonce${String((calls += 1))}`;
  return createGateway({
    merchant,
    terminal: terminalSchema.parse(terminal),
    apiKey: API_KEY,
    transport,
    clock,
    nonce,
  });
}

const ORDER: OrderRef = { family: 'facepay', outTradeNo: 'pos-1', transactionId: null };
const PAYMENT: PayRequest = {
  family: 'facepay',
  outTradeNo: 'pos-1',
  amountFen: 1_234,
  faceCode: 'face',
  openid: 'o-1',
  body: '江边便利店 & Co',
  terminalIp: '10.0.0.1',
};
const T = '4200000272201902213633768503';
const reply = (fields: Readonly<Record<string, string>>): void => {
  primary.answer = (response) => response.end(replyXml(fields));
};
const answerRaw = (text: string): void => {
  primary.answer = (response) => response.end(text);
};
const pay = (left: () => void = () => undefined): ReturnType<Gateway['pay']> => gateway.pay(PAYMENT, left);

describe('a request', () => {
  it.each([
    ['facepay', '/pay/facepay', '/pay/facepayquery', '/secapi/pay/facepayreverse', 'face_code'],
    ['micropay', '/pay/micropay', '/pay/orderquery', '/secapi/pay/reverse', 'auth_code'],
  ] as const)(
    'goes where its family lives (%s), signed by the rules, under the certificate',
    async (family, payPath, queryPath, reversePath, code) => {
      await gateway.pay({ ...PAYMENT, family }, () => undefined);
      await gateway.query({ ...ORDER, family });
      await gateway.reverse({ family, outTradeNo: null, transactionId: T });
      expect(primary.seen.map(({ path }) => path)).toEqual([payPath, queryPath, reversePath]);
      for (const { fields, client } of primary.seen) {
        const { sign, ...rest } = fields;
        expect(sign).toBe(signedByHand(rest)['sign']);
        expect(client).toBe(MCH_ID);
        expect(rest).toMatchObject({ appid: APP_ID, mch_id: MCH_ID, sign_type: 'HMAC-SHA256' });
        expect(rest).not.toHaveProperty('sub_mch_id');
      }
      expect(primary.seen[0]?.fields).toMatchObject({
        out_trade_no: 'pos-1',
        total_fee: '1234',
        [code]: 'face',
        body: '江边便利店 & Co',
        spbill_create_ip: '10.0.0.1',
      });
      expect(primary.seen[1]?.fields).toMatchObject({ out_trade_no: 'pos-1' });
      expect(primary.seen[2]?.fields).toMatchObject({ transaction_id: T });
      expect(new Set(primary.seen.map(({ fields }) => fields['nonce_str'])).size).toBe(3);
    },
  );

  it('of micropay names the shop and keeps to the lengths of its fields, whatever the shop is called', async () => {
    const storeName = '江'.repeat(128);
    gateway = gatewayFor({}, { storeId: 'store-"1"', storeName });
    await gateway.pay({ ...PAYMENT, family: 'micropay', body: storeName }, () => undefined);
    await gateway.pay({ ...PAYMENT, body: storeName }, () => undefined);
    const [micropay, facepay] = primary.seen.map(({ fields }) => fields);
    expect(micropay?.['body']).toHaveLength(127);
    expect(facepay?.['body']).toHaveLength(128);
    const scene = micropay?.['scene_info'] ?? '';
    expect(Buffer.byteLength(scene)).toBeLessThanOrEqual(256);
    expect(JSON.parse(scene)).toEqual({ store_info: { id: 'store-"1"', name: expect.stringMatching(/^江{60,75}$/) } });
    expect(facepay).not.toHaveProperty('scene_info');
  });

  it('names one number only: were both sent, a mistyped one could reverse somebody else’s order', async () => {
    await gateway.reverse({ ...ORDER, transactionId: T });
    expect(primary.seen[0]?.fields).toMatchObject({ out_trade_no: 'pos-1' });
    expect(primary.seen[0]?.fields).not.toHaveProperty('transaction_id');
  });

  it('is signed with MD5 where the merchant says so, and then so must be the reply', async () => {
    gateway = gatewayFor({ signType: 'MD5' });
    const { sign, ...rest } = (await gateway.query(ORDER), primary.seen[0]?.fields ?? {});
    expect(rest['sign_type']).toBe('MD5');
    expect(sign).toBe(signedByHand(rest, 'MD5')['sign']);
    const fields = {
      return_code: 'SUCCESS',
      appid: APP_ID,
      mch_id: MCH_ID,
      result_code: 'SUCCESS',
      out_trade_no: 'pos-1',
      trade_state: 'NOTPAY',
    };
    answerRaw(xmlByHand(signedByHand(fields, 'MD5')));
    expect((await gateway.query(ORDER)).answer).toMatchObject({ kind: 'seen', tradeState: 'NOTPAY' });
    answerRaw(xmlByHand(signedByHand(fields, 'HMAC-SHA256')));
    expect((await gateway.query(ORDER)).answer).toMatchObject({ why: 'bad-signature' });
  });
});

describe('a service provider', () => {
  beforeEach(() => {
    gateway = gatewayFor({ subMchId: '1900000110', subAppid: 'wxsub' });
  });
  const seen = { result_code: 'SUCCESS', out_trade_no: 'pos-1', trade_state: 'NOTPAY' };

  it('sends the sub-merchant’s ids with every request', async () => {
    await gateway.reverse(ORDER);
    expect(primary.seen[0]?.fields).toMatchObject({ mch_id: MCH_ID, sub_mch_id: '1900000110', sub_appid: 'wxsub' });
  });

  it.each([
    ['with both ids', { sub_mch_id: '1900000110', sub_appid: 'wxsub' }, 'seen'],
    ['without sub_appid', { sub_mch_id: '1900000110' }, 'seen'],
    ['without either', {}, 'seen'],
    ['for another sub-merchant', { sub_mch_id: '1900000111' }, 'no-answer'],
    ['for another sub_appid', { sub_mch_id: '1900000110', sub_appid: 'wxother' }, 'no-answer'],
  ])('judges a reply %s', async (_what, ids, kind) => {
    reply({ ...seen, ...ids });
    const { answer } = await gateway.query(ORDER);
    expect(answer.kind).toBe(kind);
    if (answer.kind === 'no-answer') expect(answer.why).toBe('wrong-merchant');
  });
});

describe('what went back of an order in state REFUND', () => {
  const paths = (): string[] => primary.seen.map(({ path }) => path);
  const says = (refund: (offset: number) => Readonly<Record<string, string>>): void => {
    primary.answer = (response, { path, fields }) => {
      const values =
        path === '/pay/refundquery'
          ? refund(Number(fields['offset'] ?? '0'))
          : { result_code: 'SUCCESS', out_trade_no: 'pos-1', trade_state: 'REFUND' };
      response.end(replyXml(values));
    };
  };
  const pageOf = (all: readonly (readonly [fen: number, status: string])[], offset: number, total = all.length): Record<string, string> => ({
    result_code: 'SUCCESS', out_trade_no: 'pos-1', transaction_id: T, total_fee: '1200', refund_count: String(all.slice(offset, offset + 10).length), total_refund_count: String(total),
    ...Object.fromEntries(all.slice(offset, offset + 10).flatMap(([fen, status], n) => [[`refund_id_${String(n)}`, `50${String(offset + n)}`], [`refund_fee_${String(n)}`, String(fen)], [`refund_status_${String(n)}`, status]])),
  }); // prettier-ignore
  const refunds = async (): Promise<unknown> => {
    const { answer } = await gateway.query(ORDER);
    return answer.kind === 'seen' ? answer.refunds : answer;
  };

  it('is asked about, all pages of it, signed and by the order’s number', async () => {
    says((offset) =>
      pageOf(
        Array.from({ length: 12 }, () => [100, 'SUCCESS'] as const),
        offset,
      ),
    );
    expect(await refunds()).toEqual({
      kind: 'summed',
      refundedFen: 1_200,
      totalFen: 1_200,
      takenFen: 1_200,
      count: 12,
    });
    expect(paths()).toEqual(['/pay/facepayquery', '/pay/refundquery', '/pay/refundquery']);
    expect(primary.seen.map(({ fields }) => [fields['out_trade_no'], fields['offset']])).toEqual([
      ['pos-1', undefined],
      ['pos-1', undefined],
      ['pos-1', '10'],
    ]);
  });

  it.each([
    ['a part', [[500, 'SUCCESS']], 500],
    [
      'what is under way counts',
      [
        [700, 'SUCCESS'],
        [500, 'PROCESSING'],
      ],
      1_200,
    ],
    [
      'what is stuck or has failed does not',
      [
        [700, 'SUCCESS'],
        [300, 'CHANGE'],
        [200, 'REFUNDCLOSE'],
        [100, 'FAIL'],
      ],
      700,
    ],
  ] as const)('is summed: %s', async (_what, rows, refundedFen) => {
    says((offset) => pageOf(rows, offset));
    expect(await refunds()).toMatchObject({ kind: 'summed', refundedFen, totalFen: 1_200, count: rows.length });
  });

  it.each([
    ['none by number', { result_code: 'FAIL', err_code: 'REFUNDNOTEXIST' }, { kind: 'not-found' }],
    ['busy', { result_code: 'FAIL', err_code: 'SYSTEMERROR' }, { kind: 'refused', errCode: 'SYSTEMERROR' }],
    [
      'no amount',
      { ...pageOf([[1, 'SUCCESS']], 0), total_fee: '' },
      { kind: 'no-answer', why: 'bad-reply', text: 'total_fee' },
    ],
    [
      'a refund without its number',
      { ...pageOf([[1, 'SUCCESS']], 0), refund_id_0: '' },
      { kind: 'no-answer', why: 'bad-reply', text: 'refund_fee_0' },
    ],
    [
      'of another order',
      { ...pageOf([[1, 'SUCCESS']], 0), out_trade_no: 'pos-2' },
      { kind: 'no-answer', why: 'wrong-merchant', text: 'out_trade_no' },
    ],
    [
      'pages that were promised and do not come',
      { ...pageOf([], 0, 3) },
      { kind: 'no-answer', why: 'bad-reply', text: 'refund_count' },
    ],
  ] as const)('has no sum: %s', async (_what, fields, answer) => {
    says(() => fields);
    expect(await refunds()).toEqual(answer);
  });
});

describe('a refund', () => {
  const REFUND: RefundRequest = {
    outTradeNo: 'pos-1',
    transactionId: T,
    outRefundNo: 'pos-1R1',
    totalFen: 1_234,
    fen: 34,
    reasonText: '少找了 & <一件>',
    account: null,
  };
  const accepted = { result_code: 'SUCCESS', out_trade_no: 'pos-1', transaction_id: T, out_refund_no: 'pos-1R1', refund_id: '501', total_fee: '1234', refund_fee: '34', cash_refund_fee: '30' }; // prettier-ignore
  const listed = { result_code: 'SUCCESS', out_trade_no: 'pos-1', total_fee: '1234', refund_count: '1', total_refund_count: '1', refund_id_0: '501', out_refund_no_0: 'pos-1R1', refund_fee_0: '34', refund_status_0: 'PROCESSING' }; // prettier-ignore

  it('goes under the certificate, and it and its queries are signed by the rules on a shared connection', async () => {
    primary.answer = (response, { path }) => response.end(replyXml(path === '/secapi/pay/refund' ? accepted : listed));
    const taken = { kind: 'accepted', refundId: '501', fen: 34, customerFen: 30 };
    expect(await gateway.refund(REFUND)).toMatchObject({ answer: taken, host: new URL(primary.origin).host });
    expect((await gateway.refundStatus(REFUND)).answer).toMatchObject({ kind: 'seen', status: 'PROCESSING', fen: 34 });
    const summed = { kind: 'summed', refundedFen: 34, totalFen: 1_234, takenFen: 34, count: 1 };
    expect(await gateway.refunds(ORDER)).toMatchObject({ answer: summed, host: new URL(primary.origin).host });
    expect(primary.connections).toBe(1);
    for (const { fields, client } of primary.seen) {
      const { sign, ...rest } = fields;
      expect([sign, client]).toEqual([signedByHand(rest)['sign'], MCH_ID]);
    }
    const ids = { appid: APP_ID, mch_id: MCH_ID, sign_type: 'HMAC-SHA256', nonce_str: expect.any(String) as string };
    const sums = { total_fee: '1234', refund_fee: '34', refund_fee_type: 'CNY', refund_desc: '少找了 & <一件>' };
    expect(primary.seen.map(({ path, fields: { sign: _sign, ...rest } }) => [path, rest])).toEqual([
      ['/secapi/pay/refund', { ...ids, ...sums, out_trade_no: 'pos-1', out_refund_no: 'pos-1R1' }],
      ['/pay/refundquery', { ...ids, out_refund_no: 'pos-1R1' }],
      ['/pay/refundquery', { ...ids, out_trade_no: 'pos-1' }],
    ]);
  });

  it('that may have arrived is sent again as it was but for its nonce, to the other domain', async () => {
    primary.answer = (response) => response.destroy();
    expect((await gateway.refund(REFUND)).answer).toMatchObject({ kind: 'no-answer', why: 'broken' });
    backup.answer = (response) => response.end(replyXml(accepted));
    expect((await gateway.refund(REFUND)).answer).toMatchObject({ kind: 'accepted' });
    const [first, second] = [primary, backup].map(({ seen }) => {
      const { sign: _sign, nonce_str, ...rest } = seen[0]?.fields ?? {};
      return { nonce_str, rest };
    });
    expect(second?.rest).toEqual(first?.rest);
    expect(second?.nonce_str).not.toBe(first?.nonce_str);
  });

  it('is asked about over all pages by the order’s number, and the answer tells how long they took together', async () => {
    const pages = [{ ...listed, total_refund_count: '2' }, { ...listed, total_refund_count: '2', refund_id_0: '502', refund_status_0: 'CHANGE' }]; // prettier-ignore
    primary.answer = (response, { fields }) => {
      void clock.advance(100).then(() => response.end(replyXml(pages[Number(fields['offset'] ?? '0')] ?? {})));
    };
    const { answer, latencyMs } = await gateway.refunds(ORDER);
    expect(answer).toEqual({ kind: 'summed', refundedFen: 34, totalFen: 1_234, takenFen: 68, count: 2 });
    expect(latencyMs).toBe(200);
  });

  it('proves that key, ids and certificate are right; its queries prove only key and ids', async () => {
    primary.answer = (response, { path }) => response.end(replyXml(path === '/secapi/pay/refund' ? accepted : listed));
    const good: string[] = [];
    const unproved = onFirstGoodCall(gateway, false, () => good.push('certificate'));
    await unproved.refundStatus(REFUND);
    await unproved.refunds(ORDER);
    expect(good).toEqual([]);
    await unproved.refund(REFUND);
    await onFirstGoodCall(gateway, true, () => good.push('summed')).refunds(ORDER);
    await onFirstGoodCall(gateway, true, () => good.push('seen')).refundStatus(REFUND);
    expect(good).toEqual(['certificate', 'summed', 'seen']);
  });

  it('shows whether WeChat can be reached, as every call does', async () => {
    const changes: boolean[] = [];
    const watched = watchReachability(gateway, (reachable) => changes.push(reachable), () => undefined); // prettier-ignore
    await Promise.all([primary.close(), backup.close()]);
    for (const call of [watched.refund(REFUND), watched.refundStatus(REFUND), watched.refunds(ORDER)]) {
      expect((await call).answer).toMatchObject({ kind: 'no-answer', why: 'not-sent' });
    }
    expect(changes).toEqual([false]);
  });
});

describe('a call goes', () => {
  const down = (server: IndependentGateway): void => {
    server.answer = (response) => response.writeHead(502).end();
  };
  const count = (): [number, number] => [primary.seen.length, backup.seen.length];

  it.each(['query', 'reverse'] as const)(
    'to the backup after a failure, for three minutes, then to the primary again (%s)',
    async (operation) => {
      down(primary);
      expect((await gateway[operation](ORDER)).answer).toMatchObject({ why: 'http-status' });
      const second = await gateway[operation](ORDER);
      expect(second.host).toBe(new URL(backup.origin).host);
      clock.jumpWall(BACKUP_DOMAIN_FOR_MS);
      await clock.advance(BACKUP_DOMAIN_FOR_MS - 1);
      await gateway[operation](ORDER);
      expect(count()).toEqual([1, 2]);
      await clock.advance(1);
      await gateway[operation](ORDER);
      expect(count()).toEqual([2, 2]);
    },
  );

  it('back to the primary where the backup fails as well', async () => {
    down(primary);
    down(backup);
    for (let call = 0; call < 4; call += 1) await gateway.query(ORDER);
    expect(count()).toEqual([2, 2]);
  });

  it('to the primary still after an answer that is odd but an answer', async () => {
    for (const text of ['<html>', '<xml><return_code>FAIL</return_code></xml>', replyXml({ mch_id: '1' })]) {
      answerRaw(text);
      await gateway.query(ORDER);
    }
    expect(count()).toEqual([3, 0]);
  });

  it('for a payment to the primary alone and exactly once, whatever happens', async () => {
    down(primary);
    await gateway.query(ORDER);
    for (const status of [null, 503]) {
      const before = primary.seen.length;
      primary.answer = (response) => (status === null ? response.destroy() : response.writeHead(status).end());
      expect((await pay()).answer.kind).toBe('no-answer');
      await clock.advance(60_000);
      expect(primary.seen.length - before).toBe(1);
    }
    const requested = primary.requested();
    primary.answer = () => undefined;
    const hanging = pay();
    await requested;
    await clock.advance(CALL_TIMEOUT_MS);
    expect((await hanging).answer).toMatchObject({ kind: 'no-answer', why: 'timeout' });
    await clock.advance(120_000);
    expect(primary.seen.filter(({ path }) => path === '/pay/facepay')).toHaveLength(3);
    expect(backup.seen).toEqual([]);
  });

  it('with word that it left, before its answer, and none where nothing did', async () => {
    const told: string[] = [];
    reply({ result_code: 'SUCCESS', out_trade_no: 'pos-1', total_fee: '1234', transaction_id: T });
    const { answer } = await pay(() => told.push('left'));
    expect([told, answer]).toEqual([['left'], { kind: 'paid', transactionId: T }]);
    await primary.close();
    // Written into the connection that was kept open: nobody can know whether that request left.
    await gateway.authInfo('raw');
    expect((await pay(() => told.push('left again'))).answer).toMatchObject({ why: 'not-sent' });
    expect(told).toEqual(['left']);
  });
});
