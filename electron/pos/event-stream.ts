/**
 * One stream of orders. It keeps no queue of its own: the journal is the queue, and the stream remembers how far it has
 * sent it. A slow reader gets events later and fewer of them. A reader that stops reading is dropped.
 */
import type { ServerResponse } from 'node:http';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { PosDesk } from './desk.ts';

/** A client that has read nothing for this long while something waits for it counts as gone. */
export const STALL_MS = 30_000;
/** A client that missed more orders than this should request the unsettled orders instead. */
export const CATCH_UP_MAX = 500;

export interface EventStream {
  /** Greets the client, and sends what there is. */
  begin(): void;
  /** Sends what has changed since. */
  tell(): void;
  /** A sign of life, if nothing waits to be read. */
  beat(): void;
  end(): void;
}

export interface EventStreamParts {
  readonly response: ServerResponse;
  /** The journal's entry from which on everything is sent. */
  readonly from: number;
  readonly desk: Pick<PosDesk, 'changedSince' | 'load'>;
  readonly clock: Clock;
  readonly log: Log;
}

export function eventStream({ response, from, desk, clock, log }: EventStreamParts, onEnd: () => void): EventStream {
  /** The journal's entry up to which everything has been sent. */
  let told = from;
  /** The entry up to which `waiting` goes: orders that have changed since `told` and must still be sent. */
  let upTo = from;
  let waiting: readonly string[] = [];
  let ended = false;

  const end = (): void => {
    if (ended) return;
    ended = true;
    reader.stop();
    response.destroy();
    onEnd();
  };
  const reader = readerOf(response, clock, () => {
    log.warn({ told }, 'an event stream was not read and has been dropped');
    end();
  });

  /**
   * Until the last event of a round the id stays the old one. So a client that disconnects during a round gets the
   * whole round again.
   */
  const tellWaiting = (): void => {
    while (!reader.isBehind() && waiting.length > 0) {
      const [orderId = '', ...rest] = waiting;
      waiting = rest;
      const order = desk.load(orderId);
      if (order !== null) reader.write(event('order', rest.length === 0 ? upTo : told, order));
    }
    if (waiting.length === 0) told = upTo;
  };

  const tellNews = (): void => {
    tellWaiting();
    if (reader.isBehind()) return;
    const { seq, orderIds } = desk.changedSince(told);
    const isLost = orderIds.length > CATCH_UP_MAX || seq < told;
    upTo = seq;
    waiting = isLost ? [] : orderIds;
    if (isLost) reader.write(event('reset', seq, {}));
    tellWaiting();
  };

  /** Sending must never disturb the orders themselves: a bug here ends only the stream. */
  const tell = (): void => {
    try {
      if (!ended) tellNews();
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
        tell();
      });
      response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
      reader.write(`retry: 2000\n${event('ready', from, { api: 1 })}`);
      tell();
    },
    tell,
    beat() {
      if (!reader.isBehind()) reader.write(': still here\n\n');
    },
    end,
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
