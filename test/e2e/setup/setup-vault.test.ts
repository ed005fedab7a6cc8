/**
 * Set-up in the production main process: file dialogs, the system's key store, reopening without a restart,
 * provisioning.
 */
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, expect, test } from 'vitest';
import { makeProvisionFile } from '../../../electron/vault/provision-file.ts';
import type { SetupFields } from '../../../shared/contract/setup.ts';
import { commands } from '../../../shared/contract/all.ts';
import type { CommandInput, CommandName, CommandOutput } from '../../../shared/ipc.ts';
import { merchantSchema } from '../../../shared/settings.ts';
import { chooseHost } from '../../../build/stand-in/launcher/launch.ts';
import { facepay, facepayWith } from '../../support/command.ts';
import { LEGACY_P12, p12 } from '../../support/secrets/openssl.ts';
import { fieldsFor } from '../../support/terminal/setup-world.ts';
import { onTill, openShop, takePayment, type Shop } from '../../support/screen/shop.ts';

const TECHNICIAN_PIN = '825731';
const SUPPORT = 'river, stone and a boat';

let shop: Shop | null = null;
const open = async (...options: Parameters<typeof openShop>): Promise<Shop> => {
  shop = await openShop(...options);
  return shop;
};
afterEach(async () => {
  await shop?.close();
  shop = null;
});

/** A command over the app's own bridge, as the screen sends it. */
async function give<Name extends CommandName>(
  page: Page,
  name: Name,
  input: CommandInput<Name>,
): Promise<CommandOutput<Name>> {
  const reply = await page.evaluate(
    ([command, data]) =>
      (window as unknown as { kiosk: { invoke(name: string, input: unknown): Promise<unknown> } }).kiosk.invoke(
        command,
        data,
      ),
    [name, input] as const,
  );
  const { ok, value, code } = reply as { ok: boolean; value: unknown; code: string };
  if (!ok) throw new Error(`${name}: ${code}`);
  return commands[name].output.parse(value) as CommandOutput<Name>;
}

/** The merchant's files as made by WeChat's old tool and as on a shop's stick. */
function filesOf({ gateway, profile }: Shop): { p12File: string; apiKeyFile: string; caFile: string } {
  const at = (name: string): string => join(profile.folder, '..', name);
  const write = (name: string, text: string): string => {
    writeFileSync(at(name), text);
    return at(name);
  };
  const { clientCertPem: certPem, clientKeyPem: keyPem, caPem, merchant } = gateway;
  const issued = { certPem, keyPem, certFile: write('cert.pem', certPem), keyFile: write('key.pem', keyPem) };
  return {
    p12File: p12(at('.'), issued, merchant.mchId, LEGACY_P12),
    apiKeyFile: write('api.txt', merchant.apiKey),
    caFile: write('ca.pem', caPem),
  };
}

async function technicianSignedIn(page: Page): Promise<void> {
  await page.getByTestId('staff').waitFor();
  await give(page, 'staff.set-pin', { role: 'technician', pin: TECHNICIAN_PIN });
  await give(page, 'staff.sign-in', { role: 'technician', pin: TECHNICIAN_PIN });
}

/** Everything that a technician picks and types; returns the answer of `setup.apply`. */
async function setUp(
  of: Shop,
  changes: Partial<SetupFields>,
  supportPassphrase = '',
): Promise<CommandOutput<'setup.apply'>> {
  const { page, kiosk, gateway } = of;
  const { draftId } = await give(page, 'setup.begin', {});
  const { p12File, apiKeyFile, caFile } = filesOf(of);
  for (const file of [p12File, apiKeyFile, caFile]) await kiosk.answerDialog({ open: [file] });
  const certificate = await give(page, 'setup.pick-certificate', { draftId, mchId: gateway.merchant.mchId });
  expect(certificate.certificate).toMatchObject({ state: 'ready', facts: { subject: `CN=${gateway.merchant.mchId}` } });
  await give(page, 'setup.pick-key-file', { draftId });
  await give(page, 'setup.pick-authority', { draftId });
  await give(page, 'setup.set-support-passphrase', { draftId, passphrase: supportPassphrase });
  return give(page, 'setup.apply', { draftId, fields: fieldsFor(gateway, changes) });
}

const onStandIn = test.skipIf(chooseHost() !== 'stand-in');

test('a technician sets a fresh terminal up from files, and it takes payments without being started again', async () => {
  const of = await open({ setUp: false });
  const { page, gateway } = of;
  await technicianSignedIn(page);
  const outcome = await setUp(of, {});
  expect(outcome).toMatchObject({ outcome: 'applied', probe: 'answered', state: { merchantSet: true } });
  expect(JSON.stringify(outcome)).not.toContain(gateway.merchant.apiKey);
  expect(await give(page, 'app.snapshot', {})).toMatchObject({
    storeName: '江边便利店',
    deviceId: 'till-7',
    scenario: null,
  });
  await page.getByText('江边便利店').first().waitFor();
  const orderId = await takePayment(page, '128');
  await onTill(page, 'paid');
  expect(gateway.ledger.verdict(orderId)).toMatchObject({ charged: true });
  const log = readFileSync(join(of.profile.logs, 'facepay.log'), 'utf8');
  for (const canary of [gateway.merchant.apiKey, 'PRIVATE KEY']) expect(log + of.kiosk.output()).not.toContain(canary);
});

onStandIn(
  'secrets in the system’s key store open for the app alone, or for facepay with the support passphrase',
  async () => {
    const of = await open({ setUp: false, env: { STANDIN_KEY_STORE: 'real' } });
    await technicianSignedIn(of.page);
    expect((await give(of.page, 'setup.state', {})).protection).toMatchObject({
      keyStore: 'real',
      offered: ['device', 'key-store'],
      recommended: 'key-store',
    });
    const outcome = await setUp(of, { protection: 'key-store' });
    expect(outcome).toMatchObject({
      outcome: 'applied',
      state: { protection: { now: 'key-store', facepay: 'cannot' } },
    });
    const shut = await facepay('query', 'nobody', '--profile', of.profile.folder);
    expect([shut.exitCode, shut.last?.['code']]).toEqual([2, 'in-key-store']);
    expect(shut.said).toContain('support passphrase');
    expect((await facepay('orders', '--profile', of.profile.folder)).exitCode, 'what needs no key goes on').toBe(0);
    expect(await setUp(of, { protection: 'key-store' }, SUPPORT)).toMatchObject({
      outcome: 'applied',
      state: { protection: { facepay: 'with-passphrase' } },
    });
    expect(
      (await facepayWith({ FACEPAY_PASSPHRASE: SUPPORT }, 'query', 'nobody', '--profile', of.profile.folder)).exitCode,
    ).toBe(0);
    await of.kiosk.quit();
    await of.restart();
    expect(await give(of.page, 'app.snapshot', {})).toMatchObject({
      environment: 'practice',
      storeName: '江边便利店',
      scenario: null,
    });
    await of.kiosk.quit();
    await of.restart({ STANDIN_KEY_STORE: 'unavailable' });
    await expect(give(of.page, 'app.snapshot', {})).rejects.toThrow('not-started');
    await of.page.getByText('钥匙串没有响应').waitFor();
    await of.kiosk.quit();
    await of.restart({ STANDIN_KEY_STORE: 'unavailable', FACEPAY_PASSPHRASE: SUPPORT });
    expect(await give(of.page, 'app.snapshot', {}), 'the support passphrase opens them').toMatchObject({
      environment: 'practice',
      storeName: '江边便利店',
    });
  },
);

onStandIn('a key store whose key anybody knows is not offered', async () => {
  const of = await open({ setUp: false, env: { STANDIN_KEY_STORE: 'weak' } });
  expect((await give(of.page, 'setup.state', {})).protection).toMatchObject({
    keyStore: 'public-key',
    offered: ['device'],
    recommended: 'device',
  });
});

test('a signed file in the profile sets the terminal up at its start, and is gone', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const of = await open({ setUp: false });
  const { gateway, profile } = of;
  await of.kiosk.quit();
  const { merchant, primary, backup, caPem, clientCertPem, clientKeyPem } = gateway;
  const payload = {
    merchant: merchantSchema.parse({
      appid: merchant.appid,
      mchId: merchant.mchId,
      gateway: { primary, backup },
      faceGateway: primary,
    }),
    terminal: { storeName: '江边便利店' },
    secrets: { apiKey: merchant.apiKey, certPem: clientCertPem, keyPem: clientKeyPem, caPem },
    pins: { technician: TECHNICIAN_PIN },
    environment: 'practice',
  };
  const made = makeProvisionFile(JSON.stringify(payload), null, {
    by: 'signature',
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  });
  if (!made.ok) throw new Error(made.error);
  const file = join(profile.folder, 'facepay-provision.json');
  writeFileSync(file, made.value);
  writeFileSync(join(profile.folder, 'facepay-fleet.pub'), publicKey.export({ type: 'spki', format: 'pem' }));
  await of.restart();
  await of.page.getByText('江边便利店').first().waitFor();
  await expect.poll(() => existsSync(file)).toBe(false);
  expect(await give(of.page, 'app.snapshot', {})).toMatchObject({ storeName: '江边便利店', scenario: null });
  await give(of.page, 'staff.sign-in', { role: 'technician', pin: TECHNICIAN_PIN });
  expect(await give(of.page, 'setup.state', {})).toMatchObject({
    merchantSet: true,
    technicianPin: true,
    certificate: { subject: 'CN=1900000109' },
  });
  expect(readdirSync(profile.folder).filter((name) => name.includes('provision'))).toEqual([]);
});
