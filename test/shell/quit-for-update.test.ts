/** An installer's request to the running app to quit. There is no Electron here; its app is made up. */
import { EventEmitter } from 'node:events';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Held } from '../../electron/app/kiosk/kiosk-handlers.ts';
import { silentLog } from '../../electron/base/log.ts';

const electron = vi.hoisted((): { app: (EventEmitter & { quit: () => void }) | null } => ({ app: null }));
vi.mock('electron', () => ({
  get app() {
    return electron.app;
  },
}));
const { listenForInstaller, isInstallerRequest } = await import('../../electron/shell/quit-for-update.ts');

const ASKED = ['FacePay Kiosk.exe', '--allow-file-access-from-files', '--quit-for-update'];
let quits = 0;
let held: Held | null = null;
beforeEach(() => {
  quits = 0;
  held = null;
  electron.app = Object.assign(new EventEmitter(), { quit: () => (quits += 1) });
  listenForInstaller(() => Promise.resolve(held), silentLog);
});

const started = async (argv: readonly string[]): Promise<void> => {
  electron.app?.emit('second-instance', {}, argv, '/');
  await Promise.resolve();
};

test('quits when nothing is under way, and for no other second start', async () => {
  await started(['FacePay Kiosk.exe', 'facepay-kiosk://order/1']);
  expect(quits).toBe(0);
  await started(ASKED);
  expect(quits).toBe(1);
});

test.each(['customer-at-camera', 'cancel-going-out'] as const)(
  'goes on while held (%s), and quits when asked again later',
  async (why) => {
    held = why;
    await started(ASKED);
    expect(quits).toBe(0);
    held = null;
    await started(ASKED);
    expect(quits).toBe(1);
  },
);

test('only the whole word is a wish', () => {
  expect([ASKED, ['a', '--quit-for-update-later'], ['a', 'x--quit-for-update'], ['a']].map(isInstallerRequest)).toEqual(
    [true, false, false, false],
  );
});
