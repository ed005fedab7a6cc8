/**
 * The practice gateway's bills, fetched by our own client and by two others, and read by our reader: what the ledger has
 * and nothing else.
 */
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { Agent } from 'node:https';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { Formatter, Wechatpay } from 'wechatpay-axios-plugin';
import { billLines } from '../../electron/app/bill/bill-lines.ts';
import { billRows, type BillRow } from '../../electron/app/bill/bill-rows.ts';
import { billFields, billSource, type BillAnswer } from '../../electron/wechat/bill-source.ts';
import { httpsDownload } from '../../electron/wechat/transport.ts';
import { beijingDay, DAY_MS } from '../../shared/beijing.ts';
import { merchantSchema } from '../../shared/settings.ts';
import { bench, type Bench } from './terminal.ts';

let till: Bench;
let folder: string;
let day: string;

beforeEach(async () => {
  till = await bench();
  folder = mkdtempSync(join(tmpdir(), 'facepay-test-'));
  day = beijingDay(till.clock.read().wallMs);
});
afterEach(async () => {
  await till.gateway.close();
  rmSync(folder, { recursive: true, force: true });
});

const path = (): string => join(folder, 'bill.csv.gz');

async function fetched(ofDay = day): Promise<BillAnswer> {
  const { primary, backup, merchant, caPem, clientCertPem, clientKeyPem } = till.gateway;
  const { appid, mchId, apiKey, subMchId } = merchant;
  const limits = { connectTimeoutMs: 6_000, callTimeoutMs: 60_000, silenceMs: 60_000 };
  const source = billSource({
    merchant: merchantSchema.parse({ appid, mchId, subMchId, gateway: { primary, backup }, faceGateway: primary }),
    apiKey,
    download: httpsDownload({ caPem, certPem: clientCertPem, keyPem: clientKeyPem }, limits, till.clock),
    nonce: () => 'n0nce',
  });
  try {
    return await source.fetch(ofDay, path());
  } finally {
    source.close();
  }
}

async function rows(): Promise<BillRow[]> {
  const read: BillRow[] = [];
  for await (const entry of billRows(billLines(path()))) {
    if ('odd' in entry) throw new Error(`an odd row: ${entry.odd.text}`);
    read.push(entry.row);
  }
  return read;
}

/** A paid order, a reversed one, one that was refunded elsewhere, and one that was never charged. */
async function aDay(): Promise<Record<'paid' | 'reversed' | 'refunded', string>> {
  const paid = till.nextOrder();
  await till.pay(paid);
  const reversed = till.nextOrder();
  await till.pay(reversed);
  await till.hangingOrder('never-answers');
  await till.reverse(reversed);
  const refunded = await till.hangingOrder('partly-refunded');
  await till.gateway.setScenario('paid');
  return { paid, reversed, refunded };
}

const tomorrow = (): Promise<void> => till.clock.advance(DAY_MS + 10 * 60 * 60 * 1_000);

describe('a bill', () => {
  it('has a row for each payment, REVOKED for a reversed one, REFUND for a refund, and its totals', async () => {
    const { paid, reversed, refunded } = await aDay();
    await tomorrow();
    expect(await fetched()).toMatchObject({ kind: 'bill' });
    const read = await rows();
    const of = (number: string): object[] =>
      read
        .filter(({ outTradeNo }) => outTradeNo === number)
        .map(({ state, amountFen, refundFen }) => ({ state, amountFen, refundFen }));
    const payment = { state: 'SUCCESS', amountFen: 1_234, refundFen: 0 };
    expect(of(paid)).toEqual([payment]);
    expect(of(reversed)).toEqual([payment, { state: 'REVOKED', amountFen: 0, refundFen: 1_234 }]);
    expect(of(refunded)).toEqual([payment, { state: 'REFUND', amountFen: 0, refundFen: 617 }]);
    expect(read).toHaveLength(5);
  });

  it('is being made until nine of the next morning, and there is none of a day without a trade', async () => {
    await aDay();
    expect(await fetched()).toEqual({ kind: 'creating' });
    await tomorrow();
    expect(await fetched('2026-01-01')).toEqual({ kind: 'no-bill' });
  });

  it('stays in the making under the scenario bill-late', async () => {
    await aDay();
    await tomorrow();
    await till.gateway.setScenario('bill-late');
    expect(await fetched()).toEqual({ kind: 'creating' });
  });

  it('has a stranger’s rows under the scenario bill-stranger, a refund by hand among them', async () => {
    await till.call('/pay/facepay', { ...till.payFields(till.nextOrder()), device_info: 'till-7' });
    await tomorrow();
    await till.gateway.setScenario('bill-stranger');
    await fetched();
    const read = await rows();
    expect(read.map(({ device, state, amountFen, refundFen }) => [device, state, amountFen, refundFen])).toEqual(
      expect.arrayContaining([
        ['till-7', 'SUCCESS', 1_234, 0],
        ['till-7', 'SUCCESS', 3_300, 0],
        ['another-till', 'SUCCESS', 5_000, 0],
        ['another-till', 'REFUND', 0, 2_000],
      ]),
    );
    expect(read).toHaveLength(4);
  });
});

describe('another client', () => {
  const asked = (): Record<string, string> => ({ ...till.common(), ...billFields(day, false) });

  it('wechatpay-axios-plugin makes our call and reads the same rows', async () => {
    const { paid } = await aDay();
    await tomorrow();
    const { primary, caPem, clientCertPem, clientKeyPem, merchant } = till.gateway;
    const v3 = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    const wxpay = new Wechatpay({
      ...{ mchid: merchant.mchId, serial: 'unused', privateKey: v3.privateKey, certs: { unused_v3: v3.publicKey } },
      ...{ secret: merchant.apiKey, baseURL: primary, httpsAgent: new Agent({ ca: caPem }) },
      merchant: { cert: clientCertPem, key: clientKeyPem, ca: caPem },
    });
    const node = wxpay['v2']?.['pay']?.['downloadbill'];
    if (node === undefined) throw new Error('the plugin has no downloadbill');
    // Without its reader of XML, as its manual says for bills.
    const data: unknown = (await node.post(asked(), { security: false, transformResponse: [] })).data;
    const bill = Formatter.castCsvBill(typeof data === 'string' ? data : '');
    expect(bill).toMatchObject({
      rows: expect.arrayContaining([expect.objectContaining({ 商户订单号: paid, 交易状态: 'SUCCESS' })]),
      summary: { 总交易单数: '5' },
    });
  });

  it('tenpay makes our call, and finds the columns, the rows and the totals', async () => {
    const { paid, reversed } = await aDay();
    await tomorrow();
    // It speaks to a server of its own choice only, without our authority: this one passes everything on.
    const relay = createServer((request, response) => {
      void text(request)
        .then((body) => till.send('/pay/downloadbill', body))
        .then((reply) => response.end(reply.text));
    }).listen(0, '127.0.0.1');
    await once(relay, 'listening');
    onTestFinished(() => void relay.close());
    const { appid, mchId, apiKey } = till.merchant;
    const load = createRequire(import.meta.url);
    const tenpay = (load('tenpay') as Tenpay).init({ appid, mchid: mchId, partnerKey: apiKey });
    tenpay.urls['downloadbill'] = `http://127.0.0.1:${String((relay.address() as AddressInfo).port)}/`;
    const { appid: _a, mch_id: _m, nonce_str: _n, ...own } = asked();
    const bill = await tenpay.downloadBill(own, true);
    const column = bill.list_title.indexOf('商户订单号');
    const numbers = bill.list_data.map((row) => row[column]);
    expect(numbers.filter((number) => number === paid)).toHaveLength(1);
    expect(numbers.filter((number) => number === reversed)).toHaveLength(2);
    expect(bill.total_data[0]).toBe('5');
    await expect(tenpay.downloadBill({ ...own, bill_date: '20260101' })).rejects.toThrow('No Bill Exist');
  });
});

interface Bill {
  readonly list_title: string[];
  readonly list_data: string[][];
  readonly total_data: string[];
}
interface Tenpay {
  init(config: { appid: string; mchid: string; partnerKey: string }): {
    urls: Record<string, string>;
    downloadBill(fields: Record<string, string>, format?: boolean): Promise<Bill>;
  };
}
