/** The checks on a request's head before anything of it is done, in order. */
import type { Clock } from '../base/clock.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { refusal, type Refusal } from './refusal.ts';
import { routeOf, type Route } from './route.ts';
import { carries, type KeptToken } from './token.ts';

export interface Head {
  readonly remoteAddress: string | undefined;
  readonly method: string;
  readonly target: string;
  /** Every value of every header, by lower-case name. */
  readonly headers: Readonly<Record<string, readonly string[] | undefined>>;
}

export interface Admitted {
  readonly route: Route;
  /** The id of the token that asks; empty if the route needs none. */
  readonly tokenId: string;
}

/**
 * A till asks a few times per payment. This limit is far above that, and far below what a person at the screen would
 * notice.
 */
export const REQUEST_PACE = { burst: 40, perSecond: 20 };
/** A token cannot be guessed (256 bits). This limit stops a program with an old token from filling the log. */
export const FAILURE_PACE = { burst: 5, perSecond: 0.2 };

interface Pace {
  readonly burst: number;
  readonly perSecond: number;
}

/** Takes one from a token bucket: 0 where there was one, otherwise after how many ms there will be. */
type Take = () => number;

/** A bucket that begins full. It counts on the monotonic clock: setting the time fills nothing. */
function bucket(clock: Clock, { burst, perSecond }: Pace): Take {
  let left = burst;
  let atMs = clock.read().monoMs;
  return () => {
    const nowMs = clock.read().monoMs;
    left = Math.min(burst, left + ((nowMs - atMs) / 1_000) * perSecond);
    atMs = nowMs;
    if (left < 1) return Math.ceil(((1 - left) / perSecond) * 1_000);
    left -= 1;
    return 0;
  };
}

/** `tokenNow` is the one that is good at that moment; each has a pace of its own, and failing costs others nothing. */
export function gate(
  clock: Clock,
  port: number,
  tokenNow: () => KeptToken | null,
): (head: Head) => Result<Admitted, Refusal> {
  const open = bucket(clock, REQUEST_PACE);
  const failures = bucket(clock, FAILURE_PACE);
  let pace = { tokenId: '', take: open };

  const known = ({ headers }: Head): Result<string, Refusal> => {
    const token = tokenNow();
    const sent = headers['authorization'];
    if (token === null || sent?.length !== 1 || !carries(sent[0], token)) {
      const waitMs = failures();
      return fail(
        waitMs === 0
          ? refusal('unauthorized', 'Authorization')
          : { ...refusal('too-many-requests'), retryAfterMs: waitMs },
      );
    }
    if (pace.tokenId !== token.id) pace = { tokenId: token.id, take: bucket(clock, REQUEST_PACE) };
    return inPace(pace.take, token.id);
  };

  return (head) => {
    const stranger = strangerBy(head, port);
    if (stranger !== null) return fail(stranger);
    const route = routeOf(head.method, head.target);
    if (!route.ok) return route;
    // Any program on this terminal may learn that the API is there; the open port shows as much.
    const tokenId = route.value.name === 'health' ? inPace(open, '') : known(head);
    return tokenId.ok ? ok({ route: route.value, tokenId: tokenId.value }) : tokenId;
  };
}

function inPace(take: Take, tokenId: string): Result<string, Refusal> {
  const waitMs = take();
  return waitMs === 0 ? ok(tokenId) : fail({ ...refusal('too-many-requests'), retryAfterMs: waitMs });
}

/** Not a program on this terminal that wants to talk to us: another machine, a rebound name, a web page. */
function strangerBy({ remoteAddress, headers }: Head, port: number): Refusal | null {
  if (!/^127(\.\d{1,3}){3}$/.test(remoteAddress ?? '')) return refusal('not-loopback');
  const hosts = headers['host'] ?? [];
  const own = [`127.0.0.1:${String(port)}`, `localhost:${String(port)}`];
  if (hosts.length !== 1 || !own.includes(hosts[0] ?? '')) return refusal('wrong-host', 'Host');
  if (headers['origin'] !== undefined) return refusal('from-a-browser', 'Origin');
  const site = headers['sec-fetch-site'];
  return site === undefined || (site.length === 1 && site[0] === 'none')
    ? null
    : refusal('from-a-browser', 'Sec-Fetch-Site');
}
