/**
 * One stream of orders. It keeps no queue of its own: the journal is the queue, and the stream remembers how far it has
 * sent it. A slow reader gets events later and fewer of them. A reader that stops reading is dropped.
 */
import type { ServerResponse } from 'node:http';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { PosOrders } from './pos-orders.ts';

/** A client that has read nothing for this long while something waits for it counts as gone. */
export const STALL_MS = 30_000;
/** A client that missed more orders than this should request the unsettled orders instead. */
export const CATCH_UP_MAX = 500;

export interface EventStream {
  /** Greets the client, and sends what there is. */
  begin(): void;
  /** Sends what has changed since. */
  notify(): void;
  /** A sign of life, if nothing waits to be read. */
  beat(): void;
  end(): void;
}

export interface EventStreamParts {
  readonly response: ServerResponse;
  /** The journal's entry from which on everything is sent. */
  readonly from: number;
  readonly posOrders: Pick<PosOrders, 'changedSince' | 'load'>;
  readonly clock: Clock;
  readonly log: Log;
}

export function eventStream(
  { response, from, posOrders, clock, log }: EventStreamParts,
  onEnd: () => void,
): EventStream {
  let ended = false;

  const end = (): void => {
    if (ended) return;
    ended = true;
    reader.stop();
    response.destroy();
    onEnd();
  };
  const reader = readerOf(response, clock, () => {
    log.warn({ told: changes.told() }, 'an event stream was not read and has been dropped');
    end();
  });

  const changes = changesSince(from, posOrders, reader);

  /** Sending must never disturb the orders themselves: a bug here ends only the stream. */
  const notify = (): void => {
    try {
      if (!ended) changes.send();
    } catch (error) {
      log.error({ error }, 'an event stream broke');
      end();
    }
  };

  return {
    begin() {
      response.on('close', end);
      response.on('drain', () => {
        reader.drained();
        notify();
      });
      response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
      reader.write(`retry: 2000\n${event('ready', from, { api: 1 })}`);
      notify();
    },
    notify,
    beat() {
      if (!reader.isBehind()) reader.write(': still here\n\n');
    },
    end,
  };
}

/** Sends each order that has changed, as far as the client keeps up. `from`: the journal's entry that it knows. */
function changesSince(
  from: number,
  posOrders: EventStreamParts['posOrders'],
  reader: ReturnType<typeof readerOf>,
): { readonly send: () => void; readonly told: () => number } {
  /** The journal's entry up to which everything has been sent. */
  let told = from;
  /** The entry up to which `waiting` goes: orders that have changed since `told` and must still be sent. */
  let upTo = from;
  let waiting: readonly string[] = [];

  /**
   * Until the last event of a round the id stays the old one. So a client that disconnects during a round gets the
   * whole round again.
   */
  const sendWaiting = (): void => {
    while (!reader.isBehind() && waiting.length > 0) {
      const [orderId = '', ...rest] = waiting;
      waiting = rest;
      const order = posOrders.load(orderId);
      if (order !== null) reader.write(event('order', rest.length === 0 ? upTo : told, order));
    }
    if (waiting.length === 0) told = upTo;
  };

  return {
    told: () => told,
    send() {
      sendWaiting();
      if (reader.isBehind()) return;
      const { seq, orderIds } = posOrders.changedSince(told);
      const isLost = orderIds.length > CATCH_UP_MAX || seq < told;
      upTo = seq;
      waiting = isLost ? [] : orderIds;
      if (isLost) reader.write(event('reset', seq, {}));
      sendWaiting();
    },
  };
}

/** The client at the other end. `onStall`: it has read nothing for too long while something waited for it. */
function readerOf(
  response: ServerResponse,
  clock: Clock,
  onStall: () => void,
): {
  readonly write: (text: string) => void;
  /** Something waits to be read; until it is read, nothing more is written. */
  readonly isBehind: () => boolean;
  readonly drained: () => void;
  readonly stop: () => void;
} {
  let behind = false;
  let stopStall = (): void => undefined;
  return {
    write(text) {
      if (response.write(text)) return;
      behind = true;
      stopStall = clock.after(STALL_MS, onStall);
    },
    isBehind: () => behind,
    drained() {
      stopStall();
      behind = false;
    },
    stop() {
      stopStall();
    },
  };
}

const event = (name: string, id: number, data: object): string =>
  `id: ${String(id)}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
