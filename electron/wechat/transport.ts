/** The only file that sends anything to the gateway: one HTTPS POST under a deadline, over mutual TLS. */
import { request, type Agent } from 'node:https';
import { TLSSocket } from 'node:tls';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { IDLE_CONNECTION_MS, REPLY_BYTES_MAX } from '../../shared/timing.ts';
import type { NoAnswer } from '../../shared/order/order.ts';
import type { Clock } from '../base/clock.ts';
import { OpenAheadAgent, type CallOptions } from './open-ahead-agent.ts';
import { tlsSessions } from './tls-sessions.ts';
import { codeOf, reasonOf, secureContextOf, type TlsIdentity } from './tls-trust.ts';
import { directWay, type Way } from './way.ts';

export type { TlsIdentity } from './tls-trust.ts';

export interface Limits {
  readonly connectTimeoutMs: number;
  readonly callTimeoutMs: number;
}

/**
 * The whole body, or the reason why there is none. `not-sent` and `server-not-trusted` guarantee that no byte of the
 * call left.
 */
export type Delivery = Delivered<Uint8Array>;
export type Delivered<Body> =
  | { readonly ok: true; readonly body: Body }
  | { readonly ok: false; readonly why: NoAnswer; readonly text: string | null };

/**
 * [Note: Alone] A reply belongs to the request before it on the same connection, and nothing else shows that. If a
 * reply comes twice, the second copy looks like the answer to the next call, although the server never saw that call.
 * So a call whose reply does not name its order goes `alone`: on a connection that has carried no other call and will
 * carry none.
 */
export interface Transport {
  /**
   * Never throws and always ends within `callTimeoutMs`. `onLeft` runs when the last byte went to the network. Nothing
   * leaves once the call's time is over, nor at or after `leaveByMonoMs` (monotonic). A process that stood still for
   * hours may find its connection ready before it notices that its deadline has passed. See [Note: Alone].
   */
  post(url: string, body: string, onLeft?: () => void, alone?: boolean, leaveByMonoMs?: number): Promise<Delivery>;
  /**
   * Opens a connection ahead of time, so that the next such call to that origin needs one round trip. Failures are not
   * reported: the call itself will meet and report them.
   */
  open(origin: string, alone?: boolean): void;
  close(): void;
}

/**
 * Keep-alive connections with the merchant's certificate. The server's name and chain are always checked. If a name has
 * several addresses, any address that answers within `connectTimeoutMs` is accepted.
 */
export function httpsTransport(identity: TlsIdentity, limits: Limits, clock: Clock, way: Way = directWay): Transport {
  // Built once: Node would parse the PEM texts again for each connection, and keep them in memory until garbage
  // collection.
  const secureContext = secureContextOf(identity.caPem, identity);
  const sessions = tlsSessions();
  const agentThat = (keepAlive: boolean): OpenAheadAgent =>
    new OpenAheadAgent(
      { keepAlive, timeout: IDLE_CONNECTION_MS, scheduling: 'lifo', rejectUnauthorized: true, secureContext },
      { sessions, clock, way, withinMs: limits.connectTimeoutMs },
    );
  const shared = agentThat(true);
  const single = agentThat(false);
  return {
    post: async (url, body, onLeft, alone = false, leaveByMonoMs = Infinity) => {
      const delivery = await post(alone ? single : shared, limits, clock, url, Buffer.from(body, 'utf8'), {
        onLeft,
        leaveByMonoMs,
        read,
      });
      // What ended one connection has probably ended the idle ones too. The next call must not be the one to find that
      // out.
      if (!delivery.ok && (delivery.why === 'timeout' || delivery.why === 'broken')) {
        shared.dropIdle();
        single.dropIdle();
      }
      return delivery;
    },
    open: (origin, alone = false) => {
      (alone ? single : shared).openAhead(new URL(origin));
    },
    close: () => {
      shared.destroy();
      single.destroy();
    },
  };
}

/** A reply that may be long, as it comes: `take` reads it and says what it was. */
export interface Download {
  /** Ends within the call's limit, or once nothing has come for a while. By then `take` has ended, too. */
  post<Taken>(url: string, body: string, take: (reply: IncomingMessage) => Promise<Taken>): Promise<Delivered<Taken>>;
  close(): void;
}

/**
 * The same checks of the server and the same certificate, on connections of their own that carry one call each: nothing
 * that happens to a long reply touches the connections of orders.
 */
export function httpsDownload(
  identity: TlsIdentity,
  limits: Limits & { readonly silenceMs: number },
  clock: Clock,
  way: Way = directWay,
): Download {
  const secureContext = secureContextOf(identity.caPem, identity);
  const agent = new OpenAheadAgent(
    { keepAlive: false, rejectUnauthorized: true, secureContext },
    { sessions: tlsSessions(), clock, way, withinMs: limits.connectTimeoutMs },
  );
  return {
    async post<Taken>(url: string, body: string, take: (reply: IncomingMessage) => Promise<Taken>) {
      let taking: Promise<unknown> = Promise.resolve();
      const takeIn = (response: IncomingMessage, end: (delivered: Delivered<Taken>) => void): void => {
        if (response.statusCode !== 200) {
          read(response, (refused) => {
            // Another status is never a reply.
            if (!refused.ok) end(refused);
          });
          return;
        }
        response.setTimeout(limits.silenceMs, () => {
          end({ ok: false, why: 'timeout', text: 'silence' });
        });
        taking = take(response).then((taken) => {
          if (response.complete) end({ ok: true, body: taken });
          else end({ ok: false, why: 'broken', text: null });
        });
      };
      const delivered = await post(agent, limits, clock, url, Buffer.from(body, 'utf8'), { read: takeIn });
      // What it was written to is free again.
      await taking;
      return delivered;
    },
    close: () => {
      agent.destroy();
    },
  };
}

interface PostOptions<Body> {
  readonly onLeft?: (() => void) | undefined;
  readonly leaveByMonoMs?: number;
  readonly read: (response: IncomingMessage, end: (delivered: Delivered<Body>) => void) => void;
}

function post<Body>(
  agent: Agent,
  { connectTimeoutMs, callTimeoutMs }: Limits,
  clock: Clock,
  url: string,
  body: Buffer,
  { onLeft, leaveByMonoMs = Infinity, read }: PostOptions<Body>,
): Promise<Delivered<Body>> {
  return new Promise((resolve) => {
    let connected = false;
    const overMonoMs = Math.min(leaveByMonoMs, clock.read().monoMs + callTimeoutMs);
    const givenUp = new AbortController();
    const options: CallOptions = {
      agent,
      givenUp: givenUp.signal,
      method: 'POST',
      headers: { 'content-type': 'text/xml; charset=utf-8', 'content-length': body.byteLength, accept: 'text/xml' },
    };
    const call = request(url, options);

    const end = (delivery: Delivered<Body>): void => {
      stopConnectTimer();
      stopCallTimer();
      call.removeAllListeners('error').on('error', ignoreAfterEnd);
      if (!delivery.ok) {
        call.destroy();
        givenUp.abort();
      }
      resolve(delivery);
    };
    const giveUp = (why: NoAnswer, text: string | null): void => {
      const nothingLeft = !connected && (why === 'timeout' || why === 'broken');
      end({ ok: false, why: nothingLeft ? 'not-sent' : why, text });
    };
    const stopConnectTimer = clock.after(connectTimeoutMs, () => {
      if (!connected) giveUp('timeout', 'connect');
    });
    const stopCallTimer = clock.after(callTimeoutMs, () => {
      giveUp('timeout', null);
    });

    whenConnected(call, () => {
      if (clock.read().monoMs >= overMonoMs) {
        giveUp('timeout', 'too late to leave');
        return;
      }
      connected = true;
      // Bytes may leave only now. Had they been handed over before, a call whose connection never came would count as
      // sent.
      call.end(body, onLeft);
    });
    call.on('error', (error) => {
      giveUp(reasonOf(error), codeOf(error));
    });
    call.on('response', (response) => {
      read(response, end);
    });
    call.on('upgrade', (_response, socket) => {
      socket.destroy();
      giveUp('broken', 'upgrade');
    });
  });
}

const ignoreAfterEnd = (): void => {
  // The call's result is given already. What its socket reports while it closes changes nothing.
};

function whenConnected(call: ClientRequest, act: () => void): void {
  call.once('socket', (socket) => {
    // A kept-alive connection is secured already, and so may be one that was opened ahead.
    if (socket instanceof TLSSocket && socket.authorized) act();
    else socket.once('secureConnect', act);
  });
}

function read(response: IncomingMessage, end: (delivery: Delivery) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  const refuse = (why: NoAnswer, text: string | null): void => {
    end({ ok: false, why, text });
  };
  response.on('data', (chunk: Buffer) => {
    size += chunk.byteLength;
    if (size > REPLY_BYTES_MAX) refuse('too-large', null);
    else chunks.push(chunk);
  });
  response.on('error', (error) => {
    refuse('broken', codeOf(error));
  });
  response.on('end', () => {
    const body = Buffer.concat(chunks);
    const status = response.statusCode ?? 0;
    if (!response.complete) refuse('broken', null);
    else if (status === 200) end({ ok: true, body });
    else if (/ssl certificate/i.test(body.toString('latin1'))) refuse('certificate-refused', `HTTP ${String(status)}`);
    else refuse('http-status', `HTTP ${String(status)}`);
  });
}
