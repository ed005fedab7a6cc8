/** pay/downloadbill over real TLS: what is asked, what each kind of reply becomes, and what is on the disk then. */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { billSource, type BillAnswer } from '../../electron/wechat/bill-source.ts';
import { httpsDownload } from '../../electron/wechat/transport.ts';
import { merchantSchema } from '../../shared/settings.ts';
import { FakeClock } from '../support/fake-clock.ts';
import {
  API_KEY,
  APP_ID,
  certificates,
  IndependentGateway,
  MCH_ID,
  signedByHand,
  xmlByHand,
} from '../support/gateway/independent-gateway.ts';
import { billText } from '../support/gateway/made-bill.ts';
import type { OpensslCa, Issued } from '../support/secrets/openssl.ts';

const DAY = '2026-11-27';
const TEXT = `\u{feff}${billText([{ transactionId: `42${'0'.repeat(26)}`, outTradeNo: 'order-0001' }])}`;

let folder: string;
let path: string;
let ca: OpensslCa;
let server: Issued;
let merchantCert: Issued;
let primary: IndependentGateway;
let backup: IndependentGateway;
let clock: FakeClock;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'facepay-test-'));
  ({ ca, server, merchant: merchantCert } = certificates(join(folder, 'ca')));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  [primary, backup] = await Promise.all([IndependentGateway.start(server, ca), IndependentGateway.start(server, ca)]);
  clock = new FakeClock();
  path = join(folder, 'bill.part');
  rmSync(path, { force: true });
});
afterEach(async () => {
  await Promise.all([primary.close(), backup.close()]);
});

const answered =
  (body: string | Uint8Array): ((response: ServerResponse) => void) =>
  (response) =>
    response.end(body);
const failed = (message: string, code = '20001'): string =>
  xmlByHand({ return_code: 'FAIL', return_msg: message, error_code: code });

async function fetched(
  options: { readonly subMchId?: string; readonly bytesMax?: number; readonly into?: string } = {},
): Promise<BillAnswer> {
  const { subMchId, bytesMax, into = path } = options;
  const merchant = merchantSchema.parse({
    appid: APP_ID,
    mchId: MCH_ID,
    subMchId,
    gateway: { primary: primary.origin, backup: backup.origin },
    faceGateway: primary.origin,
  });
  const { certPem, keyPem } = merchantCert;
  const limits = { connectTimeoutMs: 6_000, callTimeoutMs: 60_000, silenceMs: 300 };
  const download = httpsDownload({ certPem, keyPem, caPem: ca.certPem }, limits, clock);
  const nonce = (): string => 'n0nce';
  const source = billSource({
    ...{ merchant, apiKey: API_KEY, download, nonce },
    ...(bytesMax === undefined ? {} : { bytesMax }),
  });
  try {
    return await source.fetch(DAY, into);
  } finally {
    source.close();
  }
}

const onDisk = (): string => gunzipSync(readFileSync(path)).toString('utf8');

describe('the call', () => {
  it('asks for all rows of the day, packed, and signs like everything else', async () => {
    primary.answer = answered(gzipSync(TEXT));
    await fetched();
    expect(primary.seen).toMatchObject([{ method: 'POST', path: '/pay/downloadbill', client: MCH_ID }]);
    const { sign, ...asked } = primary.seen[0]?.fields ?? {};
    expect(asked).toEqual({
      ...{ appid: APP_ID, mch_id: MCH_ID, nonce_str: 'n0nce', sign_type: 'HMAC-SHA256' },
      ...{ bill_date: '20261127', bill_type: 'ALL', tar_type: 'GZIP' },
    });
    expect(signedByHand(asked)).toMatchObject({ sign });
  });

  it('names the sub-merchant in partner mode: otherwise the bill would have everybody', async () => {
    primary.answer = answered(TEXT);
    await fetched({ subMchId: '1900000209' });
    expect(primary.seen[0]?.fields).toMatchObject({ mch_id: MCH_ID, sub_mch_id: '1900000209' });
  });

  it('goes to the backup domain when the primary does not answer, and only then', async () => {
    primary.answer = (response) => response.socket?.destroy();
    backup.answer = answered(TEXT);
    expect(await fetched()).toMatchObject({ kind: 'bill' });
    backup.seen.length = 0;
    primary.answer = answered(failed('Bill Creating', '20002'));
    expect(await fetched()).toEqual({ kind: 'creating' });
    expect(backup.seen).toEqual([]);
  });
});

describe('a reply with a bill', () => {
  it.each([
    ['packed', gzipSync(TEXT)],
    ['as text with its mark', Buffer.from(TEXT)],
    ['as text without one', Buffer.from(TEXT.slice(1))],
  ])('is streamed to the file, %s, and kept packed', async (_how, body) => {
    primary.answer = answered(body);
    const bytes = Buffer.byteLength(body.toString('hex', 0, 2) === '1f8b' ? TEXT : body);
    expect(await fetched()).toEqual({ kind: 'bill', bytes });
    expect(onDisk().replace('\u{feff}', '')).toBe(TEXT.slice(1));
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o077).toBe(0);
  });

  it('comes byte by byte, and is told by its beginning all the same', async () => {
    primary.answer = (response) => {
      for (const byte of Buffer.from(TEXT).subarray(0, 5)) response.write(Buffer.of(byte));
      response.end(Buffer.from(TEXT).subarray(5));
    };
    expect(await fetched()).toMatchObject({ kind: 'bill' });
    expect(onDisk()).toBe(TEXT);
  });

  it('is refused above the limit, however small it is packed', async () => {
    primary.answer = answered(gzipSync('`1,`2\r\n'.repeat(200_000)));
    expect(await fetched({ bytesMax: 1_000_000 })).toEqual({ kind: 'too-large' });
  });

  it.each([
    ['cut in the middle of its gzip', 'bad-reply', gzipSync(TEXT).subarray(0, 60)],
    ['damaged', 'bad-reply', Buffer.concat([gzipSync(TEXT).subarray(0, 40), Buffer.alloc(400)])],
    ['empty', 'bad-reply', Buffer.alloc(0)],
  ])('counts as no answer when it is %s', async (_how, why, body) => {
    primary.answer = backup.answer = answered(body);
    expect(await fetched()).toMatchObject({ kind: 'no-answer', why });
  });

  it('counts as no answer when the connection ends before its length, and when nothing more comes', async () => {
    primary.answer = (response) => {
      response.writeHead(200, { 'content-length': 10_000 });
      response.write(TEXT, () => response.socket?.destroy());
    };
    backup.answer = (response) => response.writeHead(200, { 'content-length': 10_000 }).write(TEXT);
    expect(await fetched()).toEqual({ kind: 'no-answer', why: 'timeout', text: 'silence' });
    backup.answer = primary.answer;
    expect(await fetched()).toMatchObject({ kind: 'no-answer', why: 'broken' });
  });

  it('that the disk does not take is the disk’s trouble, not WeChat’s', async () => {
    primary.answer = answered(TEXT);
    expect(await fetched({ into: join(folder, 'no-such-folder', 'x') })).toEqual({ kind: 'disk', trouble: 'io' });
    expect(backup.seen).toEqual([]);
  });
});

describe('a refusal', () => {
  it.each<[string, string, BillAnswer]>([
    ['No Bill Exist', '20002', { kind: 'no-bill' }],
    ['NO Bill Exist', '20002', { kind: 'no-bill' }],
    ['', '20002', { kind: 'no-bill' }],
    ['Bill Creating', '20002', { kind: 'creating' }],
    ['频率限制', '', { kind: 'too-often' }],
    ['system error', '20003', { kind: 'busy' }],
    ['SYSTEMERROR', '', { kind: 'busy' }],
    ['当前商户号账单API权限已经关闭', '20007', { kind: 'api-closed' }],
    ['SIGN ERROR', '20001', { kind: 'refused', text: 'SIGN ERROR' }],
    ['invalid bill_type', '20001', { kind: 'refused', text: 'invalid bill_type' }],
  ])('“%s” (%s) says what to do, and leaves no file', async (message, code, answer) => {
    primary.answer = answered(` \r\n${failed(message, code)}`);
    expect(await fetched()).toEqual(answer);
    expect(statSync(path, { throwIfNoEntry: false })).toBeUndefined();
  });

  it('to pack a bill is met by asking for it as text', async () => {
    primary.answer = (response, { fields }) =>
      response.end(fields['tar_type'] === 'GZIP' ? failed('CompressGZip Error') : TEXT);
    expect(await fetched()).toMatchObject({ kind: 'bill' });
    expect(primary.seen).toHaveLength(2);
  });

  it('by another page than WeChat’s, or with another status, is no answer', async () => {
    primary.answer = backup.answer = answered('<html><body>portal</body></html>');
    expect(await fetched()).toMatchObject({ kind: 'no-answer', why: 'bad-xml' });
    primary.answer = backup.answer = (response) => response.writeHead(502).end(TEXT);
    expect(await fetched()).toMatchObject({ kind: 'no-answer', why: 'http-status' });
  });
});
