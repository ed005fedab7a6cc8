// The parts that need no Chromium: addresses, strict objects, settings, preferences, command line.
import { expect, test } from 'vitest';
import { originOf, toAppAddress, toPageAddress } from '../../../build/stand-in/base/addresses.ts';
import { CommandLine } from '../../../build/stand-in/electron/command-line.ts';
import { electronAppArgument, electronBinary } from '../../../build/stand-in/launcher/electron-binary.ts';
import { FIXTURE_MAIN } from './fixture.ts';
import { readSettings } from '../../../build/stand-in/base/settings.ts';
import { missing, strict, StrictEmitter } from '../../../build/stand-in/base/strict.ts';
import { checkPreferences } from '../../../build/stand-in/electron/web-preferences.ts';

test('maps app addresses to page addresses and back', () => {
  expect(toPageAddress('app://kiosk/a?b#c')).toBe('https://kiosk.app.standin/a?b#c');
  expect(toAppAddress('https://kiosk.app.standin/a?b#c')).toBe('app://kiosk/a?b#c');
  expect(toAppAddress('https://kiosk.app.standin')).toBe('app://kiosk');
});

test('is not fooled by addresses that only look like its own', () => {
  for (const address of [
    'https://example.com/',
    'https://kiosk.app.standin.example.com/',
    'http://kiosk.app.standin/',
    'https://example.com/kiosk.app.standin',
  ]) {
    expect(toAppAddress(address)).toBe(address);
  }
  expect(originOf('about:blank')).toBe('null');
});

test('throws for a member that a strict object lacks', () => {
  const object: Record<string, unknown> = strict('thing', { known: 1 });
  expect(object['known']).toBe(1);
  expect(() => object['unknown']).toThrow('the stand-in has no electron.thing.unknown');
});

test('can be the value of a promise, though strict', async () => {
  expect(await Promise.resolve(strict('thing', { known: 1 }))).toHaveProperty('known', 1);
});

test('throws for an event that never comes', () => {
  const emitter = new StrictEmitter('thing', ['known']);
  emitter.on('known', () => undefined);
  expect(() => emitter.on('unknown', () => undefined)).toThrow('the stand-in has no event "unknown" of electron.thing');
  expect(() => emitter.once('unknown', () => undefined)).toThrow('the stand-in has no event');
  expect(emitter.listenerCount('unknown')).toBe(0);
});

test('throws for any use of an export it lacks', () => {
  const Tray = missing('Tray');
  expect((): unknown => Reflect.get(Tray, 'length')).toThrow('the stand-in has no electron.Tray.length');
  expect((): unknown => typeof Tray === 'function' && Reflect.construct(Tray, [])).toThrow(
    'the stand-in has no electron.Tray',
  );
});

test('refuses settings it cannot read', () => {
  expect(() => readSettings({ STANDIN_VIEWPORT: 'big' })).toThrow(
    'STANDIN_VIEWPORT is "big"; it should look like 1080x1920',
  );
  expect(() => readSettings({ STANDIN_KEY_STORE: 'strong' })).toThrow('it may be real, weak, unavailable');
  expect(readSettings({ STANDIN_VIEWPORT: '1080x1920', LANG: 'zh_CN.UTF-8' })).toMatchObject({
    viewport: { width: 1080, height: 1920 },
    locale: 'zh-CN',
  });
});

test('refuses a preload without an absolute path', () => {
  expect(() => checkPreferences({ preload: 'preload.cjs' })).toThrow('preload script must have absolute path');
});

test('reads the switches of the command line and keeps dangerous ones from Chromium', () => {
  const line = new CommandLine(['--Practice', '--lang=zh-CN', 'file', '--', '--not-a-switch']);
  expect(line.get('practice')).toBe('');
  expect(line.get('lang')).toBe('zh-CN');
  expect(line.get('not-a-switch')).toBeUndefined();
  line.view.appendSwitch('disable-pinch');
  line.view.appendSwitch('no-sandbox');
  expect([...line.forChromium()]).toEqual([['disable-pinch', '']]);
});

test('hands Electron the folder whose package.json names the bundle', () => {
  expect(FIXTURE_MAIN.startsWith(electronAppArgument(FIXTURE_MAIN))).toBe(true);
  expect(electronAppArgument(FIXTURE_MAIN)).not.toBe(FIXTURE_MAIN);
  expect(electronAppArgument('/nowhere/at/all.js')).toBe('/nowhere/at/all.js');
});

test('looks for the binary of Electron without fetching it', () => {
  expect(electronBinary()).toSatisfy((found: unknown) => found === null || typeof found === 'string');
});
