/** Who may send a command. There is no Electron here; the arguments that it passes to the handler are made up. */
import { beforeEach, expect, test, vi } from 'vitest';

type Handler = (event: unknown, name: unknown, input: unknown) => unknown;
const { handlers } = vi.hoisted(() => ({ handlers: new Map<string, Handler>() }));

vi.mock('electron', () => ({
  ipcMain: { handle: (channel: string, handler: Handler) => handlers.set(channel, handler) },
  app: {},
  Menu: {},
  session: {},
}));

const { answerCommands } = await import('../../electron/shell/ipc-bridge.ts');

const OWN_PAGE = 'app://kiosk/index.html';
const window = { webContents: { id: 7 } };
const ran: unknown[] = [];

beforeEach(() => {
  ran.length = 0;
  answerCommands(
    () => window,
    (name, input) => {
      ran.push([name, input]);
      return Promise.resolve('done');
    },
  );
});

const send = (event: unknown): unknown => handlers.get('kiosk:command')?.(event, 'app.snapshot', {});

test('the main frame of our own page in our own window is answered', async () => {
  await expect(send({ sender: { id: 7 }, senderFrame: { url: OWN_PAGE, parent: null } })).resolves.toBe('done');
  expect(ran).toEqual([['app.snapshot', {}]]);
});

test.each([
  ['another window', { sender: { id: 8 }, senderFrame: { url: OWN_PAGE, parent: null } }],
  ['a frame that is gone', { sender: { id: 7 }, senderFrame: null }],
  ['a frame inside the page', { sender: { id: 7 }, senderFrame: { url: OWN_PAGE, parent: { url: OWN_PAGE } } }],
  ['another host of our scheme', { sender: { id: 7 }, senderFrame: { url: 'app://other/index.html', parent: null } }],
  ['another scheme', { sender: { id: 7 }, senderFrame: { url: 'https://kiosk/index.html', parent: null } }],
  ['a host that begins like ours', { sender: { id: 7 }, senderFrame: { url: 'app://kiosk.example/', parent: null } }],
  ['no address at all', { sender: { id: 7 }, senderFrame: { url: '', parent: null } }],
])('%s is refused, and nothing runs', (_name, event) => {
  expect(() => send(event)).toThrow('refused');
  expect(ran).toEqual([]);
});
