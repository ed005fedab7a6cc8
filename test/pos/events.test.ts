/** Following orders: the events of a stream, resuming it, and which followers are dropped. */
import { connect, type Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ServerResponse } from 'node:http';
import { EventEmitter } from 'node:events';
import { CATCH_UP_MAX, STALL_MS } from '../../electron/pos/event-stream.ts';
import { eventStreams, HEARTBEAT_MS, STREAMS_MAX } from '../../electron/pos/event-streams.ts';
import { orderMessageSchema, type OrderMessage } from '../../electron/pos/order-message.ts';
import { silentLog } from '../../electron/base/log.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { openPosShop, raw, refusalIn, refusalInRaw, type PosShop } from '../support/terminal/pos-shop.ts';

interface Heard {
  readonly id: number;
  readonly name: string;
  readonly data: unknown;
}

/** A till that follows orders: what it has received so far. */
interface Follower {
  readonly socket: Socket;
  heard(): Heard[];
  comments(): number;
  readonly ended: Promise<void>;
}

let shop: PosShop;
const followers: Follower[] = [];

beforeEach(async () => {
  shop = await openPosShop();
});
afterEach(async () => {
  for (const { socket } of followers.splice(0)) socket.destroy();
  await shop.close();
});

const register = (outTradeNo: string): ReturnType<PosShop['call']> =>
  shop.call('POST', '/v1/orders', { outTradeNo, paidAt: null });
const lines = (headers: readonly string[]): string =>
  [
    `GET /v1/events HTTP/1.1`,
    `Host: 127.0.0.1:${String(shop.port)}`,
    `Authorization: Bearer ${shop.token}`,
    ...headers,
  ].join('\r\n') + '\r\n\r\n';

async function follow(headers: readonly string[] = []): Promise<Follower> {
  let text = '';
  const socket = connect({ port: shop.port, host: '127.0.0.1' });
  socket
    .setEncoding('utf8')
    .on('data', (chunk: string) => (text += chunk))
    .on('error', () => undefined);
  const ended = new Promise<void>((resolve) => void socket.on('close', () => { resolve(); })); // prettier-ignore
  socket.write(lines(headers));
  const follower: Follower = {
    socket,
    ended,
    heard: () => eventsIn(text),
    comments: () => text.split(': still here').length - 1,
  };
  followers.push(follower);
  await until(() => follower.heard().length > 0);
  return follower;
}

/** Chunk sizes stand on lines of their own, and are not part of an event. */
const eventsIn = (text: string): Heard[] =>
  [...text.matchAll(/id: (\d+)\nevent: (\S+)\ndata: (.*)\n\n/g)].map(([, id, name = '', data = '']) => ({
    id: Number(id),
    name,
    data: JSON.parse(data),
  }));

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await turn();
}

const phases = (follower: Follower): string[] =>
  follower
    .heard()
    .filter(({ name }) => name === 'order')
    .map(({ data }) => orderMessageSchema.parse(data).phase);

describe('a stream', () => {
  it('begins with where it stands, then tells each order as it changes, to the end', async () => {
    const till = await follow();
    expect(till.heard()).toEqual([{ id: 0, name: 'ready', data: { api: 1 } }]);
    await register('pos-1');
    await shop.call('POST', '/v1/orders/pos-1/cancel');
    await until(() => phases(till).includes('armed'));
    for (let second = 0; second < 20; second += 1) await shop.clock.advance(1_000);
    await until(() => phases(till).includes('cancelled'));
    // Of several changes at once only the last is sent: a stream tells an order's present state, not each step.
    expect([phases(till)[0], phases(till).indexOf('armed') > 0, phases(till).at(-1)]).toEqual([
      'paying',
      true,
      'cancelled',
    ]);
    const ids = till.heard().map(({ id }) => id);
    expect(ids).toEqual([...ids].sort((a, b) => a - b));
    expect(ids.at(-1)).toBe(shop.world.journal.changedSince(0).seq);
  });

  it('tells what another process wrote as well', async () => {
    const till = await follow();
    await register('pos-1');
    // The engine has noticed its own write; this write comes from outside it.
    const stored = shop.world.journal.find('pos-1');
    if (stored === null) throw new Error('not registered');
    await shop.clock.advance(1_000);
    const fresh = shop.world.journal.load('pos-1') ?? stored;
    shop.world.journal.commit(fresh, { ...fresh.order, amountFen: 77 }, [
      { atMs: 1, actor: { who: 'terminal', role: 'manager' }, event: { type: 'timer' }, effects: [] },
    ]);
    await shop.clock.advance(1_000);
    await until(() => till.heard().some(({ data }) => (data as Partial<OrderMessage>).amountFen === 77));
  });

  it('taken up again after a break tells what has changed meanwhile, and nothing else', async () => {
    await register('pos-1');
    const { seq } = shop.world.journal.changedSince(0);
    await register('pos-2');
    await register('pos-3');
    const till = await follow([`Last-Event-ID: ${String(seq)}`]);
    await until(() => till.heard().length >= 3);
    expect(till.heard().map(({ name, data }) => [name, (data as Partial<OrderMessage>).outTradeNo])).toEqual([
      ['ready', undefined],
      ['order', 'pos-2'],
      ['order', 'pos-3'],
    ]);
  });

  it('from another journal than the present one begins again, and says so', async () => {
    const till = await follow(['Last-Event-ID: 99999']);
    await until(() => till.heard().length >= 2);
    expect(till.heard().map(({ id, name }) => [id, name])).toEqual([
      [99_999, 'ready'],
      [0, 'reset'],
    ]);
    await register('pos-1');
    await until(() => phases(till).length > 0);
  });

  it.each(['x', '-1', '1.5', '9'.repeat(16), '1\r\nLast-Event-ID: 2'])('with the id %j is refused', async (id) => {
    expect(refusalInRaw(await raw(shop.port, lines([`Last-Event-ID: ${id}`, 'Connection: close'])))).toBe(
      '400 bad-event-id Last-Event-ID',
    );
  });

  it('says that it is alive, by the clock', async () => {
    const till = await follow();
    await shop.clock.advance(HEARTBEAT_MS - 1);
    await turn();
    expect(till.comments()).toBe(0);
    await shop.clock.advance(1);
    await until(() => till.comments() === 1);
    await shop.clock.advance(HEARTBEAT_MS);
    await until(() => till.comments() === 2);
  });

  it('ends at once when its token is renewed or revoked, and when the API is switched off', async () => {
    const first = await follow();
    shop.renew();
    await first.ended;
    const second = await follow();
    shop.pos.revokeToken();
    await second.ended;
    shop.renew();
    const third = await follow();
    await shop.pos.switchTo({ enabled: false, port: shop.port });
    await third.ended;
  });

  it('beyond the eighth is refused, until one is closed', async () => {
    for (let n = 0; n < STREAMS_MAX; n += 1) await follow();
    expect(refusalIn(await shop.call('GET', '/v1/events'))).toBe('429 too-many-streams -');
    followers[0]?.socket.destroy();
    let status = '429';
    while (status === '429') {
      await shop.clock.advance(100);
      status = await statusOfStream();
    }
    expect(status).toBe('200');
  });
});

/** Tries to open a stream; returns the first bytes of the answer. */
function statusOfStream(): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ port: shop.port, host: '127.0.0.1' });
    socket.on('data', (chunk: Buffer) => {
      resolve(/ (\d{3}) /.exec(chunk.toString())?.[1] ?? '');
      socket.destroy();
    });
    socket.write(lines([]));
  });
}

describe('a bug in telling', () => {
  it('ends the stream, and neither the order nor the terminal', async () => {
    for (const { socket } of followers.splice(0)) socket.destroy();
    await shop.close();
    let isBroken = false;
    shop = await openPosShop((journal) => ({
      ...journal,
      changedSince: (seq) => {
        if (isBroken && seq < Number.MAX_SAFE_INTEGER) throw new Error('broken');
        return journal.changedSince(seq);
      },
    }));
    const till = await follow();
    isBroken = true;
    expect((await register('pos-1')).status).toBe(201);
    await till.ended;
    isBroken = false;
    expect((await shop.call('GET', '/v1/orders/pos-1')).status).toBe(200);
    expect(JSON.stringify(shop.logged)).toContain('an event stream broke');
  });
});

/** The server's end of a connection that accepts this many writes and then no more, until it is drained. */
class Tap extends EventEmitter {
  room: number;
  destroyed = false;
  readonly texts: string[] = [];
  constructor(room: number) {
    super();
    this.room = room;
  }
  writeHead(): void {
    // Its answers are checked over a real socket.
  }
  write(text: string): boolean {
    this.texts.push(text);
    return this.texts.length < this.room;
  }
  destroy(): void {
    this.destroyed = true;
    this.emit('close');
  }
  get events(): Heard[] {
    return eventsIn(this.texts.join(''));
  }
}

describe('a client that reads slowly', () => {
  const message = (orderId: string): OrderMessage => ({ outTradeNo: orderId }) as OrderMessage;

  function streamsOver(count: number): {
    clock: FakeClock;
    wake: () => Promise<void>;
    open: (tap: Tap, from: number | null) => void;
    loads: string[];
  } {
    const clock = new FakeClock();
    const loads: string[] = [];
    const ids = Array.from({ length: count }, (_, index) => index + 1);
    const posOrders = {
      changedSince: (seq: number) => ({
        seq: count,
        orderIds: ids.filter((id) => id > seq).map((id) => `order-${String(id)}`),
      }),
      load: (orderId: string) => {
        loads.push(orderId);
        return message(orderId);
      },
    };
    const streams = eventStreams(posOrders, clock, silentLog);
    return {
      clock,
      loads,
      open: (tap, from) => void streams.open(tap as unknown as ServerResponse, from),
      wake: async () => {
        streams.wake();
        await turn();
      },
    };
  }

  it('is told no more than it takes, is told the rest when it reads on, and misses nothing', async () => {
    const { open, wake, loads } = streamsOver(10);
    const tap = new Tap(4);
    open(tap, 0);
    expect(tap.events.map(({ id, name }) => [id, name])).toEqual([
      [0, 'ready'],
      [0, 'order'],
      [0, 'order'],
      [0, 'order'],
    ]);
    for (let n = 0; n < 100; n += 1) await wake();
    expect([tap.texts.length, loads.length]).toEqual([4, 3]);
    tap.room = 100;
    tap.emit('drain');
    expect(tap.events.slice(1).map(({ data }) => (data as OrderMessage).outTradeNo)).toEqual(
      Array.from({ length: 10 }, (_, index) => `order-${String(index + 1)}`),
    );
    // Only the last event of a round advances the id: a follower that breaks off within a round gets the round again.
    expect(tap.events.slice(1).map(({ id }) => id)).toEqual([...Array.from({ length: 9 }, () => 0), 10]);
  });

  it('and then not at all is dropped after half a minute', async () => {
    const { clock, open } = streamsOver(10);
    const tap = new Tap(2);
    open(tap, 0);
    await clock.advance(STALL_MS - 1);
    expect(tap.destroyed).toBe(false);
    await clock.advance(1);
    expect([tap.destroyed, tap.texts.length]).toEqual([true, 2]);
    expect(clock.pending).toBe(0);
  });

  it('and goes on in time is not dropped', async () => {
    const { clock, open } = streamsOver(3);
    const tap = new Tap(2);
    open(tap, 0);
    await clock.advance(STALL_MS - 1);
    tap.room = 100;
    tap.emit('drain');
    await clock.advance(STALL_MS);
    expect(tap.destroyed).toBe(false);
  });

  it('was away for too long to be told everything, and hears that instead', () => {
    const { open, loads } = streamsOver(CATCH_UP_MAX + 1);
    const tap = new Tap(100);
    open(tap, 0);
    expect([tap.events.map(({ id, name }) => [id, name]), loads]).toEqual([
      [
        [0, 'ready'],
        [CATCH_UP_MAX + 1, 'reset'],
      ],
      [],
    ]);
  });
});
