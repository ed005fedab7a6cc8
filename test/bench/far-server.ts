/**
 * A process of its own that answers every reverse with the same signed reply over mutual TLS, near and far. Far means
 * behind a proxy that delays each direction by half a round trip. Bytes that arrive before a connection could exist at
 * that distance are delayed by a whole round trip more. Its parent tells it what to serve; it reports its ports.
 */
import { createServer } from 'node:https';
import { connect, createServer as listen, type Socket } from 'node:net';
import { z } from 'zod';

export const servedSchema = z.object({
  caPem: z.string(),
  certPem: z.string(),
  keyPem: z.string(),
  reply: z.string(),
  roundTripsMs: z.array(z.number()),
});
export type Served = z.infer<typeof servedSchema>;
export const portsSchema = z.array(z.number());

function serve({ caPem, certPem, keyPem, reply }: Served): Promise<number> {
  const server = createServer(
    { ca: caPem, cert: certPem, key: keyPem, requestCert: true, rejectUnauthorized: true },
    (request, response) => {
      request
        .resume()
        .on('end', () =>
          response
            .writeHead(200, { 'content-type': 'text/xml', 'content-length': Buffer.byteLength(reply) })
            .end(reply),
        );
    },
  );
  server.keepAliveTimeout = 120_000;
  server.on('connection', (socket: Socket) => socket.setNoDelay(true));
  return portOf(server);
}

function proxy(port: number, roundTripMs: number): Promise<number> {
  return portOf(
    listen((near) => {
      const far = connect(port, '127.0.0.1');
      const openAtMs = performance.now() + roundTripMs;
      for (const socket of [near, far])
        socket.setNoDelay(true).on('error', () => {
          near.destroy();
          far.destroy();
        });
      let answered = false;
      near.on('data', (chunk) => {
        const fromMs = answered ? performance.now() : Math.max(openAtMs, performance.now());
        setTimeout(() => far.write(chunk), fromMs - performance.now() + roundTripMs / 2);
      });
      far.on('data', (chunk) => {
        answered = true;
        setTimeout(() => near.write(chunk), roundTripMs / 2);
      });
      near.on('end', () => setTimeout(() => far.end(), roundTripMs / 2));
      far.on('end', () => setTimeout(() => near.end(), roundTripMs / 2));
    }),
  );
}

const portOf = (server: {
  listen(port: number, host: string, then: () => void): unknown;
  address(): unknown;
}): Promise<number> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(z.object({ port: z.number() }).parse(server.address()).port);
    });
  });

process.once('message', (message) => {
  const served = servedSchema.parse(message);
  void serve(served).then(async (port) => {
    process.send?.([port, ...(await Promise.all(served.roundTripsMs.map((roundTripMs) => proxy(port, roundTripMs))))]);
  });
});
process.on('disconnect', () => process.exit(0));
