import { expect, test } from 'vitest';
import { hostOf } from '../../electron/shell/host.ts';
import { STAND_IN_VERSIONS } from '../../build/stand-in/launcher/versions.ts';

test('Electron is known by its Chromium’s number, and the stand-in, which has none, is called one', () => {
  expect(hostOf({ electron: '45.4.1', chrome: '156.0.8078.79' })).toEqual({
    kind: 'electron',
    electron: '45.4.1',
    chromium: '156.0.8078.79',
  });
  expect(hostOf(STAND_IN_VERSIONS)).toEqual({ kind: 'stand-in', electron: STAND_IN_VERSIONS.electron });
  expect(hostOf(process.versions)).toMatchObject({ kind: 'stand-in' });
});
