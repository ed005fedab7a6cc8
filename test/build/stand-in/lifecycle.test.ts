// From ready to quit: the order of events, who may prevent which step, the single instance, and how a process ends.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { CDPSession } from 'playwright-core';
import { expect, test } from 'vitest';
import { events, FIXTURE_MAIN, launchFixture, temporaryUserData, until } from './fixture.ts';
import { KioskExited, type KioskHost } from '../../../build/stand-in/launcher/launch.ts';
import { chromiumsUsing } from '../../../build/stand-in/launcher/processes.ts';

const QUIT_ORDER = ['before-quit', 'close', 'closed', 'will-quit', 'quit 0'];

async function chromiumOf(host: KioskHost): Promise<CDPSession> {
  const browser = host.page.context().browser();
  if (browser === null) throw new Error('a page without its Chromium');
  return browser.newBrowserCDPSession();
}

const ofQuitting = (lines: readonly string[]): string[] =>
  lines.filter((line) => /^(before-quit|close|closed|window-all-closed|will-quit|quit)\b/.test(line));

test('becomes ready, loads and shows in the order of Electron', async () => {
  const host = await launchFixture();
  await until(() => events(host).includes('loaded "app://kiosk/"'));
  expect(events(host).filter((line) => !/^(console|too-early|protocol-client|did-)/.test(line))).toEqual([
    'lock true',
    'ready',
    'ready-to-show false',
    'show',
    'loaded "app://kiosk/"',
  ]);
});

test('quits in the order of Electron', async () => {
  const host = await launchFixture();
  expect(await host.quit()).toBe(0);
  expect(ofQuitting(events(host))).toEqual(QUIT_ORDER);
});

test('a closed window answers nothing but that it is destroyed', async () => {
  const host = await launchFixture();
  await host.quit();
  expect(events(host)).toContain('after true "Object has been destroyed" "Object has been destroyed" 0');
});

test('quits on SIGTERM as when asked', async () => {
  const host = await launchFixture();
  process.kill(host.pid, 'SIGTERM');
  expect(await host.exited()).toBe(0);
  expect(ofQuitting(events(host))).toEqual(QUIT_ORDER);
});

test('closing the last window ends in window-all-closed and a quit', async () => {
  const host = await launchFixture();
  await host.page.evaluate(`void setTimeout(() => fixture.invoke('close'))`);
  expect(await host.exited()).toBe(0);
  expect(ofQuitting(events(host))).toEqual([
    'close',
    'closed',
    'window-all-closed',
    'before-quit',
    'will-quit',
    'quit 0',
  ]);
});

test('a window may refuse to close, and then the app stays', async () => {
  const host = await launchFixture({ switches: { REFUSE_CLOSE: '2' } });
  await host.page.evaluate(`fixture.invoke('close')`);
  await host.page.evaluate(`fixture.invoke('quit')`);
  expect(ofQuitting(events(host))).toEqual(['close', 'before-quit', 'close']);
  expect(await host.page.evaluate(`fixture.invoke('echo', 'still here')`)).toEqual(['still here']);
  expect(await host.quit()).toBe(0);
});

test('before-quit may be refused', async () => {
  const host = await launchFixture({ switches: { REFUSE_QUIT: '1' } });
  await host.page.evaluate(`fixture.invoke('quit')`);
  expect(ofQuitting(events(host))).toEqual(['before-quit']);
  expect(await host.quit()).toBe(0);
});

test('destroy and exit ask nobody', async () => {
  const host = await launchFixture();
  await host.page.evaluate(`void setTimeout(() => fixture.invoke('exit', 3))`);
  expect(await host.exited()).toBe(3);
  expect(ofQuitting(events(host))).toEqual(['closed', 'quit 3']);
});

test('a second instance tells the first and ends', async () => {
  const userData = temporaryUserData();
  const first = await launchFixture({ userData });
  const second = await launchFixture({ userData, args: ['fixture://pay', '--pay=5'] }).catch((error: unknown) => error);
  expect(second).toBeInstanceOf(KioskExited);
  expect(second).toMatchObject({ exitCode: 0 });
  expect(second).toHaveProperty('output', expect.stringContaining('EVENT lock false'));
  await until(() => events(first).some((line) => line.startsWith('second-instance')));
  const told = events(first).find((line) => line.startsWith('second-instance'));
  expect(told).toBe(
    `second-instance ${JSON.stringify([`--user-data-dir=${userData}`, '--pay=5', '--allow-file-access-from-files', 'fixture://pay'])} ${JSON.stringify(process.cwd())} {"greeting":"hello"}`,
  );
});

test('a link comes as open-url to the app that is there; a scheme is named without its colon', async () => {
  const host = await launchFixture();
  await host.openUrl('fixture://pay/5');
  await until(() => events(host).includes('open-url "fixture://pay/5"'));
  expect(events(host).find((line) => line.startsWith('protocol-client'))).toBe(
    'protocol-client true "\\"fixture://\\" is no scheme: it has no colon and no slashes"',
  );
});

test('a link that nobody prevents the default of is a bug in the app', async () => {
  const host = await launchFixture({ switches: { IGNORE_URL: '1' } });
  await host.openUrl('fixture://pay/5');
  await host.exited();
  expect(host.output()).toContain("'open-url' must be prevented");
});

test('kill -9 leaves no Chromium and no stale lock', async () => {
  const userData = temporaryUserData();
  const host = await launchFixture({ userData, ownChromium: true });
  expect(chromiumsUsing(userData).length).toBeGreaterThan(0);
  // Not host.kill(), which would help: only main is killed, and everything it started has to notice.
  process.kill(host.pid, 'SIGKILL');
  await until(() => chromiumsUsing(userData).length === 0);
  const next = await launchFixture({ userData });
  expect(events(next)).toContain('lock true');
});

test('kill -9 leaves nothing in a Chromium that is shared', async () => {
  const userData = temporaryUserData();
  const host = await launchFixture({ userData });
  expect(chromiumsUsing(userData)).toEqual([]);
  const chromium = await chromiumOf(host);
  const contexts = async (): Promise<number> =>
    (await chromium.send('Target.getBrowserContexts')).browserContextIds.length;
  expect(await contexts()).toBe(1);
  process.kill(host.pid, 'SIGKILL');
  await until(async () => (await contexts()) === 0);
  expect(host.page.isClosed()).toBe(true);
  const next = await launchFixture({ userData });
  expect(events(next)).toContain('lock true');
  expect(next.page.context().pages()).toEqual([next.page]);
});

test('Chromium leaves off all that Playwright has it leave off', async () => {
  const chromium = await chromiumOf(await launchFixture());
  const { commandLine } = await chromium.send('SystemInfo.getInfo');
  const [theirs = [], ours = [], ...more] = [...commandLine.matchAll(/--disable-features=(\S+)/g)].map(
    ([, features = '']) => features.split(','),
  );
  expect(more).toEqual([]);
  expect(theirs.length).toBeGreaterThan(5);
  expect(theirs.filter((feature) => !ours.includes(feature))).toEqual([]);
});

test('ends when its launcher dies', async () => {
  const userData = temporaryUserData();
  const script = `
    const { launchKiosk } = await import(${JSON.stringify(new URL('../../../build/stand-in/launcher/launch.ts', import.meta.url).href)});
    const host = await launchKiosk({ mainBundle: ${JSON.stringify(FIXTURE_MAIN)}, userData: ${JSON.stringify(userData)}, host: 'stand-in', ownChromium: true });
    console.log('pid', host.pid);`;
  const launcher = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: fileURLToPath(new URL('.', import.meta.url)),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const mainPid = await new Promise<number>((resolve) => {
    launcher.stdout.on('data', (chunk: Buffer) => resolve(Number(/pid (\d+)/.exec(chunk.toString())?.[1])));
  });
  launcher.kill('SIGKILL');
  await until(() => chromiumsUsing(userData).length === 0);
  await until(() => {
    try {
      process.kill(mainPid, 0);
      return false;
    } catch {
      // ESRCH: it is gone.
      return true;
    }
  });
});

test('a crashed renderer is reported, and comes back with a reload', async () => {
  const host = await launchFixture();
  const before = host.page;
  // The page is gone before the answer can arrive.
  before.goto('chrome://crash').catch(() => undefined);
  await until(() => host.page !== before);
  await host.page.waitForFunction(`typeof fixture === 'object'`);
  expect(events(host)).toContain('render-process-gone {"reason":"crashed","exitCode":5} true');
  expect(await host.page.evaluate(`fixture.invoke('sender')`)).toMatchObject({ url: 'app://kiosk/', hasParent: false });
  expect(await host.quit()).toBe(0);
});

test('survives one crash after another', async () => {
  const host = await launchFixture();
  for (let crash = 0; crash < 4; crash += 1) {
    const before = host.page;
    before.goto('chrome://crash').catch(() => undefined);
    await until(() => host.page !== before);
    await host.page.waitForFunction(`typeof fixture === 'object'`);
  }
  expect(await host.page.evaluate(`fixture.invoke('echo', 'still here')`)).toEqual(['still here']);
  expect(events(host).filter((line) => line.startsWith('render-process-gone'))).toHaveLength(4);
});

test('reloads a page in good health without asking will-navigate', async () => {
  const host = await launchFixture();
  // Not waited for: the page that asked is gone before the answer may come.
  await host.page.evaluate(`window.before = true; void fixture.invoke('reload')`);
  await host.page.waitForFunction(`window.before === undefined && typeof fixture === 'object'`);
  await until(() => events(host).filter((line) => line === 'did-finish-load').length === 2);
  expect(events(host).filter((line) => line.startsWith('will-navigate'))).toEqual([]);
});
