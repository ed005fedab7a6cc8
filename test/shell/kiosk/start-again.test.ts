import { dirname } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';

const { calls } = vi.hoisted(() => ({ calls: [] as unknown[] }));
vi.mock('electron', () => ({ app: { relaunch: (options: unknown) => calls.push(options) } }));
const { startAgain } = await import('../../../electron/shell/kiosk/start-again.ts');

const argv = process.argv;
afterEach(() => {
  process.argv = argv;
  vi.unstubAllEnvs();
  calls.length = 0;
});

test('starts the app again', () => {
  startAgain();
  expect(calls).toEqual([{}]);
});

const FILE = '/opt/FacePay Kiosk 0.1.0';

test('starts the file that was started, where it unpacks the app into a folder that goes with it', () => {
  vi.stubEnv('PORTABLE_EXECUTABLE_FILE', FILE);
  startAgain();
  vi.unstubAllEnvs();
  vi.stubEnv('APPIMAGE', FILE);
  vi.stubEnv('APPDIR', dirname(process.execPath));
  startAgain();
  expect(calls).toEqual([{ execPath: FILE }, { execPath: FILE }]);
});

test('starts itself where only the program that started it is an AppImage', () => {
  vi.stubEnv('APPIMAGE', '/home/me/Terminal.AppImage');
  vi.stubEnv('APPDIR', '/tmp/.mount_Termin');
  startAgain();
  expect(calls).toEqual([{}]);
});

test('leaves it to Shell Launcher, which would otherwise start a second one for ever', () => {
  process.argv = [...argv, '--restarted-by-shell'];
  startAgain();
  expect(calls).toEqual([]);
});
