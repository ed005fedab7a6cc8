/**
 * A name with several addresses, some of them dead, slow or another server's: the connection limit covers all of them
 * together.
 */
import { NEXT_ADDRESS_MS } from '../../shared/timing.ts';
import type { AddressKind, Ending, Fault, FireWorld } from './fire-world.ts';
import { LIMITS, quiet } from './fire-world.ts';
import { outwaited } from './line-faults.ts';

const { connectTimeoutMs, callTimeoutMs } = LIMITS;
const MANY = 40;

/** No time has to pass: a dead address refuses at once. */
const atOnce = (name: string, addresses: readonly AddressKind[], ends: Fault['ends']): Fault => ({
  name,
  addresses,
  ends,
  act: (world: FireWorld): Promise<Ending> => world.call(),
});

/**
 * The silent addresses come first, and each has its turn before the one that answers; a turn lasts at most `eachMs`.
 */
const afterSilent = (name: string, silent: number, eachMs: number): Fault => ({
  name,
  addresses: [...Array.from({ length: silent }, () => 'silent' as const), 'live'],
  ends: ['answered'],
  act: async (world: FireWorld): Promise<Ending> => {
    const met = [...world.besides.values()].map((beside) => beside.connected());
    const call = world.call();
    for (const connected of met) {
      await connected;
      await world.clock.advance(eachMs);
    }
    return call;
  },
});

const noneAnswers: Fault = {
  name: 'three addresses that are silent or closed, and no other',
  addresses: ['silent', 'closed', 'silent'],
  ends: ['not-sent'],
  act: (world: FireWorld): Promise<Ending> => outwaited(world, Promise.resolve(), world.call(), connectTimeoutMs),
};

/** A call whose handshake has reached the relay, which holds it back. */
async function heldBack(world: FireWorld): Promise<{ readonly call: Promise<Ending> }> {
  world.proxy.limit('down', 0, 'hold');
  const met = world.proxy.met();
  const call = world.call();
  await met;
  return { call };
}

/** The relay holds the handshake back until the last millisecond; the address beside it has refused long before. */
const lastMoment: Fault = {
  name: 'the only live address is secured 1 ms before the limit, the next is closed, and the reply comes 1 ms before its own',
  addresses: ['live', 'closed'],
  ends: ['answered'],
  act: async (world: FireWorld): Promise<Ending> => {
    const { proxy, server, clock } = world;
    const { call } = await heldBack(world);
    await clock.advance(connectTimeoutMs - 1);
    const answer = server.onRequest;
    const requested = new Promise<() => void>((resolve) => {
      server.onRequest = (heard) => {
        resolve(() => {
          answer(heard);
        });
      };
    });
    proxy.release();
    const reply = await requested;
    await clock.advance(callTimeoutMs - connectTimeoutMs);
    reply();
    return call;
  },
};

const bothLive: Fault = {
  name: 'two live addresses, the first one slow: one gets the request, once',
  addresses: ['live', 'other'],
  ends: ['answered'],
  act: async (world: FireWorld): Promise<Ending> => {
    const { proxy, server, clock } = world;
    const { call } = await heldBack(world);
    await clock.advance(NEXT_ADDRESS_MS * 2);
    const ending = await call;
    proxy.release();
    await quiet();
    if (server.heard.length !== 1) throw new Error(`the request came ${String(server.heard.length)} times`);
    return ending;
  },
};

const openedAhead: Fault = {
  name: 'a call that comes while its connection is being opened ahead, past a silent address',
  addresses: ['silent', 'live'],
  ends: ['answered'],
  act: async (world: FireWorld): Promise<Ending> => {
    const [connected] = [...world.besides.values()].map((beside) => beside.connected());
    world.transport.open(`https://localhost:${String(world.proxy.port)}`, true);
    await connected;
    const call = world.call();
    await world.clock.advance(NEXT_ADDRESS_MS * 2);
    const ending = await call;
    if (world.server.connections !== 1) throw new Error(`${String(world.server.connections)} connections were secured`);
    return ending;
  },
};

const unknownName: Fault = {
  name: 'a name that the resolver does not know',
  addresses: ['live'],
  ends: ['not-sent'],
  act: async (world: FireWorld): Promise<Ending> => {
    const { lookup } = world;
    world.lookup = () => Promise.reject(Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }));
    const ending = await world.call();
    world.lookup = lookup;
    return ending;
  },
};

const silentResolver: Fault = {
  name: 'a resolver that says nothing until the limit is over',
  addresses: ['live'],
  ends: ['not-sent'],
  act: async (world: FireWorld): Promise<Ending> => {
    const { lookup } = world;
    const late = Promise.withResolvers<readonly string[]>();
    world.lookup = () => late.promise;
    const ending = await outwaited(world, Promise.resolve(), world.call(), connectTimeoutMs);
    late.resolve(await lookup('localhost'));
    await quiet();
    if (world.proxy.connections > 0) throw new Error('it connected for a call that had ended');
    world.lookup = lookup;
    return ending;
  },
};

export const addressFaults: readonly Fault[] = [
  atOnce('the first of two addresses is closed', ['closed', 'live'], ['answered']),
  atOnce('the IPv6 address is closed or has no route', ['closed-v6', 'live'], ['answered']),
  atOnce('three addresses, all closed', ['closed', 'closed-v6', 'closed'], ['not-sent']),
  atOnce('the first address is an impostor’s', ['impostor', 'live'], ['answered']),
  atOnce('one address is an impostor’s, the other closed', ['closed', 'impostor'], ['server-not-trusted']),
  afterSilent('the first of two addresses takes the connection and says nothing', 1, NEXT_ADDRESS_MS * 2),
  afterSilent('five silent addresses before the live one', 5, NEXT_ADDRESS_MS * 2),
  afterSilent(
    `${String(MANY)} silent addresses before the live one, within the same limit`,
    MANY,
    connectTimeoutMs / 2 / (MANY + 1),
  ),
  noneAnswers,
  lastMoment,
  bothLive,
  openedAhead,
  unknownName,
  silentResolver,
];
