/** One reverse, cut off after each byte in turn: of the bytes sent, and of the bytes received. */
import { constants } from 'node:crypto';
import {
  claimsNothingLeft,
  genuine,
  LIMITS,
  openFireWorld,
  quiet,
  type Certificates,
  type Ending,
  type FireWorld,
} from './fire-world.ts';
import type { Way } from './fault-proxy.ts';

const VERSIONS = ['TLSv1.2', 'TLSv1.3'] as const;
const WAYS: readonly Way[] = ['up', 'down'];
const STOPS = ['reset', 'end', 'hold'] as const;

export interface Cuts {
  readonly cuts: number;
  readonly endings: Readonly<Partial<Record<Ending, number>>>;
  readonly wrong: readonly string[];
}

/**
 * Cuts at every `stepBytes`-th byte from `fromByte` on, in each direction, in each of three ways, with both versions of
 * TLS.
 */
export async function cutEverywhere(certificates: Certificates, stepBytes: number, fromByte: number): Promise<Cuts> {
  const wrong: string[] = [];
  const endings: Partial<Record<Ending, number>> = {};
  let cuts = 0;
  for (const version of VERSIONS) {
    // Without session tickets each handshake is a full one.
    const tls = { minVersion: version, maxVersion: version, secureOptions: constants.SSL_OP_NO_TICKET };
    const world = await openFireWorld(certificates, { tls });
    const whole = await measured(world);
    for (const way of WAYS) {
      for (const then of STOPS) {
        for (let at = fromByte; at < whole[way]; at += stepBytes) {
          const before = world.server.heardBytes;
          const heardBefore = world.server.heard.length;
          const ending = await cutAt(world, way, at, then);
          await quiet();
          cuts += 1;
          endings[ending] = (endings[ending] ?? 0) + 1;
          const where = `${version}, ${way}, ${then} after ${String(at)} of ${String(whole[way])} bytes`;
          const heard = world.server.heardBytes - before;
          if (claimsNothingLeft(ending) && heard > 0)
            wrong.push(`${where}: ${ending}, but ${String(heard)} bytes were heard`);
          if (ending === 'answered' && world.server.heard.length !== heardBefore + 1)
            wrong.push(`${where}: answered, though nothing was asked`);
          if (!['answered', 'not-sent', 'broken', 'timeout'].includes(ending)) wrong.push(`${where}: ${ending}`);
        }
      }
    }
    if ((await world.call()) !== 'answered') wrong.push(`${version}: no call gets through any more`);
    if (world.clock.pending > 0) wrong.push(`${version}: ${String(world.clock.pending)} timers were left behind`);
    await world.close();
  }
  return { cuts, endings, wrong };
}

type Passed = Readonly<Record<Way, number>>;

/** How many bytes go each way in one complete call on a connection of its own. */
async function measured(world: FireWorld): Promise<Passed> {
  world.server.onRequest = genuine;
  if ((await world.call()) !== 'answered') throw new Error('a call without any fault failed');
  return { ...world.proxy.passed };
}

async function cutAt(world: FireWorld, way: Way, at: number, then: (typeof STOPS)[number]): Promise<Ending> {
  const { proxy, clock } = world;
  proxy.limit(way, at, then);
  const call = world.call();
  if (then === 'hold') {
    await Promise.race([proxy.met(), call]);
    await clock.advance(LIMITS.connectTimeoutMs);
    await clock.advance(LIMITS.callTimeoutMs - LIMITS.connectTimeoutMs);
  }
  const ending = await call;
  proxy.heal();
  return ending;
}
