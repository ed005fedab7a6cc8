/** Part 1: one reverse against a local mutual-TLS server, near and at three distances, all callers in turn. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { setDefaultCACertificates, getCACertificates } from 'node:tls';
import { newPracticeMerchant } from '../../../electron/practice/practice-merchant.ts';
import { createThrowawayCa } from '../../../electron/practice/throwaway-ca.ts';
import { sign, type Fields } from '../../../electron/wechat/sign.ts';
import { writeXml } from '../../../electron/wechat/xml.ts';
import {
  axiosAsDocumented,
  axiosTuned,
  bare,
  ours,
  oursKept,
  tenpay,
  type Caller,
  type CallerOf,
  type World,
} from '../callers.ts';
import { portsSchema, type Served } from '../far-server.ts';
import { median, ms, spreadOf, table, times, took } from '../figures.ts';
import { commitTimes } from '../journal-commits.ts';

const ROUND_TRIPS_MS = [20, 40, 100];
const NEAR = { rounds: 5, calls: 60 };
const FAR = { rounds: 3, calls: 4 };
const WARM_UP = 10;
const CALLERS: readonly CallerOf[] = [ours, oursKept, axiosAsDocumented, axiosTuned, tenpay, bare];

interface Measured {
  readonly name: string;
  readonly firstMs: number;
  readonly ms: number[];
  /** Of each round, per call; connecting and preparing included. */
  readonly cpuMs: number[];
}

export async function callPart(): Promise<string> {
  const { worldOf, stop } = await startServer();
  const parts: string[] = [];
  for (const [index, roundTripMs] of [0, ...ROUND_TRIPS_MS].entries()) {
    const measured = await measure(worldOf(index, roundTripMs), roundTripMs === 0 ? NEAR : FAR);
    parts.push(
      `### ${roundTripMs === 0 ? 'Loopback' : `${String(roundTripMs)} ms of round trip`}\n\n${tableOf(measured, roundTripMs)}`,
    );
  }
  stop();
  const folder = mkdtempSync(join(tmpdir(), 'facepay-bench-'));
  const commits = spreadOf(commitTimes(join(folder, 'journal.sqlite'), 300));
  rmSync(folder, { recursive: true });
  parts.push(
    `Before its bytes leave, ours writes the attempt to disk (one commit with fsync, which the others do not do and which is not in the rows above): p50 ${ms(commits.p50)}, p99 ${ms(commits.p99)} on this disk.`,
  );
  return parts.join('\n\n');
}

async function measure(
  world: World,
  { rounds, calls }: { readonly rounds: number; readonly calls: number },
): Promise<readonly Measured[]> {
  const callers = CALLERS.map((make) => make(world));
  const all: Measured[] = [];
  for (const caller of callers) {
    // As at 15.0 s of the first window: no call has been made before.
    all.push({ name: caller.name, firstMs: await once1(caller, world), ms: [], cpuMs: [] });
  }
  if (world.roundTripMs === 0)
    for (const caller of callers) for (let n = 0; n < WARM_UP; n += 1) await once1(caller, world);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, caller] of callers.entries()) {
      const before = process.cpuUsage();
      for (let n = 0; n < calls; n += 1) all[index]?.ms.push(await once1(caller, world));
      const { user, system } = process.cpuUsage(before);
      all[index]?.cpuMs.push((user + system) / 1_000 / calls);
    }
  }
  for (const caller of callers) caller.close();
  return all;
}

/** A connection is made within this time plus four round trips. */
const CONNECTS_MS = 25;

/**
 * A reverse comes after a pause, as in a shop. Every caller gets the same pause, and ours opens its connection during
 * it.
 */
async function once1(caller: Caller, { roundTripMs }: World): Promise<number> {
  caller.prepare?.();
  await pause(roundTripMs * 4 + CONNECTS_MS);
  return took(caller.call);
}

function tableOf(all: readonly Measured[], roundTripMs: number): string {
  const limit = all.at(-1);
  const mine = median(all[0]?.ms ?? []);
  const rows = all.map(({ name, firstMs, ms: took_, cpuMs }) => {
    const { p50, p99, least, most } = spreadOf(took_);
    return [
      name,
      `${ms(p50)} (${ms(least)} to ${ms(most)})`,
      ms(p99),
      times(p50 / mine),
      roundTripMs === 0 ? ms(firstMs) : `${ms(firstMs)} = ${(firstMs / roundTripMs).toFixed(1)} round trips`,
      `${ms(median(cpuMs))}, ${times(median(cpuMs) / median(limit?.cpuMs ?? []))}`,
    ];
  });
  return table(
    ['who', 'a call, p50 (least to most)', 'p99', 'against ours', 'the first call', 'CPU a call, against bare'],
    rows,
  );
}

async function startServer(): Promise<{
  readonly worldOf: (index: number, roundTripMs: number) => World;
  readonly stop: () => void;
}> {
  const merchant = newPracticeMerchant();
  const ca = await createThrowawayCa(Date.now());
  const [server, own] = await Promise.all([ca.issueServer(), ca.issueMerchant(merchant.mchId)]);
  // The libraries do not accept an authority of the caller's own everywhere.
  setDefaultCACertificates([...getCACertificates('default'), ca.caPem]);
  const signed = (fields: Fields): string => {
    const xml = writeXml({ ...fields, sign: sign(fields, merchant.apiKey, 'MD5') });
    if (!xml.ok) throw new Error(xml.error.field);
    return xml.value;
  };
  const ids = { appid: merchant.appid, mch_id: merchant.mchId, nonce_str: 'abcdefghijklmnop' };
  const served: Served = {
    ...server,
    caPem: ca.caPem,
    reply: signed({ return_code: 'SUCCESS', return_msg: 'OK', ...ids, result_code: 'SUCCESS', recall: 'N' }),
    roundTripsMs: ROUND_TRIPS_MS,
  };
  const child = fork(resolve(import.meta.dirname, '../far-server.ts'), { stdio: 'inherit' });
  child.send(served);
  const [said] = (await once(child, 'message')) as unknown[];
  const ports = portsSchema.parse(said);
  const request = signed({ ...ids, out_trade_no: '2026112400000000000000000001', sign_type: 'MD5' });
  return {
    worldOf: (index, roundTripMs) => ({
      origin: `https://localhost:${String(ports[index])}`,
      merchant,
      own,
      caPem: ca.caPem,
      roundTripMs,
      request,
    }),
    stop: () => child.disconnect(),
  };
}
