/** The local API itself: an HTTP/1.1 server on 127.0.0.1 for the till software on the same terminal. */
import { createServer, STATUS_CODES, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { fail, ok, unreachable, type Result } from '../../shared/result.ts';
import { bodyOf, nothingIn, posOrderOf, posPaymentOf } from './body.ts';
import type { PosOrders, Registered } from './pos-orders.ts';
import { eventIdOf, eventStreams, type EventStreams } from './event-streams.ts';
import { gate, type Admitted, type Head } from './gate.ts';
import { refusal, replyTo, type Refusal, type RefusalCode, type Reply } from './refusal.ts';
import type { KeptToken } from './token.ts';

/**
 * No request of a till takes longer than this to arrive. A program that is slow on purpose cannot hold a connection for
 * long.
 */
export const POS_LIMITS = {
  headersMs: 3_000,
  requestMs: 5_000,
  idleMs: 5_000,
  connectionsMax: 32,
  headerBytesMax: 8 * 1024,
};
export type PosLimits = typeof POS_LIMITS;

export interface PosServerParts {
  readonly posOrders: PosOrders;
  readonly clock: Clock;
  readonly log: Log;
  /** 0 for any free port. */
  readonly port: number;
  readonly tokenNow: () => KeptToken | null;
  readonly limits?: PosLimits;
}

export interface PosServer {
  readonly port: number;
  /** Some order has changed: the streams check. */
  wake(): void;
  /** Ends every stream: their clients may have lost the right to listen. */
  endStreams(): void;
  close(): Promise<void>;
}

export type ListenProblem = 'port-in-use' | 'port-refused';

/** Only IPv4's loopback: one address to check, and no name to resolve. */
const LOOPBACK = '127.0.0.1';

/** Listens, or returns why it cannot. */
export async function startPosServer(parts: PosServerParts): Promise<Result<PosServer, ListenProblem>> {
  const { clock, log, posOrders, tokenNow, limits = POS_LIMITS } = parts;
  const streams = eventStreams(posOrders, clock, log);
  const server = createServer({
    maxHeaderSize: limits.headerBytesMax,
    headersTimeout: limits.headersMs,
    requestTimeout: limits.requestMs,
    keepAliveTimeout: limits.idleMs,
    connectionsCheckingInterval: Math.min(1_000, limits.headersMs),
    // The gate reports in words what is wrong with it.
    requireHostHeader: false,
  });
  server.maxConnections = limits.connectionsMax;
  server.on('clientError', (error, socket) => {
    refuseRaw(socket, 'code' in error ? String(error.code) : '');
  });
  const listening = await listen(server, parts.port);
  if (!listening.ok) return listening;
  const port = listening.value;
  const serving = { posOrders, log, streams, admit: gate(clock, port, tokenNow) };

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    response.on('error', () => {
      // The caller went away. Everything that was done is on disk, and the next call shows it.
    });
    answer(serving, request, response).catch((error: unknown) => {
      log.error({ error }, 'the till software’s request broke');
      if (response.headersSent) response.destroy();
      else send(response, replyTo(refusal('bug')));
    });
  });

  return ok({
    port,
    wake: () => {
      streams.wake();
    },
    endStreams: () => {
      streams.closeAll();
    },
    close: () =>
      new Promise((resolve) => {
        streams.closeAll();
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  });
}

interface Serving {
  readonly posOrders: PosOrders;
  readonly log: Log;
  readonly streams: EventStreams;
  readonly admit: ReturnType<typeof gate>;
}

async function answer(serving: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { posOrders, log, streams, admit } = serving;
  common(response);
  const admitted = admit(headOf(request));
  if (!admitted.ok) {
    if (admitted.error.code === 'unauthorized') log.warn({}, 'the till software’s token was missing or wrong');
    // The rest of the body is thrown away, so that the caller gets to read the reply.
    request.resume();
    send(response, replyTo(admitted.error));
    return;
  }
  const body = await bodyOf(request);
  if (body === null) return;
  if (!body.ok) send(response, replyTo(body.error));
  else if (admitted.value.route.name === 'events') follow(streams, request, response);
  else {
    const reply = replyOf(posOrders, admitted.value, body.value);
    send(response, reply.ok ? reply.value : replyTo(reply.error));
  }
}

function follow(streams: EventStreams, request: IncomingMessage, response: ServerResponse): void {
  const [header, ...more] = request.headersDistinct['last-event-id'] ?? [];
  const fromSeq = more.length > 0 ? undefined : eventIdOf(header);
  const refused = fromSeq === undefined ? refusal('bad-event-id', 'Last-Event-ID') : streams.open(response, fromSeq);
  if (refused !== null) send(response, replyTo(refused));
}

function listen(server: Server, port: number): Promise<Result<number, ListenProblem>> {
  return new Promise((resolve) => {
    server.once('error', (error) => {
      resolve(fail('code' in error && error.code === 'EADDRINUSE' ? 'port-in-use' : 'port-refused'));
    });
    server.listen({ host: LOOPBACK, port, exclusive: true }, () => {
      const address = server.address();
      resolve(ok(typeof address === 'object' && address !== null ? address.port : port));
    });
  });
}

function headOf({ socket, method = '', url = '', headersDistinct }: IncomingMessage): Head {
  return { remoteAddress: socket.remoteAddress, method, target: url, headers: headersDistinct };
}

/** What the API does, once the caller and the request are known. */
function replyOf(posOrders: PosOrders, { route, tokenId }: Admitted, body: unknown): Result<Reply, Refusal> {
  switch (route.name) {
    case 'register': {
      const order = posOrderOf(body, posOrders.wallOfLate());
      if (!order.ok) return order;
      return registeredReply(posOrders.register(order.value, tokenId));
    }
    case 'pay': {
      const payment = posPaymentOf(body);
      return payment.ok ? registeredReply(posOrders.pay(payment.value, tokenId)) : payment;
    }
    case 'act': {
      const empty = nothingIn(body);
      if (!empty.ok) return empty;
      const done = posOrders.act(route.number, route.act, tokenId);
      return done.ok ? ok(reply(200, done.value)) : done;
    }
    case 'order': {
      const order = posOrders.find(route.number);
      return order === null ? fail(refusal('order-not-found', 'number')) : ok(reply(200, order));
    }
    case 'unsettled':
      return ok(reply(200, { orders: posOrders.unsettled() }));
    case 'health':
      return ok(reply(200, { name: 'facepay-kiosk', api: 1 }));
    case 'events':
      return fail(refusal('bug'));
    default:
      return unreachable(route);
  }
}

const registeredReply = (registered: Result<Registered, Refusal>): Result<Reply, Refusal> =>
  registered.ok ? ok(reply(registered.value.isNew ? 201 : 200, registered.value.order)) : registered;

const reply = (status: number, body: object): Reply => ({ status, headers: {}, body });

function common(response: ServerResponse): void {
  response.setHeader('cache-control', 'no-store');
  response.setHeader('x-content-type-options', 'nosniff');
}

function send(response: ServerResponse, { status, headers, body }: Reply): void {
  const text = `${JSON.stringify(body)}\n`;
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    ...headers,
  });
  response.end(text);
}

const RAW_PROBLEMS: Readonly<Record<string, RefusalCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 'too-slow',
  HPE_HEADER_OVERFLOW: 'headers-too-large',
};

/** If it is not HTTP, or came too slowly, there is no request to reply to. */
function refuseRaw(socket: Duplex, code: string): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const { status, body } = replyTo(refusal(RAW_PROBLEMS[code] ?? 'bad-request'));
  const text = `${JSON.stringify(body)}\n`;
  socket.end(
    `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}\r\nconnection: close\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${String(Buffer.byteLength(text))}\r\n\r\n${text}`,
    () => {
      socket.destroy();
    },
  );
}
