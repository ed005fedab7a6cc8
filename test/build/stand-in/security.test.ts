// What a page may not do: run inline scripts, reach a network, leave the app, open windows, use devices.
import { expect, test } from 'vitest';
import { events, launchFixture, shareFixture, until } from './fixture.ts';

const shared = shareFixture();

test('enforces the content security policy of the protocol handler', async () => {
  const host = shared();
  expect(await host.page.textContent('#inline')).toBe('untouched');
  expect(await host.page.getAttribute('html', 'data-script')).toBe('ran');
  expect(
    events(host).some((line) => line.startsWith('console "error"') && line.includes('Content Security Policy')),
  ).toBe(true);
});

test('blocks the network even where the policy of the page lets it through', async () => {
  const { page } = shared();
  expect(await page.evaluate(`fetch('https://example.com/').then(() => 'reached', () => 'blocked')`)).toBe('blocked');
  expect(
    await page.evaluate(`new Promise((tell) => {
    const socket = new WebSocket('ws://127.0.0.1:9');
    socket.onopen = () => tell('reached');
    socket.onerror = () => tell('blocked');
  })`),
  ).toBe('blocked');
});

test('asks will-navigate before the page leaves, and stays when told to', async () => {
  const host = shared();
  await host.page.evaluate(`location.href = 'https://example.com/away'`);
  await until(() => events(host).some((line) => line.startsWith('did-fail-load -3')));
  expect(events(host)).toEqual(
    expect.arrayContaining([
      'will-frame-navigate "https://example.com/away" true',
      'will-navigate "https://example.com/away"',
    ]),
  );
  expect(await host.page.evaluate('location.origin')).toBe('https://kiosk.app.standin');
  expect(await host.page.evaluate('typeof fixture')).toBe('object');
});

test('says nothing of a navigation that main itself began', async () => {
  const host = await launchFixture();
  expect(events(host).filter((line) => line.startsWith('will-navigate'))).toEqual([]);
});

test('asks the window-open handler, and no window stays', async () => {
  const host = shared();
  await host.page.evaluate(`void window.open('/frame.html')`);
  await until(() => events(host).includes('window-open "app://kiosk/frame.html"'));
  await until(() => host.page.context().pages().length === 1);
});

test('denies permissions as the handlers of the app do', async () => {
  const { page } = await launchFixture({ switches: { PERMISSIONS: 'denied' } });
  for (const name of ['geolocation', 'camera', 'microphone', 'notifications']) {
    expect(await page.evaluate(`navigator.permissions.query({ name: '${name}' }).then(({ state }) => state)`)).toBe(
      'denied',
    );
  }
  expect(
    await page.evaluate('navigator.mediaDevices.getUserMedia({ video: true }).catch((error) => error.name)'),
  ).toMatch(/NotAllowedError|NotFoundError/);
});

test('grants permissions to an app without handlers, as Electron does', async () => {
  const { page } = shared();
  expect(await page.evaluate(`navigator.permissions.query({ name: 'geolocation' }).then(({ state }) => state)`)).toBe(
    'granted',
  );
});

test('tells main which frame is speaking', async () => {
  const { page } = await launchFixture({ switches: { SUBFRAMES: '1' } });
  expect(await page.evaluate(`fixture.invoke('sender')`)).toMatchObject({
    url: 'app://kiosk/',
    origin: 'app://kiosk',
    hasParent: false,
    getURL: 'app://kiosk/',
  });
  const inFrame = await page.evaluate(`new Promise((tell) => {
    const frame = document.createElement('iframe');
    frame.src = '/frame.html';
    frame.onload = () => tell(frame.contentWindow.fixture.invoke('sender'));
    document.body.append(frame);
  })`);
  expect(inFrame).toMatchObject({
    url: 'app://kiosk/frame.html',
    hasParent: true,
    parent: 'app://kiosk/',
    top: 'app://kiosk/',
  });
});

test('keeps the preload out of subframes otherwise', async () => {
  const { page } = shared();
  expect(
    await page.evaluate(`new Promise((tell) => {
    const frame = document.createElement('iframe');
    frame.src = '/frame.html';
    frame.onload = () => tell(typeof frame.contentWindow.fixture);
    document.body.append(frame);
  })`),
  ).toBe('undefined');
});

test('makes senderFrame null once its document is gone', async () => {
  const { page } = await launchFixture();
  await page.evaluate(`fixture.invoke('sender')`);
  await page.reload();
  expect(await page.evaluate(`fixture.invoke('last-sender-frame')`)).toBe(true);
});

test('announces the redirects of a handler', async () => {
  const host = await launchFixture();
  await host.page.evaluate(`location.href = '/moved'`);
  await until(() => events(host).includes('will-redirect "app://kiosk/frame.html"'));
});
