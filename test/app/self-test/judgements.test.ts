/** The result of each measurement, at its boundaries. Nothing is measured here. */
import { describe, expect, it } from 'vitest';
import { hostCheck, terminalHost } from '../../../electron/app/self-test/host-check.ts';
import { spaceCheck, syncCheck } from '../../../electron/app/self-test/disk-checks.ts';
import { auditCheck, journalCheck } from '../../../electron/app/self-test/journal-checks.ts';
import type { JournalInspection } from '../../../electron/app/self-test/journal-thread.ts';
import { zoneCheck } from '../../../electron/app/self-test/zone-check.ts';
import { clockCheck, doorCheck, domainCheck, type DomainProbe } from '../../../electron/app/self-test/domain-checks.ts';
import { impossibleOrder, queryCheck } from '../../../electron/app/self-test/query-check.ts';
import { screenChecks } from '../../../electron/app/self-test/screen-checks.ts';
import { lastFour } from '../../../electron/app/self-test/settings-checks.ts';
import type { ProbedConnection, ConnectionFailure } from '../../../electron/wechat/connection-probe.ts';
import type { QueryAnswer } from '../../../electron/wechat/answers.ts';
import { outTradeNoSchema } from '../../../shared/order/order.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { ScreenFacts, SelfTestLine } from '../../../shared/self-test/self-test.ts';

const DAY_MS = 86_400_000;
const NOW_MS = Date.UTC(2026, 10, 24);
const verdictOf = ({ verdict, code }: SelfTestLine): string => `${verdict} ${code}`;

const connection = (changes: Partial<ProbedConnection> = {}): ProbedConnection => ({
  family: 'IPv4',
  address: '192.0.2.7',
  resolveMs: 10,
  connectMs: 50,
  tls: 'TLSv1.3',
  serverCertificate: { notAfterMs: NOW_MS + 100 * DAY_MS, issuer: 'DigiCert Inc' },
  status: 200,
  text: '<xml><return_code>FAIL</return_code></xml>',
  skew: { aheadMs: 0, withinMs: 600 },
  ...changes,
});
const probed = (changes: Partial<ProbedConnection> = {}, host = 'api.example'): DomainProbe => ({
  id: 'primary',
  host,
  proxy: null,
  connection: ok(connection(changes)),
});
const broken = (at: ConnectionFailure['at'], why = 'E'): DomainProbe => ({
  id: 'primary',
  host: 'api.example',
  proxy: null,
  connection: fail({ at, why }),
});

describe('a domain', () => {
  it.each<[Partial<ProbedConnection>, string]>([
    [{}, 'ok reached'],
    [{ resolveMs: 1_000, connectMs: 2_000 }, 'ok reached'],
    [{ resolveMs: 1_000, connectMs: 2_001 }, 'warn slow'],
    [{ serverCertificate: { notAfterMs: NOW_MS + 7 * DAY_MS, issuer: 'x' } }, 'ok reached'],
    [{ serverCertificate: { notAfterMs: NOW_MS + 7 * DAY_MS - 1, issuer: 'x' } }, 'warn server-certificate-ends'],
  ])('that showed %j is: %s', (changes, verdict) => {
    expect(verdictOf(domainCheck(probed(changes), NOW_MS))).toBe(verdict);
  });

  it('names the address that answered, of several that a name may have', () => {
    const { figures } = domainCheck(probed({ family: 'IPv6', address: '2001:db8::7' }), NOW_MS);
    expect(figures).toMatchObject({ host: 'api.example', family: 'IPv6', address: '2001:db8::7' });
  });

  it.each<[ConnectionFailure['at'], string]>([
    ['name', 'fail no-name'],
    ['connection', 'fail unreachable'],
    ['certificate', 'fail certificate-refused'],
    ['reply', 'fail no-reply'],
  ])('that failed at its %s is: %s, with the reason', (at, verdict) => {
    const found = domainCheck(broken(at, 'ENOTFOUND'), NOW_MS);
    expect([verdictOf(found), found.figures]).toEqual([verdict, { host: 'api.example', why: 'ENOTFOUND' }]);
  });

  it.each<['proxy' | 'proxy-account', string, string]>([
    ['proxy', 'ECONNREFUSED', 'fail proxy'],
    ['proxy-account', 'ERR_PROXY_ACCOUNT 407', 'fail proxy-account'],
  ])('that a proxy gave no connection to (%s, %s) is: %s, with the proxy’s address', (at, why, verdict) => {
    const found = domainCheck({ ...broken(at, why), proxy: 'proxy.shop:8080' }, NOW_MS);
    expect([verdictOf(found), found.figures]).toEqual([
      verdict,
      { host: 'api.example', proxy: 'proxy.shop:8080', why },
    ]);
  });

  it('that cannot prove itself names who signed what it showed, on one line', () => {
    const shown = { at: 'trust', why: 'SELF_SIGNED_CERT_IN_CHAIN', issuer: 'Shop\r\n\u001B[2JGateway' } as const;
    const found = domainCheck({ id: 'primary', host: 'api.example', proxy: null, connection: fail(shown) }, NOW_MS);
    expect([verdictOf(found), found.figures]).toEqual([
      'fail not-trusted',
      { host: 'api.example', why: shown.why, issuer: 'Shop [2JGateway' },
    ]);
  });
});

describe('the zone', () => {
  it('is Beijing’s under any name, and otherwise a warning with how far off it is', () => {
    expect(verdictOf(zoneCheck({ name: 'Asia/Shanghai', aheadMs: 28_800_000 }))).toBe('ok beijing');
    expect(verdictOf(zoneCheck({ name: 'Asia/Singapore', aheadMs: 28_800_000 }))).toBe('ok beijing');
    expect(zoneCheck({ name: 'Asia/Kolkata', aheadMs: 19_800_000 })).toMatchObject({
      verdict: 'warn',
      code: 'other',
      figures: { zone: 'Asia/Kolkata', hours: 2.5, way: 'behind' },
    });
    expect(zoneCheck({ name: 'Asia/Tokyo', aheadMs: 32_400_000 })).toMatchObject({
      code: 'other',
      figures: { hours: 1, way: 'ahead' },
    });
  });
});

describe('the clock', () => {
  it.each([
    [0, 600, 'ok agrees'],
    [60_600, 600, 'ok agrees'],
    [60_601, 600, 'warn off'],
    [-60_601, 600, 'warn off'],
    [300_600, 600, 'warn off'],
    [300_601, 600, 'fail far-off'],
    [-300_601, 600, 'fail far-off'],
    // A round trip so long that it proves nothing.
    [70_000, 10_000, 'ok agrees'],
  ])('%i ms ahead, give or take %i ms, is: %s', (aheadMs, withinMs, verdict) => {
    expect(verdictOf(clockCheck([probed({ skew: { aheadMs, withinMs } })]))).toBe(verdict);
  });

  it('goes by the domain that narrows it down best, and says which', () => {
    const two = [
      probed({ skew: { aheadMs: 90_000, withinMs: 9_000 } }, 'far.example'),
      probed({ skew: { aheadMs: -62_000, withinMs: 510 } }, 'near.example'),
    ];
    expect(clockCheck(two)).toMatchObject({
      code: 'off',
      figures: { seconds: '62.0', way: 'behind', within: '0.5', host: 'near.example' },
    });
  });

  it('is not known where no domain told its time', () => {
    expect(verdictOf(clockCheck([broken('connection'), probed({ skew: null })]))).toBe('skipped untold');
  });
});

describe('the door to /secapi/', () => {
  it.each<[DomainProbe, string]>([
    [
      probed({ text: '<xml><return_code>FAIL</return_code><return_msg>请使用post方法</return_msg></xml>' }),
      'ok let-through',
    ],
    [
      probed({ status: 400, text: '<h1>400 Bad Request</h1><center>No required SSL certificate was sent</center>' }),
      'fail refused',
    ],
    [probed({ status: 400, text: '<center>The SSL certificate error</center>' }), 'fail refused'],
    [
      probed({ text: '<xml><return_code>FAIL</return_code><return_msg>certificate not match</return_msg></xml>' }),
      'fail refused',
    ],
    [probed({ text: '<xml><return_code>FAIL</return_code><return_msg>证书错误</return_msg></xml>' }), 'fail refused'],
    [probed({ status: 404, text: 'Not Found' }), 'skipped untold'],
    [broken('certificate'), 'fail refused'],
    [broken('connection'), 'skipped untold'],
  ])('%#: %j', (seen, verdict) => {
    expect(verdictOf(doorCheck([seen]))).toBe(verdict);
  });

  it('is asked at the primary domain alone', () => {
    expect(verdictOf(doorCheck([{ ...probed(), id: 'backup' }]))).toBe('skipped untold');
  });
});

describe('the signed query', () => {
  it('is about a number that WeChat takes and that no till of ours can make', () => {
    const { outTradeNo, transactionId } = impossibleOrder({ family: 'facepay' }, '0123456789abcd');
    expect(outTradeNoSchema.safeParse(outTradeNo).success).toBe(true);
    expect(outTradeNo).not.toMatch(/^\d+$/);
    expect(transactionId).toBe(null);
  });

  it.each<[QueryAnswer, string]>([
    [{ kind: 'not-found' }, 'ok proved'],
    [{ kind: 'seen', tradeState: 'NOTPAY', outTradeNo: 'x', transactionId: null, amountFen: null }, 'warn odd'],
    [{ kind: 'refused', errCode: 'SYSTEMERROR' }, 'warn busy'],
    [{ kind: 'refused', errCode: 'SIGNERROR' }, 'fail signature'],
    [{ kind: 'refused', errCode: 'APPID_NOT_EXIST' }, 'fail ids'],
    [{ kind: 'refused', errCode: 'APPID_MCHID_NOT_MATCH' }, 'fail ids'],
    [{ kind: 'refused', errCode: 'NOAUTH' }, 'fail not-permitted'],
    [{ kind: 'refused', errCode: 'PARAM_ERROR' }, 'fail refused'],
    [{ kind: 'refused', errCode: 'NEVER_HEARD_OF' }, 'fail refused'],
    [{ kind: 'no-answer', why: 'unsigned-fail', text: '签名错误' }, 'fail signature'],
    [{ kind: 'no-answer', why: 'unsigned-fail', text: 'MCHID_NOT_EXIST 商户号mch_id不存在' }, 'fail ids'],
    [{ kind: 'no-answer', why: 'unsigned-fail', text: 'appid and openid not match' }, 'fail ids'],
    [{ kind: 'no-answer', why: 'unsigned-fail', text: '系统繁忙' }, 'fail refused'],
    [{ kind: 'no-answer', why: 'unsigned-fail', text: null }, 'fail refused'],
    [{ kind: 'no-answer', why: 'bad-signature', text: null }, 'fail reply-signature'],
    [{ kind: 'no-answer', why: 'wrong-merchant', text: null }, 'fail other-merchant'],
    [{ kind: 'no-answer', why: 'timeout', text: null }, 'fail no-answer'],
  ])('answered with %j is: %s', (answer, verdict) => {
    expect(verdictOf(queryCheck({ answer, host: 'api.example', latencyMs: 42 }))).toBe(verdict);
  });

  it('shows little of what an unsigned answer says', () => {
    const { figures } = queryCheck({
      answer: { kind: 'no-answer', why: 'unsigned-fail', text: '?'.repeat(300) },
      host: 'a',
      latencyMs: 1,
    });
    expect(figures['errCode']).toBe('?'.repeat(80));
  });
});

describe('the disk', () => {
  it.each<[readonly number[], string, string]>([
    [[1, 2, 50, 900, 950], 'ok quick', '50.0'],
    [[1, 2, 50.1, 60, 70], 'warn slow', '50.1'],
    [[3], 'ok quick', '3.0'],
  ])('that took %j ms is judged by its median: %s', (took, verdict, ms) => {
    const found = syncCheck(ok(took));
    expect([verdictOf(found), found.figures['ms']]).toEqual([verdict, ms]);
  });

  it('that refuses has failed, and says why', () => {
    expect(syncCheck(fail('read-only'))).toMatchObject({
      verdict: 'fail',
      code: 'refused',
      figures: { why: 'read-only' },
    });
  });

  it.each<[number | null, string, string | undefined]>([
    [1_000_000_000, 'ok enough', '1.0 GB'],
    [999_999_999, 'warn low', '999 MB'],
    [100_000_000, 'warn low', '100 MB'],
    [99_999_999, 'fail out', '99 MB'],
    [0, 'fail out', '0 MB'],
    [null, 'warn untold', undefined],
  ])('with %j bytes free is: %s', (bytes, verdict, free) => {
    const found = spaceCheck(bytes);
    expect([verdictOf(found), found.figures['free']]).toEqual([verdict, free]);
  });
});

describe('the journal and its audit trail', () => {
  const read = (changes: Partial<Extract<JournalInspection, { kind: 'read' }>> = {}): JournalInspection => ({
    kind: 'read',
    entries: 9,
    found: 0,
    first: null,
    setAside: 0,
    bytes: 4_096,
    lost: null,
    ...changes,
  });
  const wrong = (kind: string): JournalInspection => read({ found: 2, first: { kind, seq: 7 } });

  it.each<[JournalInspection, string, string]>([
    [read(), 'ok sound', 'ok whole'],
    [read({ entries: 0, bytes: 0 }), 'ok none', 'ok none'],
    [read({ setAside: 1 }), 'warn set-aside', 'ok whole'],
    [read({ setAside: 1, lost: { orders: 0, entries: 30 } }), 'fail records-lost', 'ok whole'],
    [read({ lost: { orders: 2, entries: null } }), 'fail records-lost', 'ok whole'],
    [wrong('edited'), 'ok sound', 'fail tampered'],
    [wrong('cut-tail'), 'ok sound', 'fail tampered'],
    [wrong('damaged'), 'fail damaged', 'fail tampered'],
    [wrong('journal-missing'), 'fail damaged', 'fail tampered'],
    [wrong('no-key'), 'ok sound', 'fail no-key'],
    [{ kind: 'unread', why: 'newer-file' }, 'fail newer', 'skipped unread'],
    [{ kind: 'unread', why: 'older-file' }, 'warn older', 'skipped unread'],
    [{ kind: 'unread', why: 'read-only' }, 'fail unreadable', 'skipped unread'],
  ])('that are %j are: %s, %s', (inspection, journal, audit) => {
    expect([verdictOf(journalCheck(inspection)), verdictOf(auditCheck(inspection))]).toEqual([journal, audit]);
  });

  it('name the first place that is wrong', () => {
    expect(auditCheck(wrong('edited')).figures).toEqual({ kind: 'edited', entry: 7, found: 2 });
  });
});

describe('the screen', () => {
  const facts = (changes: Partial<ScreenFacts> = {}): ScreenFacts => ({
    width: 1_280,
    height: 800,
    pixelRatio: 1,
    touchPoints: 10,
    drawsChinese: true,
    corners: null,
    ...changes,
  });
  const judged = (changes: Partial<ScreenFacts>): string[] => screenChecks(facts(changes)).map(verdictOf);

  it.each<[Partial<ScreenFacts>, string, string, string]>([
    [{}, 'ok fits', 'skipped untried', 'ok chinese'],
    [{ width: 1_024, height: 720, corners: 4 }, 'ok fits', 'ok works', 'ok chinese'],
    [{ width: 720, height: 1_024, corners: 3 }, 'ok fits', 'fail missed', 'ok chinese'],
    [{ width: 1_023, height: 720, corners: 0 }, 'warn small', 'fail missed', 'ok chinese'],
    [{ width: 1_920, height: 719, touchPoints: 0 }, 'warn small', 'warn none', 'ok chinese'],
    [{ drawsChinese: false }, 'ok fits', 'skipped untried', 'fail missing'],
  ])('that says %j is: %s, %s, %s', (changes, screen, touch, font) => {
    expect(judged(changes)).toEqual([screen, touch, font]);
  });

  it('is not looked at where there is none', () => {
    expect(screenChecks(null).map(verdictOf)).toEqual([
      'skipped in-the-app',
      'skipped in-the-app',
      'skipped in-the-app',
    ]);
  });
});

it('what the app runs in is named, and only Electron is for a shop', () => {
  expect(hostCheck({ kind: 'electron', electron: '45.4.1', chromium: '156.0' }, '24.1.0')).toMatchObject({
    verdict: 'ok',
    figures: { electron: '45.4.1', chromium: '156.0', node: '24.1.0' },
  });
  expect(verdictOf(hostCheck({ kind: 'stand-in', electron: '45.4.1' }, '24.1.0'))).toBe('warn stand-in');
  expect(verdictOf(terminalHost('24.1.0'))).toBe('ok terminal');
});

it('a number is shown by its last four characters', () => {
  expect([lastFour('1900000109'), lastFour('12345'), lastFour('1234')]).toEqual(['…0109', '…2345', '1234']);
});
