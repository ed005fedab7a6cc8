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

test.each(['APPIMAGE', 'PORTABLE_EXECUTABLE_FILE'])(
  'starts the file that was started, where it unpacks the app into a folder that goes with it (%s)',
  (name) => {
    vi.stubEnv(name, '/opt/FacePay Kiosk 0.1.0');
    startAgain();
    expect(calls).toEqual([{ execPath: '/opt/FacePay Kiosk 0.1.0' }]);
  },
);

test('leaves it to Shell Launcher, which would otherwise start a second one for ever', () => {
  process.argv = [...argv, '--restarted-by-shell'];
  startAgain();
  expect(calls).toEqual([]);
});
