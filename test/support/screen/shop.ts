/**
 * A shop for end-to-end tests: the production bundles on either host, set up against a practice gateway of the test's
 * own.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { vi } from 'vitest';
import { withHelperHash } from '../../../electron/app/setup/face-helper.ts';
import { readMerchantFile } from '../../../electron/app/setup/merchant-file.ts';
import { profileIn, type Profile } from '../../../electron/app/settings/profile.ts';
import { settingsStore } from '../../../electron/app/settings/settings-store.ts';
import { systemClock } from '../../../electron/base/clock.ts';
import { startPracticeGateway, type PracticeGateway } from '../../../electron/practice/gateway-server.ts';
import {
  newPracticeMerchant,
  writeMerchantFile,
  type PracticeMerchant,
} from '../../../electron/practice/practice-merchant.ts';
import type { ThrowawayCa } from '../../../electron/practice/throwaway-ca.ts';
import { SCAN_GAP_MS } from '../../../renderer/input/scan.ts';
import en from '../../../shared/locales/course.en.json' with { type: 'json' };
import zh from '../../../shared/locales/course.zh-CN.json' with { type: 'json' };
import { codePortSchema, type CodePort, type Device, type FaceHelper } from '../../../shared/settings.ts';
import type { Scenario } from '../../../shared/practice/scenarios.ts';
import { BOUNCE_MS } from '../../../renderer/input/tap-guard.ts';
import { launchKiosk, PAGE_PATIENCE_MS, type KioskHost } from '../../../build/stand-in/launcher/launch.ts';
import { thriftyCa } from '../secrets/thrifty-ca.ts';

export const MAIN_BUNDLE = resolve('out/main/main.js');

export interface Shop {
  readonly gateway: PracticeGateway;
  readonly profile: Profile;
  /** The running app; after `restart` the new one. */
  readonly kiosk: KioskHost;
  readonly page: Page;
  /** Starts the app again on the same profile, with more variables in its environment if needed. */
  restart(env?: Readonly<Record<string, string>>): Promise<void>;
  /** Sets up a merchant in the profile, as a technician does: from the next start on it is that merchant's terminal. */
  setUpMerchant(): Promise<void>;
  close(): Promise<void>;
}

interface ShopOptions {
  readonly scenario?: Scenario;
  /** The merchant that the gateway knows. */
  readonly merchant?: PracticeMerchant;
  /** Without a merchant the app runs its own practice gateway. */
  readonly setUp?: boolean;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** When the till leaves a paid order by itself; by default never, however long a busy machine takes for a test's next step. */
  readonly returnSeconds?: number;
  /** The key store that seals its secrets; none by default. */
  readonly passphrase?: string;
  /** What gives the merchant's till its payments; the practice face device if it is left out. */
  readonly device?: Device;
  /** Of the device `sdk-bridge`. */
  readonly faceHelper?: Pick<FaceHelper, 'program' | 'library'>;
  /** The serial port of its scanner. */
  readonly codePort?: Pick<CodePort, 'path'>;
  /** More variables for the app's environment, for example STANDIN_KEY_STORE. */
  readonly env?: Readonly<Record<string, string>>;
  readonly ownChromium?: boolean;
  /** Of an account at a proxy, which these gateways on this machine never need. */
  readonly proxyPassword?: string;
  /** Who signs the gateway's certificate and the merchant's. */
  readonly ca?: ThrowawayCa;
}

export async function openShop({
  scenario = 'paid',
  merchant = newPracticeMerchant(),
  setUp = true,
  viewport,
  returnSeconds = 0,
  passphrase = '',
  device = 'none',
  faceHelper,
  codePort,
  env = {},
  ownChromium = false,
  ca,
  proxyPassword,
}: ShopOptions = {}): Promise<Shop> {
  const folder = mkdtempSync(join(tmpdir(), 'facepay-shop-'));
  const profile = profileIn(join(folder, 'profile'));
  const gateway = await startPracticeGateway({
    clock: systemClock(),
    merchant,
    scenario,
    ca: ca ?? (await thriftyCa()),
  });
  const setMerchant = async (): Promise<void> => {
    await setUpMerchant(gateway, profile, join(folder, 'gateway'), {
      passphrase,
      proxyPassword,
      device,
      faceHelper,
      codePort,
    });
    const store = settingsStore(profile, passphrase);
    const settings = store.settings();
    if (settings.ok) store.setTerminal({ ...settings.value.terminal, returnSeconds });
  };
  if (setUp) await setMerchant();
  const launch = (more: Readonly<Record<string, string>> = {}): Promise<KioskHost> =>
    launchKiosk({
      mainBundle: MAIN_BUNDLE,
      userData: profile.chromium,
      env: {
        FACEPAY_PROFILE: profile.folder,
        ...(passphrase === '' ? {} : { FACEPAY_PASSPHRASE: passphrase }),
        ...env,
        ...more,
      },
      ownChromium,
      ...(viewport === undefined ? {} : { viewport }),
    });
  let kiosk = await launch();
  return {
    gateway,
    profile,
    get kiosk() {
      return kiosk;
    },
    get page() {
      return kiosk.page;
    },
    async restart(more) {
      kiosk = await launch(more);
    },
    setUpMerchant: setMerchant,
    async close() {
      await kiosk.quit();
      await gateway.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface SetUpOptions {
  readonly proxyPassword: string | undefined;
  readonly faceHelper: ShopOptions['faceHelper'] | undefined;
}

async function setUpMerchant(
  gateway: PracticeGateway,
  profile: Profile,
  folder: string,
  {
    passphrase,
    proxyPassword,
    device,
    faceHelper,
    codePort,
  }: Required<Pick<ShopOptions, 'passphrase' | 'device'>> &
    Pick<SetUpOptions, 'proxyPassword' | 'faceHelper'> & {
      readonly codePort: ShopOptions['codePort'] | undefined;
    },
): Promise<void> {
  const { path } = await writeMerchantFile(gateway, folder, device === 'code' ? { family: 'micropay', device } : {});
  const setUp = readMerchantFile(path, Date.now());
  if (!setUp.ok) throw new Error(JSON.stringify(setUp.error));
  const { credentials } = setUp.value;
  const looked = withHelperHash({
    ...setUp.value.merchant,
    ...(faceHelper === undefined ? {} : { device: 'sdk-bridge', faceHelper }),
    ...(codePort === undefined ? {} : { codePort: codePortSchema.parse(codePort) }),
  });
  if (!looked.ok) throw new Error(JSON.stringify(looked.error));
  const merchant = looked.value;
  const store = settingsStore(profile, passphrase);
  const stored =
    proxyPassword === undefined
      ? await store.setMerchant(merchant, credentials)
      : await store.setMerchant(
          {
            ...merchant,
            gateway: { ...merchant.gateway, proxy: { url: 'http://proxy.invalid', user: 'till', noProxy: [] } },
          },
          { ...credentials, proxyPassword },
        );
  if (!stored.ok) throw new Error(stored.error);
}

/** Types an amount on the screen's keypad and takes the payment; resolves with the order's number once it exists. */
export async function takePayment(page: Page, yuan: string): Promise<string> {
  for (const key of yuan) await page.getByTestId(`key-${key}`).click();
  await page.getByTestId('take-payment').click();
  const order = page.locator('[data-testid^="phase-"]');
  await order.waitFor();
  return (await order.getAttribute('data-order-id')) ?? '';
}

/** Chooses on the panel the scenario of the app's own practice gateway for the next payment. */
export async function chooseScenario(page: Page, scenario: Scenario): Promise<void> {
  await page.getByTestId('scenario').click();
  await page.getByTestId(`scenario-${scenario}`).click();
  await page.getByTestId('scenarios').waitFor({ state: 'detached' });
}

/** Waits until the app's own practice gateway has this scenario, by the band's word in either language. */
export const scenarioIs = (page: Page, scenario: Scenario): Promise<void> => {
  const band = page.getByTestId('scenario');
  return band
    .filter({ hasText: zh.scenario.of[scenario] })
    .or(band.filter({ hasText: en.scenario.of[scenario] }))
    .waitFor();
};

/** Waits until the order on the till is in `phase`. */
export const onTill = (page: Page, phase: string): Promise<void> => page.getByTestId(`phase-${phase}`).waitFor();

/** As long as a finger stays: so two taps in a row differ from one that bounces. */
export const tap = (page: Page, testId: string): Promise<void> => page.getByTestId(testId).click({ delay: BOUNCE_MS });

/**
 * To the keypad. Buttons that appear at that moment pause under the finger; a person who sees no effect taps again. An
 * order that has ended may also leave by itself.
 */
export async function nextCustomer(page: Page): Promise<void> {
  const keypad = page.getByTestId('stage-none');
  const tapped = async (): Promise<void> => {
    if (!(await keypad.isVisible()))
      await page.getByTestId('next-customer').click({ delay: BOUNCE_MS, timeout: 2_000 });
    await keypad.waitFor({ timeout: 2_000 });
  };
  await vi.waitFor(tapped, { timeout: PAGE_PATIENCE_MS });
}

const SCANNER_GAP_S = 0.004;

/** A barcode scanner in keyboard mode: key after key, without waiting for the page between them, then Enter. */
export async function scan(page: Page, code: string): Promise<void> {
  await page.getByTestId('enter-number').waitFor();
  await scanKeys(page, code);
}

/** The same, whatever the screen shows. */
export async function scanKeys(page: Page, code: string): Promise<void> {
  await pressAt(page, Array.from(code), Date.now() / 1_000, SCANNER_GAP_S, true);
  // Their times are in the future: a key typed before the last of them would count as one of the scanner's.
  await sleep((code.length + 1) * SCANNER_GAP_S * 1_000 + SCAN_GAP_MS);
}

const FINGER_GAP_S = 0.12;

/** Fingers on the keyboard, at their own speed however busy this machine is. */
export async function typeKeys(page: Page, text: string): Promise<void> {
  const spanS = text.length * FINGER_GAP_S;
  await sleep(spanS * 1_000);
  await pressAt(page, Array.from(text), Date.now() / 1_000 - spanS, FINGER_GAP_S, false);
  await sleep(2 * SCAN_GAP_MS);
}

/** Presses keys that carry their intended times, however long this machine takes to deliver them. */
async function pressAt(
  page: Page,
  characters: readonly string[],
  startS: number,
  gapS: number,
  enter: boolean,
): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const keys = [
    ...characters.map((key) => ({ key, text: key })),
    ...(enter ? [{ key: 'Enter', code: 'Enter', text: '\r' }] : []),
  ];
  await Promise.all(
    keys.flatMap((key, index) => {
      const timestamp = startS + index * gapS;
      return [
        devtools.send('Input.dispatchKeyEvent', { type: 'keyDown', timestamp, ...key }),
        devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', timestamp, key: key.key }),
      ];
    }),
  );
  await devtools.detach();
}

/** Puts an order of the tray on the till. */
export const fromTray = (page: Page, orderId: string): Promise<void> =>
  page.locator(`[data-testid^="tray-"][data-order-id="${orderId}"]`).click();

/** Waits until a button is there and its pause is over. */
export const ready = (page: Page, testId: string): Promise<void> =>
  page.locator(`[data-testid="${testId}"]:enabled`).waitFor();

/** Two touches of one place, `gapMs` apart by the clock of the input events, however slow this machine is. */
export async function bounce(page: Page, testId: string, gapMs: number): Promise<void> {
  await ready(page, testId);
  const box = await page.getByTestId(testId).boundingBox();
  if (box === null) throw new Error(`${testId} is not on the screen`);
  const cdp = await page.context().newCDPSession(page);
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2, button: 'left', clickCount: 1 } as const;
  const startS = Date.now() / 1_000;
  await Promise.all(
    [0, gapMs].flatMap((ms) => [
      cdp.send('Input.dispatchMouseEvent', { ...at, type: 'mousePressed', timestamp: startS + ms / 1_000 }),
      cdp.send('Input.dispatchMouseEvent', { ...at, type: 'mouseReleased', timestamp: startS + ms / 1_000 + 0.005 }),
    ]),
  );
  await cdp.detach();
}

/** Gives main a command as code in the page could, whatever the screen offers. */
export const invoke = (page: Page, name: string, input: unknown): Promise<unknown> =>
  page.evaluate(
    ([command, given]) =>
      (Reflect.get(window, 'kiosk') as { invoke(name: string, input: unknown): Promise<unknown> }).invoke(
        command,
        given,
      ),
    [name, input] as const,
  );
