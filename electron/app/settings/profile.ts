import { join } from 'node:path';
import type { Environment } from '../../../shared/settings.ts';

/** Where a terminal stores what. Practice and real money never share a folder, so they never share a journal. */
export interface Profile {
  readonly folder: string;
  readonly settings: string;
  readonly credentials: string;
  readonly deviceSecret: string;
  /** Hashes of the PINs, and the counts of tries. */
  readonly pins: string;
  /** The cashiers' names and which of them serves. */
  readonly roster: string;
  /**
   * What each of them has done of the practice course. It is beside the names, so that it survives the change to real
   * money.
   */
  readonly training: string;
  readonly logs: string;
  readonly practiceLedger: string;
  /** Whether till software may connect, and its token's digest. */
  readonly posApi: string;
  /** The last self-test's report. */
  readonly selfTest: string;
  /** A folder: settings, record and installers of updates. */
  readonly updates: string;
  /** Chromium's own data; the single-instance lock is there too. */
  readonly chromium: string;
  /** What each shift took and left, as it was at its end. */
  shiftSheets(environment: Environment): string;
  /** A folder: WeChat's bills, and what the comparison of each day came to. */
  bills(environment: Environment): string;
  journal(environment: Environment): string;
  leaderLock(environment: Environment): string;
}

/** The same for the app and the terminal command, so that they find the same journal. FACEPAY_PROFILE moves it. */
export const defaultProfileFolder = (env: Readonly<Record<string, string | undefined>>, home: string): string =>
  env['FACEPAY_PROFILE'] || join(home, '.facepay-kiosk');

export function profileIn(folder: string): Profile {
  const within = (...names: string[]): string => join(folder, ...names);
  return {
    folder,
    settings: within('settings.json'),
    credentials: within('credentials.sealed'),
    deviceSecret: within('device.secret'),
    pins: within('pins.json'),
    roster: within('crew.json'),
    training: within('training.json'),
    logs: within('logs'),
    chromium: within('chromium'),
    selfTest: within('self-test.json'),
    practiceLedger: within('practice', 'ledger.json'),
    posApi: within('pos-api.json'),
    updates: within('updates'),
    shiftSheets: (environment) => within(environment, 'shift-sheets.json'),
    bills: (environment) => within(environment, 'bills'),
    journal: (environment) => within(environment, 'journal.sqlite'),
    leaderLock: (environment) => within(environment, 'driver.lock'),
  };
}
