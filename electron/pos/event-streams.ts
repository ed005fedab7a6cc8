/** Orders as Server-Sent Events: all open streams, and what wakes them. */
import type { ServerResponse } from 'node:http';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { PosOrders } from './pos-orders.ts';
import { eventStream, type EventStream } from './event-stream.ts';
import { refusal, type Refusal } from './refusal.ts';

/** One stream carries every order; more than a few are a mistake. */
export const STREAMS_MAX = 8;
/** So that both ends notice a dead connection. */
export const HEARTBEAT_MS = 15_000;

export interface EventStreams {
  /** Starts to send. `fromSeq`: the last event that the client received, `null` for a client that starts now. */
  open(response: ServerResponse, fromSeq: number | null): Refusal | null;
  /** Some order has changed. */
  wake(): void;
  closeAll(): void;
}

/** The id of the last event, as a browser's EventSource would send it. `undefined`: it is not an id. */
export function eventIdOf(header: string | undefined): number | null | undefined {
  if (header === undefined) return null;
  return /^\d{1,15}$/.test(header) ? Number(header) : undefined;
}

export function eventStreams(
  posOrders: Pick<PosOrders, 'changedSince' | 'load'>,
  clock: Clock,
  log: Log,
): EventStreams {
  const streams = new Set<EventStream>();
  let stopBeat = (): void => undefined;
  let woken = false;

  const beat = (): void => {
    stopBeat = clock.after(HEARTBEAT_MS, () => {
      for (const stream of [...streams]) stream.beat();
      if (streams.size > 0) beat();
    });
  };

  return {
    open(response, fromSeq) {
      if (streams.size >= STREAMS_MAX) return refusal('too-many-streams');
      const { seq } = posOrders.changedSince(Number.MAX_SAFE_INTEGER);
      const stream = eventStream({ response, from: fromSeq ?? seq, posOrders, clock, log }, () => {
        streams.delete(stream);
        if (streams.size === 0) stopBeat();
      });
      if (streams.size === 0) beat();
      streams.add(stream);
      stream.begin();
      return null;
    },
    wake() {
      if (woken) return;
      woken = true;
      // Not during the engine's own write: sending must not delay it.
      setImmediate(() => {
        woken = false;
        for (const stream of [...streams]) stream.notify();
      });
    },
    closeAll() {
      for (const stream of [...streams]) stream.end();
    },
  };
}
