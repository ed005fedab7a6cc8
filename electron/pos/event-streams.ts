/**
 * Orders as Server-Sent Events. A stream keeps no queue of its own: the journal is the queue, and the stream remembers how
 * far it has told it. Who reads slowly is told later and less often, and who stops reading is dropped.
 */
import type { ServerResponse } from 'node:http';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { PosDesk } from './desk.ts';
import { refusal, type Refusal } from './refusal.ts';

/** One stream carries every order; more than a few are a mistake. */
export const STREAMS_MAX = 8;
/** So that both ends notice a dead connection. */
export const HEARTBEAT_MS = 15_000;
/** A client that has read nothing for this long while something waits for it is gone, or as good as. */
export const STALL_MS = 30_000;
/** Whoever was away for more orders than this is better off asking for what is unsettled. */
export const CATCH_UP_MAX = 500;

export interface EventStreams {
  /** Begins to tell. `fromSeq`: the last event that the client has heard, `null` for one that begins now. */
  open(response: ServerResponse, fromSeq: number | null): Refusal | null;
  /** Some order has changed. */
  wake(): void;
  closeAll(): void;
}

interface Stream {
  readonly response: ServerResponse;
  /** The journal's entry up to which everything has been told. */
  told: number;
  /** The one up to which `waiting` goes: orders that have changed since `told`, and are still to be told. */
  seq: number;
  waiting: readonly string[];
  blocked: boolean;
  stopStall: () => void;
}

/** The id of the last event, as a browser's EventSource would send it. `undefined`: it is no id. */
export function eventIdOf(header: string | undefined): number | null | undefined {
  if (header === undefined) return null;
  return /^\d{1,15}$/.test(header) ? Number(header) : undefined;
}

export function eventStreams(desk: Pick<PosDesk, 'changedSince' | 'load'>, clock: Clock, log: Log): EventStreams {
  const streams = new Set<Stream>();
  let stopBeat = (): void => undefined;
  let woken = false;

  const drop = (stream: Stream): void => {
    if (!streams.delete(stream)) return;
    stream.stopStall();
    stream.response.destroy();
    if (streams.size === 0) stopBeat();
  };

  const write = (stream: Stream, text: string): void => {
    if (stream.response.write(text)) return;
    stream.blocked = true;
    stream.stopStall = clock.after(STALL_MS, () => {
      log.warn({ told: stream.told }, 'an event stream was not read and has been dropped');
      drop(stream);
    });
  };

  /** Until the last event of a round the id stays the old one: whoever breaks off within it hears the round again. */
  const tellWaiting = (stream: Stream): void => {
    while (!stream.blocked && stream.waiting.length > 0) {
      const [orderId = '', ...rest] = stream.waiting;
      stream.waiting = rest;
      const order = desk.load(orderId);
      if (order !== null) write(stream, event('order', rest.length === 0 ? stream.seq : stream.told, order));
    }
    if (stream.waiting.length === 0) stream.told = stream.seq;
  };

  const tell = (stream: Stream): void => {
    tellWaiting(stream);
    if (stream.blocked) return;
    const { seq, orderIds } = desk.changedSince(stream.told);
    const isLost = orderIds.length > CATCH_UP_MAX || seq < stream.told;
    stream.seq = seq;
    stream.waiting = isLost ? [] : orderIds;
    if (isLost) write(stream, event('reset', seq, {}));
    tellWaiting(stream);
  };

  const drained = (stream: Stream): void => {
    stream.stopStall();
    stream.blocked = false;
    guarded(stream, () => {
      tell(stream);
    });
  };

  /** Telling must never disturb what is told of: a bug here ends the stream and nothing else. */
  const guarded = (stream: Stream, act: () => void): void => {
    try {
      if (streams.has(stream)) act();
    } catch (error) {
      log.error({ error }, 'an event stream broke');
      drop(stream);
    }
  };

  const beat = (): void => {
    stopBeat = clock.after(HEARTBEAT_MS, () => {
      for (const stream of [...streams]) if (!stream.blocked) write(stream, ': still here\n\n');
      if (streams.size > 0) beat();
    });
  };

  return {
    open(response, fromSeq) {
      if (streams.size >= STREAMS_MAX) return refusal('too-many-streams');
      const { seq } = desk.changedSince(Number.MAX_SAFE_INTEGER);
      const from = fromSeq ?? seq;
      const stream: Stream = {
        response,
        told: from,
        seq: from,
        waiting: [],
        blocked: false,
        stopStall: () => undefined,
      };
      response.on('close', () => {
        drop(stream);
      });
      response.on('drain', () => {
        drained(stream);
      });
      response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
      if (streams.size === 0) beat();
      streams.add(stream);
      write(stream, `retry: 2000\n${event('ready', from, { api: 1 })}`);
      guarded(stream, () => {
        tell(stream);
      });
      return null;
    },
    wake() {
      if (woken) return;
      woken = true;
      // Not within the engine's own write: what is told here must not hold it up.
      setImmediate(() => {
        woken = false;
        for (const stream of [...streams]) {
          guarded(stream, () => {
            tell(stream);
          });
        }
      });
    },
    closeAll() {
      for (const stream of [...streams]) drop(stream);
    },
  };
}

const event = (name: string, id: number, data: object): string =>
  `id: ${String(id)}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
