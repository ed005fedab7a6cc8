/**
 * Marked secrets and whole numbers are planted wherever they could come from; the unpacked bundle contains none of
 * them.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditKeyOf } from '../../../electron/app/audit/audit-trail.ts';
import { diagnosticsBundle } from '../../../electron/app/diagnostics/bundle.ts';
import { auditReportsHere } from '../../../electron/app/audit/audit-report-port.ts';
import { profileIn, type Profile } from '../../../electron/app/settings/profile.ts';
import { settingsStore } from '../../../electron/app/settings/settings-store.ts';
import { fileLog } from '../../../electron/base/log.ts';
import { openJournal } from '../../../electron/orders/open-journal.ts';
import { MIGRATIONS } from '../../../electron/orders/journal/sqlite-journal.ts';
import { merchantSchema } from '../../../shared/settings.ts';
import { write } from '../../support/orders/made-orders.ts';

const ORDER = '20261123120000CANARY4711';
const DIGITS = '202611231200009988776655';
const CUSTOM = 'CANARY|pos-order*42';
const TRANSACTION = '4200000272201902213633768503';
const OPENID = 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o';
const API_KEY = 'CANARYkey0123456789abcdefghijKEY';
const HEX_KEY = '0123456789abcdef0123456789abcdef';
const FACE = 'CANARYface_code-0011223344556677';
const PIN = '83 71 94 CANARYPIN';
const PROXY = 'CANARYproxy/p@ss';
const PERSON = 'canaryalice';
const PEM = '-----BEGIN PRIVATE KEY-----\nCANARYPEM\n-----END PRIVATE KEY-----';

let folder: string;
let profile: Profile;
const wallMs = Date.now();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'facepay-bundle-'));
  profile = profileIn(folder);
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function unzipped(selfTest: (() => Promise<unknown>) | null = null): Promise<Record<string, string>> {
  const bytes = await diagnosticsBundle({
    profile,
    store: settingsStore(profile, ''),
    wallMs,
    app: { version: '1.2.3', build: { commit: '0d75703', clean: true } },
    selfTest,
    auditReports: auditReportsHere(profile),
  });
  return Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, content]) => [name, strFromU8(content)]));
}

async function plant(): Promise<void> {
  const merchant = merchantSchema.parse({
    appid: 'wxCANARYappid0001',
    mchId: '1900000109',
    subMchId: '1900000200',
    gateway: { primary: 'https://localhost:1', proxy: { url: 'http://proxy.shop:8080', user: 'canaryalice' } },
    faceGateway: 'https://localhost:1',
  });
  await settingsStore(profile, '').setMerchant(merchant, {
    apiKey: API_KEY,
    certPem: PEM,
    keyPem: PEM,
    caPem: null,
    proxyPassword: PROXY,
  });
  const log = fileLog(profile.logs);
  log.info(
    { orderId: ORDER, other: CUSTOM, outTradeNo: DIGITS, openid: OPENID, apiKey: API_KEY },
    'journal not written',
  );
  log.warn(
    { text: `order ${DIGITS} (${TRANSACTION}) of ${OPENID}, key=${API_KEY}`, who: `terminal:${PERSON}` },
    `said ${HEX_KEY} about ${ORDER}`,
  );
  log.error(
    { error: new Error(`<face_code>${FACE}</face_code> ${PEM} for ${TRANSACTION}`), passphrase: PIN },
    `in /home/${PERSON}/kiosk and C:\\Users\\${PERSON}\\kiosk`,
  );
  log.warn(
    { url: `http://till:${PROXY}@proxy.shop:8080`, proxyPassword: PROXY },
    `by http://till:${PROXY}@proxy.shop:8080, Proxy-Authorization: Basic ${Buffer.from(`till:${PROXY}`).toString('base64')}`,
  );
  log.error({ nested: [{ deep: { transactionId: TRANSACTION, list: [ORDER, OPENID] } }] }, 'nested');
  // A line as a version without the redaction would have written it.
  const raw = JSON.stringify({
    time: new Date(wallMs).toISOString(),
    msg: `raw ${PEM} <face_code>${FACE}</face_code>, passphrase=x, key=${API_KEY}, ${HEX_KEY}`,
    apiKey: API_KEY,
    passphrase: PIN,
  });
  writeFileSync(
    join(profile.logs, 'facepay.1.log'),
    `${raw}\nnot json ${ORDER} ${API_KEY}\n${JSON.stringify({ time: new Date(wallMs - 8 * 86_400_000).toISOString(), msg: 'CANARYOLD' })}\n`,
  );
  const opened = openJournal(profile.journal('practice'), 'practice', wallMs, auditKeyOf(profile));
  if (!opened.ok) throw new Error(opened.error);
  write(opened.value.journal, {
    orderId: ORDER,
    transactionId: TRANSACTION,
    createdAtMs: wallMs,
    phase: { name: 'settled', reason: `CANARYREASON ${OPENID}` },
  });
  write(opened.value.journal, { orderId: CUSTOM, createdAtMs: wallMs, phase: { name: 'paid' } });
  opened.value.journal.close();
}

const CANARIES = [
  ORDER,
  DIGITS,
  CUSTOM,
  TRANSACTION,
  OPENID,
  API_KEY,
  HEX_KEY,
  FACE,
  PIN,
  PERSON,
  PROXY,
  Buffer.from(`till:${PROXY}`).toString('base64'),
  'CANARYPEM',
  'CANARYREASON',
  'CANARYOLD',
  'wxCANARYappid0001',
  '1900000109',
  '1900000200',
];

describe('the bundle for support', () => {
  it('holds none of the secrets and none of the numbers, wherever they were planted', async () => {
    await plant();
    const files = await unzipped(() =>
      Promise.resolve({ lines: [{ about: ORDER, detail: `merchant 1900000109, ${OPENID}` }] }),
    );
    expect(readFileSync(join(profile.logs, 'facepay.log'), 'utf8'), 'the canaries are in the log').toContain(DIGITS);
    for (const [name, text] of Object.entries(files)) {
      for (const canary of CANARIES)
        expect(text.toLowerCase().includes(canary.toLowerCase()), `${canary} in ${name}`).toBe(false);
    }
    expect(Object.keys(files).sort()).toEqual([
      'README.txt',
      'app.json',
      'journal.json',
      'logs/facepay.1.log',
      'logs/facepay.log',
      'machine.json',
      'self-test.json',
      'settings.json',
    ]);
  });

  it('tells what a technician asks first', async () => {
    await plant();
    const files = await unzipped();
    expect(files['app.json']).toContain('"commit": "0d75703"');
    expect(JSON.parse(files['settings.json'] ?? '')).toMatchObject({
      merchant: {
        appid: '…0001',
        mchId: '…0109',
        subMchId: '…0200',
        signType: 'HMAC-SHA256',
        gateway: { primary: 'https://localhost:1', proxy: { url: 'http://proxy.shop:8080', user: '…lice' } },
      },
      terminal: { deviceId: 'kiosk-1' },
      files: { settings: true, credentials: true, deviceSecret: true },
    });
    expect(JSON.parse(files['journal.json'] ?? '')).toMatchObject({
      practice: {
        exists: true,
        schemaVersion: MIGRATIONS.length,
        entries: 4,
        orders: { 'done:paid': 1, 'done:settled': 1 },
        trouble: null,
        audit: { entries: 4, findings: [] },
      },
    });
    expect(JSON.parse(files['machine.json'] ?? '')).toMatchObject({
      platform: process.platform,
      versions: { node: process.versions.node },
    });
    expect(files['logs/facepay.log']).toContain('journal not written');
    expect(files['logs/facepay.log'], 'the tail tells one order from another').toContain('…4711');
    expect(files['self-test.json']).toContain('"available": false');
  });

  it('is made where nothing can be opened any more', async () => {
    mkdirSync(join(folder, 'practice'), { recursive: true });
    writeFileSync(profile.settings, '{ nonsense');
    writeFileSync(profile.journal('practice'), 'no database at all, and long enough to be looked at as one'.repeat(20));
    const files = await unzipped();
    expect(JSON.parse(files['settings.json'] ?? '')).toMatchObject({ problem: 'damaged' });
    expect(JSON.parse(files['journal.json'] ?? '')).toMatchObject({
      practice: { exists: true, trouble: 'damaged' },
      live: { exists: false },
    });
  });

  it('takes the newest two megabytes of a log, from the beginning of a line', async () => {
    mkdirSync(profile.logs, { recursive: true });
    const line = (n: number): string =>
      `${JSON.stringify({ level: 30, time: new Date(wallMs).toISOString(), n, msg: 'x'.repeat(1_000) })}\n`;
    writeFileSync(join(profile.logs, 'facepay.log'), Array.from({ length: 4_000 }, (_, n) => line(n)).join(''));
    const log = (await unzipped())['logs/facepay.log'] ?? '';
    const lines = log.trim().split('\n');
    expect(lines.length).toBeGreaterThan(1_500);
    expect(lines.length).toBeLessThan(2_100);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ n: 3_999 });
    expect(JSON.parse(lines[0] ?? '')).not.toHaveProperty('characters');
  });
});
