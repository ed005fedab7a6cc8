/** The bill service of an open terminal. */
import { randomBytes, randomInt } from 'node:crypto';
import { join } from 'node:path';
import type { Environment, Merchant } from '../../shared/settings.ts';
import { BILL_CALL_MS, BILL_SILENCE_MS } from '../../shared/timing.ts';
import type { Clock } from '../base/clock.ts';
import type { Journal } from '../orders/journal/journal.ts';
import type { Engine } from '../orders/engine/engine.ts';
import { billSource, type BillSource } from '../wechat/bill-source.ts';
import { httpsDownload } from '../wechat/transport.ts';
import { wayThrough } from '../wechat/way.ts';
import type { Profile } from './settings/profile.ts';
import type { Credentials } from './settings/settings-store.ts';
import { createBillService, type BillServiceParts } from './bill/bill-service.ts';
import type { BillService } from './core/bill-service.ts';
import { dayRecords } from './bill/day-records.ts';
import { billsFolderOf, keptBills } from './bill/kept-bills.ts';

export interface OpenBillsParts extends Omit<
  BillServiceParts,
  'source' | 'kept' | 'records' | 'merchant' | 'random' | 'isDriving' | 'isOurRefund' | 'journal'
> {
  readonly profile: Pick<Profile, 'bills'>;
  readonly environment: Environment;
  readonly merchant: Merchant;
  readonly secrets: Credentials;
  readonly journal: Journal;
  readonly engine: Pick<Engine, 'isDriving'>;
}

const RANDOM_STEPS = 10_000;

export function openBills({ profile, environment, merchant, secrets, engine, ...rest }: OpenBillsParts): BillService {
  const { clock } = rest;
  const folder = billsFolderOf(profile.bills(environment), merchant);
  return createBillService({
    ...rest,
    merchant,
    isOurRefund: (outRefundNo) => rest.journal.findRefund(outRefundNo) !== null,
    isDriving: () => engine.isDriving(),
    random: () => randomInt(RANDOM_STEPS) / RANDOM_STEPS,
    source: onFirstUse(() => sourceOf(merchant, secrets, clock)),
    kept: keptBills(folder, process.pid),
    records: dayRecords(join(folder, 'days.json'), () => clock.read().wallMs),
  });
}

function sourceOf(merchant: Merchant, { apiKey, proxyPassword, ...identity }: Credentials, clock: Clock): BillSource {
  const limits = {
    connectTimeoutMs: merchant.connectTimeoutMs,
    callTimeoutMs: BILL_CALL_MS,
    silenceMs: BILL_SILENCE_MS,
  };
  const download = httpsDownload(identity, limits, clock, wayThrough(merchant.gateway.proxy, proxyPassword));
  return billSource({ merchant, apiKey, download, nonce: () => randomBytes(16).toString('hex') });
}

/** The certificate is read and the roots are parsed when the first bill is fetched, and not before the till is there. */
function onFirstUse(open: () => BillSource): BillSource {
  let source: BillSource | null = null;
  return {
    fetch: (day, path) => (source ??= open()).fetch(day, path),
    close: () => source?.close(),
  };
}
