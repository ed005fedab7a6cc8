/**
 * The local API over parts of the real services: a real journal and engine, a scripted gateway, a clock that stands
 * still, real sockets.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { createPosApi, type PosApi } from '../../../electron/pos/pos-api.ts';
import { createPosOrders } from '../../../electron/app/pos/pos-orders.ts';
import { watchedClock } from '../../../electron/base/watched-clock.ts';
import { REVERSE_WINDOW_MS } from '../../../shared/timing.ts';
import { paySourceOf, type PaySourceChoice } from '../../../electron/app/core/pay-source.ts';
import { absentFaceDevice } from '../../../electron/orders/engine/face-device.ts';
import { createTill } from '../../../electron/orders/engine/take-payment.ts';
import type { PayAnswer } from '../../../electron/wechat/answers.ts';
import type { PayRequest } from '../../../electron/wechat/face-pay.ts';
import { auditTrail } from '../../../electron/app/audit/audit-trail.ts';
import { silentLog, type Log } from '../../../electron/base/log.ts';
import { orderMessageSchema, type OrderMessage } from '../../../electron/pos/order-message.ts';
import type { Journal } from '../../../electron/orders/journal/journal.ts';
import type { Notice } from '../../../shared/ipc.ts';
import { merchantSchema } from '../../../shared/settings.ts';
import { noRefunds } from '../gateway/no-refunds.ts';
import { openWorld, ScriptedGateway, type World } from '../orders/engine-world.ts';
import { FakeClock } from '../fake-clock.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: unknown;
}

export interface PosShop {
  readonly clock: FakeClock;
  readonly gateway: ScriptedGateway;
  readonly world: World;
  readonly pos: PosApi;
  readonly notices: Notice[];
  readonly logged: unknown[];
  readonly file: string;
  readonly port: number;
  /** The pay calls that have left, and how each is answered; unanswered, if that is not changed. */
  readonly payCalls: PayRequest[];
  payAnswer: PayAnswer;
  readonly paySource: PaySourceChoice;
  /** The newest token. */
  readonly token: string;
  renew(): string;
  /** One call with the token; `body` becomes JSON. */
  call(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  close(): Promise<void>;
}

/** A shop whose API is on, at a free port, with a token. `journal`: another one in front of its own. */
export async function openPosShop(journal: (journal: Journal) => Journal = (own) => own): Promise<PosShop> {
  const folder = mkdtempSync(join(tmpdir(), 'facepay-pos-'));
  // It has been up for longer than the window, so it knows that nobody has set the clock.
  const clock = new FakeClock(Date.UTC(2026, 0, 5, 1, 59, 40), 980_000);
  const gateway = new ScriptedGateway();
  const notices: Notice[] = [];
  const logged: unknown[] = [];
  const log: Log = {
    ...silentLog,
    warn: (fields, text) => logged.push([fields, text]),
    error: (fields, text) => logged.push([fields, text]),
  };
  const world = openWorld(folder, clock, gateway, { journal, onChange: () => { pos.wake(); } }); // prettier-ignore
  const merchant = merchantSchema.parse({ appid: 'wx1', mchId: '1900000109' });
  const watched = watchedClock(world.clock, REVERSE_WINDOW_MS);
  await clock.advance(20_000);
  const paySource = paySourceOf(null);
  const payCalls: PayRequest[] = [];
  const till = createTill({
    engine: world.engine,
    gateway: {
      ...noRefunds,
      query: gateway.query,
      reverse: gateway.reverse,
      pay: (request, left) => {
        payCalls.push(request);
        left();
        return Promise.resolve({ answer: shop.payAnswer, host: 'h', latencyMs: 1 });
      },
      authInfo: () => Promise.reject(new Error('no face here')),
      openAhead: () => undefined,
      close: () => undefined,
    },
    face: absentFaceDevice,
    paySource: paySource.now,
    clock: world.clock,
    log,
    family: 'facepay',
    storeName: 'Shop',
    terminalIp: '10.0.0.2',
    callTimeoutMs: 10_000,
    terminalPart: '123456789',
    random: () => 4,
    onStage: () => undefined,
  });
  const audit = auditTrail(world.journal, world.clock);
  const own = { ...world, clock: watched, merchant, audit, till, paySource };
  const file = join(folder, 'pos-api.json');
  const pos = createPosApi({
    file,
    posOrders: createPosOrders(own),
    clock: world.clock,
    log,
    onNotice: (notice) => notices.push(notice),
  });
  world.engine.start();
  await pos.start();
  const port = await freePort();
  await pos.switchTo({ enabled: true, port });
  let token = '';
  const renew = (): string => {
    const renewed = pos.renewToken();
    if (!renewed.ok) throw new Error(renewed.error);
    token = renewed.value.token;
    return token;
  };
  renew();
  const shop: PosShop = {
    payAnswer: { kind: 'no-answer', why: 'timeout', text: null },
    payCalls,
    paySource,
    clock,
    gateway,
    world,
    pos,
    notices,
    logged,
    file,
    port,
    get token() {
      return token;
    },
    renew,
    async call(method, path, body, headers = {}) {
      const response = await fetch(`http://127.0.0.1:${String(port)}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, headers: response.headers, json: await response.json() };
    },
    async close() {
      await pos.close();
      world.die();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return shop;
}

/** A port that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const { createServer } = await import('node:net');
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}

/**
 * Sends `text` unchanged over a socket of its own, and nothing more; resolves with everything that came back until the
 * end.
 */
export function raw(port: number, text: string | Uint8Array): Promise<string> {
  return new Promise((resolve, reject) => {
    let back = '';
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.end(text));
    socket.setEncoding('utf8').on('data', (chunk: string) => (back += chunk));
    socket.on('close', () => {
      resolve(back);
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      // The other end dropped the connection before it had read all our bytes: what it sent before that counts.
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error);
    });
  });
}

const errorSchema = z.strictObject({
  error: z.strictObject({ code: z.string(), field: z.string().nullable(), message: z.string().min(10) }),
});

/** The error of an answer as `status code field`. */
export function refusalIn({ status, json }: Answer): string {
  const { code, field } = errorSchema.parse(json).error;
  return `${String(status)} ${code} ${field ?? '-'}`;
}

/** The same of a raw reply. */
export function refusalInRaw(text: string): string {
  const [, status = '0'] = /^HTTP\/1\.1 (\d{3})/.exec(text) ?? [];
  const body = /\{"error".*\}/.exec(text)?.[0] ?? '{}';
  return refusalIn({ status: Number(status), headers: new Headers(), json: JSON.parse(body) });
}

export const orderIn = ({ json }: Answer): OrderMessage => orderMessageSchema.parse(json);
