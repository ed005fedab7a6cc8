/**
 * Secured connections that carry no call of the gateway's, such as those to the feed of updates. They go the same way as
 * the calls, and the other end is checked in the same way.
 */
import type { TLSSocket } from 'node:tls';
import type { Result } from '../../shared/result.ts';
import type { Clock } from '../base/clock.ts';
import { dial } from './dial.ts';
import { secureContextOf } from './tls-trust.ts';
import type { Way } from './way.ts';

export interface Wanted {
  /** A name or an address; an IPv6 address is without brackets. */
  readonly host: string;
  readonly port: number;
  /** PEM; `null` for the built-in authorities. */
  readonly caPem: string | null;
  readonly withinMs: number;
}

/** Calls `done` once; the function that it returns gives up. The time limit is the caller's, as with `dial`. */
export type Connect = (wanted: Wanted, done: (result: Result<TLSSocket, Error>) => void) => (why: Error) => void;

export const connectThrough =
  (way: Way, clock: Clock): Connect =>
  ({ host, port, caPem, withinMs }, done) =>
    dial(
      {
        host,
        port,
        proxy: way.proxyFor(host),
        tls: { secureContext: secureContextOf(caPem, null), rejectUnauthorized: true },
        withinMs,
        clock,
        lookup: way.lookup,
      },
      done,
    );
