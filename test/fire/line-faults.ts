/**
 * Faults of the network: what routers, cables and proxies do to a connection. TLS bytes pass unchanged or not at all.
 */
import { page } from './fault-server.ts';
import type { Stop, Way } from './fault-proxy.ts';
import { closedOrigin, genuineXml, LIMITS, type Ending, type Fault, type FireWorld } from './fire-world.ts';

const LONG = { attach: 'x'.repeat(20_000) };
const { connectTimeoutMs, callTimeoutMs } = LIMITS;

/** Waits until the fault takes effect, then lets the deadline pass. */
export async function outwaited(
  { clock }: FireWorld,
  bitten: Promise<unknown>,
  call: Promise<Ending>,
  ms: number,
): Promise<Ending> {
  await bitten;
  await clock.advance(ms - 1);
  const early = await Promise.race([call, Promise.resolve(null)]);
  if (early !== null) throw new Error(`it ended as ${early} before its deadline`);
  await clock.advance(1);
  return call;
}

/** The connection for the next reverse, established before anything goes wrong. */
async function warm({ server, transport, proxy }: FireWorld): Promise<void> {
  const secured = server.secured();
  transport.open(proxy.origin, true);
  await secured;
}

const inHandshake = (way: Way, then: Stop): Fault => ({
  name: `${then} in the handshake, ${way}`,
  ends: ['not-sent'],
  act: (world: FireWorld): Promise<Ending> => {
    world.proxy.limit(way, 100, then);
    const met = world.proxy.met();
    const call = world.call();
    return then === 'hold' || then === 'vanish' ? outwaited(world, met, call, connectTimeoutMs) : call;
  },
});

const requestLost = (then: Stop): Fault => ({
  name: `the request is lost on its way, then ${then}`,
  ends: [then === 'hold' || then === 'vanish' ? 'timeout' : 'broken'],
  act: async (world: FireWorld): Promise<Ending> => {
    await warm(world);
    world.proxy.limit('up', 0, then);
    const met = world.proxy.met();
    const call = world.call();
    const ending = await (then === 'hold' || then === 'vanish' ? outwaited(world, met, call, callTimeoutMs) : call);
    if (world.server.heardBytes > 0) throw new Error('the fault let the request through');
    return ending;
  },
});

const afterRequest = (then: Stop): Fault => ({
  name: `${then} once the request is there, before any reply`,
  ends: [then === 'hold' || then === 'vanish' ? 'timeout' : 'broken'],
  act: (world: FireWorld): Promise<Ending> => {
    world.server.onRequest = () => {
      world.proxy.stop(then);
    };
    const requested = world.server.requested();
    const call = world.call();
    return then === 'hold' || then === 'vanish' ? outwaited(world, requested, call, callTimeoutMs) : call;
  },
});

const inReply = (then: Stop): Fault => ({
  name: `${then} in the middle of the reply`,
  ends: [then === 'hold' || then === 'vanish' ? 'timeout' : 'broken'],
  act: (world: FireWorld): Promise<Ending> => {
    world.server.onRequest = ({ path, socket }) => {
      world.proxy.limit('down', 10_000, then);
      socket.write(page(200, genuineXml(path, LONG)));
    };
    const met = world.proxy.met();
    const call = world.call();
    return then === 'hold' || then === 'vanish' ? outwaited(world, met, call, callTimeoutMs) : call;
  },
});

const mangled = (
  name: string,
  way: Way,
  mangle: (chunk: Buffer) => readonly Buffer[],
  ends: Fault['ends'] = ['broken'],
): Fault => ({
  name,
  ends,
  act: async (world: FireWorld): Promise<Ending> => {
    await warm(world);
    world.server.onRequest = ({ path, socket }) => void socket.write(page(200, genuineXml(path, LONG)));
    world.proxy.mangle = (chunk, passing) => (passing === way ? mangle(chunk) : [chunk]);
    return world.call();
  },
});

const flipped = (chunk: Buffer): readonly Buffer[] => {
  const bent = Buffer.from(chunk);
  const middle = Math.floor(bent.byteLength / 2);
  bent.writeUInt8(bent.readUInt8(middle) ^ 1, middle);
  return [bent];
};
/** A TLS record has at most 16 KiB, so a reply of 20 KB has a second record to change places with. */
const swapped = (chunk: Buffer): readonly Buffer[] => {
  const half = Math.floor(chunk.byteLength / 2);
  return [chunk.subarray(half), chunk.subarray(0, half)];
};

export const lineFaults: readonly Fault[] = [
  {
    name: 'nobody listens',
    ends: ['not-sent'],
    act: async ({ transport }: FireWorld): Promise<Ending> => endOf(await transport.post(await closedOrigin(), 'x')),
  },
  {
    name: 'reset as soon as it is connected',
    ends: ['not-sent'],
    act: (world: FireWorld): Promise<Ending> => {
      world.proxy.onConnect = 'reset';
      return world.call();
    },
  },
  {
    name: 'ended as soon as it is connected',
    ends: ['not-sent'],
    act: (world: FireWorld): Promise<Ending> => {
      world.proxy.onConnect = 'end';
      return world.call();
    },
  },
  {
    name: 'connected, and then silence',
    ends: ['not-sent'],
    act: (world: FireWorld): Promise<Ending> => {
      world.proxy.onConnect = 'hold';
      const connected = world.proxy.connected();
      return outwaited(world, connected, world.call(), connectTimeoutMs);
    },
  },
  ...(['up', 'down'] as const).flatMap((way) =>
    (['reset', 'end', 'hold', 'vanish'] as const).map((then) => inHandshake(way, then)),
  ),
  ...(['reset', 'end', 'hold', 'vanish'] as const).flatMap((then) => [
    requestLost(then),
    afterRequest(then),
    inReply(then),
  ]),
  {
    name: 'everything one byte at a time',
    ends: ['answered'],
    act: (world: FireWorld): Promise<Ending> => {
      world.proxy.pieceBytes = 1;
      return world.call();
    },
  },
  {
    name: 'a reply that comes after the deadline, and the next call’s own after it',
    ends: ['timeout'],
    act: async (world: FireWorld): Promise<Ending> => {
      world.server.onRequest = ({ path, socket }) => {
        world.proxy.limit('down', 0, 'hold');
        socket.write(page(200, genuineXml(path)));
      };
      const met = world.proxy.met();
      const ending = await outwaited(world, met, world.call('query'), callTimeoutMs);
      world.proxy.release();
      return ending;
    },
  },
  {
    name: 'a kept connection whose other end is gone without a word',
    ends: ['timeout'],
    act: async (world: FireWorld): Promise<Ending> => {
      if ((await world.call('query')) !== 'answered') throw new Error('the call before the fault failed');
      const before = world.server.heardBytes;
      world.proxy.stop('vanish');
      const call = world.call('query');
      const ending = await outwaited(world, Promise.resolve(), call, callTimeoutMs);
      if (world.server.heardBytes > before) throw new Error('the fault let the request through');
      return ending;
    },
  },
  {
    name: 'a kept connection that is reset as the next request goes',
    // Nobody can know whether that request left, so the client must not say that it did not.
    ends: ['broken'],
    act: async (world: FireWorld): Promise<Ending> => {
      if ((await world.call('query')) !== 'answered') throw new Error('the call before the fault failed');
      world.proxy.limit('up', 0, 'reset');
      return world.call('query');
    },
  },
  mangled('a bit of the request turned', 'up', flipped),
  mangled('a bit of the reply turned', 'down', flipped),
  // The first of the two pieces is complete, and may be answered before the second is looked at.
  mangled('a piece of the request twice', 'up', (chunk) => [chunk, chunk], ['broken', 'answered']),
  mangled('a piece of the reply twice', 'down', (chunk) => [...swapped(chunk).toReversed(), chunk]),
  mangled('pieces of the reply in another order', 'down', swapped),
];

const endOf = (delivery: { readonly ok: true } | { readonly ok: false; readonly why: Ending }): Ending =>
  delivery.ok ? 'answered' : delivery.why;
