/** Slow programs: the server's own timers close each connection, and no fast program waits for them. */
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLog } from '../../electron/base/log.ts';
import type { PosOrders } from '../../electron/pos/pos-orders.ts';
import { POS_LIMITS, startPosServer, type PosServer } from '../../electron/pos/server.ts';
import { newToken } from '../../electron/pos/token.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { refusalInRaw } from '../support/terminal/pos-shop.ts';

const { token, kept } = newToken(Buffer.alloc(32, 3), 0);
const unused = (): never => {
  throw new Error('nothing gets this far');
};
const posOrders: PosOrders = {
  wallOfLate: unused,
  register: unused,
  pay: unused,
  find: () => null,
  act: unused,
  unsettled: () => [],
  changedSince: () => ({ seq: 0, orderIds: [] }),
  load: () => null,
};

let server: PosServer;
const sockets: Socket[] = [];

beforeEach(async () => {
  const limits = { ...POS_LIMITS, headersMs: 150, requestMs: 300, idleMs: 150, connectionsMax: 4 };
  const started = await startPosServer({
    posOrders,
    clock: new FakeClock(),
    log: silentLog,
    port: 0,
    tokenNow: () => kept,
    limits,
  });
  if (!started.ok) throw new Error(started.error);
  server = started.value;
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await server.close();
});

/**
 * Sends the start of a request and then nothing; resolves with the answer when the server has closed the connection.
 */
function dawdle(start: string): Promise<string> {
  return new Promise((resolve) => {
    let back = '';
    const socket = connect({ port: server.port, host: '127.0.0.1' });
    sockets.push(socket);
    socket
      .setEncoding('utf8')
      .on('data', (chunk: string) => (back += chunk))
      .on('error', () => undefined);
    socket.on('close', () => {
      resolve(back);
    });
    socket.write(start);
  });
}

const head = (line: string): string =>
  `${line} HTTP/1.1\r\nHost: 127.0.0.1:${String(server.port)}\r\nAuthorization: Bearer ${token}\r\n`;
const whole = (): string => `${head('GET /v1/orders?unsettled=1')}\r\n`;

describe('who dawdles', () => {
  it('in the headers is told so and cut off', async () => {
    expect(refusalInRaw(await dawdle(head('GET /v1/health')))).toBe('408 too-slow -');
  });

  it('in the body is cut off', async () => {
    const back = await dawdle(
      `${head('POST /v1/orders')}Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{`,
    );
    expect(refusalInRaw(back)).toBe('408 too-slow -');
  });

  it('between two requests is let go', async () => {
    expect(await dawdle(whole())).toMatch(/^HTTP\/1\.1 200 [\s\S]*\{"orders":\[\]\}\n$/);
  });

  it('with every connection there is keeps others out only until its time is over', async () => {
    const slow = Array.from({ length: 4 }, () => dawdle('GET /v1/health HTTP/1.1\r\n'));
    await Promise.all(slow);
    const after = await dawdle(`${head('GET /v1/health')}Connection: close\r\n\r\n`);
    expect(after).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('beyond the connections there may be is turned away at once', async () => {
    const slow = Array.from({ length: 4 }, () => dawdle('GET /v1/health HTTP/1.1\r\n'));
    await new Promise((resolve) => setImmediate(resolve));
    expect(await dawdle(whole())).toBe('');
    await Promise.all(slow);
  });
});
