import { afterEach, expect, test, vi } from 'vitest';

const { calls } = vi.hoisted(() => ({ calls: [] as unknown[] }));
vi.mock('electron', () => ({ app: { relaunch: (options: unknown) => calls.push(options) } }));
const { startAgain } = await import('../../../electron/shell/kiosk/start-again.ts');

const argv = process.argv;
afterEach(() => {
  process.argv = argv;
  calls.length = 0;
});

test('starts the app again, with other words where they are given', () => {
  startAgain();
  startAgain(['--disable-gpu']);
  expect(calls).toEqual([{}, { args: ['--disable-gpu'] }]);
});

test('leaves it to Shell Launcher, which would otherwise start a second one for ever', () => {
  process.argv = [...argv, '--restarted-by-shell'];
  startAgain();
  expect(calls).toEqual([]);
});
