// Strictness in main: the stand-in refuses what Electron refuses, and throws for everything it lacks.
import { expect, test } from 'vitest';
import { events, launchFixture, shareFixture } from './fixture.ts';

const shared = shareFixture();

test('refuses unsafe windows, late or unknown schemes and second handlers', async () => {
  const { page } = shared();
  expect(await page.evaluate(`fixture.invoke('refusals')`)).toEqual({
    sandbox: 'the stand-in refuses webPreferences.sandbox: false',
    isolation: 'the stand-in refuses webPreferences.contextIsolation: false',
    node: 'the stand-in refuses webPreferences.nodeIntegration: true',
    security: 'the stand-in refuses webPreferences.webSecurity: false',
    unknown: 'the stand-in has no webPreferences.partition',
    schemeLate: 'protocol.registerSchemesAsPrivileged should be called before app is ready',
    schemeUnknown: 'the scheme "other" was not declared by protocol.registerSchemesAsPrivileged before ready',
    schemeTwice: 'Failed to register protocol: app',
    handlerTwice: "Attempted to register a second handler for 'echo'",
    path: "Failed to get 'nowhere' path",
  });
  expect(await page.evaluate(`fixture.invoke('load-unknown')`)).toContain('ERR_UNKNOWN_URL_SCHEME');
});

test('refuses before ready what Electron refuses before ready', () => {
  const host = shared();
  expect(events(host)[0]).toBe(
    `too-early "Cannot create BrowserWindow before app is ready" "Session can only be received when app is ready" "The 'screen' module can't be used before the app 'ready' event"`,
  );
});

test('throws for members of electron that it lacks', async () => {
  const { page } = shared();
  const touch = (...path: string[]): Promise<unknown> =>
    page.evaluate(`fixture.invoke('touch', ...${JSON.stringify(path)})`);
  expect(await touch('app', 'getGPUInfo')).toBe('the stand-in has no electron.app.getGPUInfo');
  expect(await touch('BrowserWindow', 'fromId')).toBe('the stand-in has no electron.BrowserWindow.fromId');
  expect(await touch('safeStorage', 'encryptString')).toBe('the stand-in has no electron.safeStorage.encryptString');
  expect(await touch('somethingNew')).toBe('the stand-in has no electron.somethingNew');
  expect(await touch('app', 'getName')).toBe('no error');
  expect(await page.evaluate(`fixture.invoke('touch-missing')`)).toBe(
    'the stand-in has no electron.clipboard.readText',
  );
});

test('tells the app who and where it is', async () => {
  const host = await launchFixture({
    args: ['--practice'],
    viewport: { width: 1080, height: 1920 },
    env: { STANDIN_LOCALE: 'zh-CN' },
    switches: { KIOSK: '1' },
    colorScheme: 'dark',
  });
  expect(await host.page.evaluate(`fixture.invoke('app')`)).toMatchObject({
    name: 'Host Fixture',
    version: '3.2.1',
    packaged: false,
    type: 'browser',
    locale: 'zh-CN',
    hasSwitch: true,
    bounds: { width: 1080, height: 1920 },
  });
  expect(
    await host.page.evaluate(
      `[innerWidth, innerHeight, navigator.language, matchMedia('(prefers-color-scheme: dark)').matches]`,
    ),
  ).toEqual([1080, 1920, 'zh-CN', true]);
});

test('gives a window without a kiosk its own size', async () => {
  const { page } = shared();
  expect(await page.evaluate('[innerWidth, innerHeight]')).toEqual([640, 480]);
});

test('passes on a change of size and of theme', async () => {
  const { page } = await launchFixture();
  expect(await page.evaluate(`fixture.invoke('bounds', { width: 500, height: 400 })`)).toMatchObject({
    width: 500,
    height: 400,
  });
  await page.waitForFunction('innerWidth === 500 && innerHeight === 400');
  expect(await page.evaluate(`fixture.invoke('theme', 'dark')`)).toBe(true);
  await page.waitForFunction(`matchMedia('(prefers-color-scheme: dark)').matches`);
});

test.each([
  ['real', { available: true, tag: 'v11', opened: { result: 'fen', shouldReEncrypt: false } }],
  ['weak', { available: true, tag: 'v10', opened: { result: 'fen', shouldReEncrypt: false } }],
  ['unavailable', { available: false }],
])('plays a key store that is %s', async (keyStore, expected) => {
  const { page } = await launchFixture({ env: { STANDIN_KEY_STORE: keyStore } });
  expect(await page.evaluate(`fixture.invoke('storage', 'fen')`)).toEqual(expected);
});

test('answers dialogs as prepared, else cancels them', async () => {
  const host = shared();
  await host.answerDialog({ open: ['/tmp/apiclient_cert.p12'] });
  await host.answerDialog({ press: 1 });
  await host.answerDialog({ save: '/tmp/report.pdf' });
  const answers = (): Promise<unknown> => host.page.evaluate(`fixture.invoke('dialog')`);
  expect(await answers()).toEqual([
    { canceled: false, filePaths: ['/tmp/apiclient_cert.p12'] },
    { response: 1, checkboxChecked: false },
    { canceled: false, filePath: '/tmp/report.pdf' },
  ]);
  expect(await answers()).toEqual([
    { canceled: true, filePaths: [] },
    { response: 7, checkboxChecked: false },
    { canceled: true, filePath: '' },
  ]);
});

test('prints into a PDF of the size asked for, on no printer, and with no option that it does not know', async () => {
  const { page } = shared();
  expect(await page.evaluate(`fixture.invoke('print')`)).toEqual([false, 'Print job failed']);
  const pdf: unknown = await page.evaluate(`fixture.invoke('pdf', { pageSize: 'A4' })`);
  expect(pdf).toEqual(['%PDF-', expect.stringMatching(/^MediaBox \[0 0 59[45]\S* 84[12]\S*\]$/)]);
  await expect(page.evaluate(`fixture.invoke('pdf', { pageSize: 'A4', landscape: true })`)).rejects.toThrow(
    'the stand-in has no landscape',
  );
});
