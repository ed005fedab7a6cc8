/** Whether an update that is ready may be installed this very moment. Pure; the first reason against it is the answer. */
import type { Hold, InstallWay } from '../../shared/contract/updates.ts';
import { isWithin, type Hours } from './hours.ts';
import { isInStage } from './offer.ts';

/** What goes on at the terminal; what it can't say counts against installing. */
export interface ShopFacts {
  /** Orders of which something is still to be found out or done: a cancel under way is one of them. */
  readonly openOrders: number;
  /** A customer is before the camera, or their order still stands on the till. */
  readonly payment: boolean;
  /** Somebody is in the back office. */
  readonly signedIn: boolean;
}

export interface InstallFacts {
  readonly enabled: boolean;
  readonly way: InstallWay;
  /** `null` while the terminal is not open: then nobody knows what is under way. */
  readonly shop: ShopFacts | null;
  readonly hours: Hours;
  /** Minutes after midnight, Beijing time. */
  readonly minute: number;
  readonly place: number;
  readonly stagingPercentage: number;
  /** This version was put back here before. */
  readonly failedBefore: boolean;
  /** Another version is still being tried, or put back. */
  readonly trialRuns: boolean;
  /** Bytes; `null` where the disk does not say. */
  readonly freeBytes: number | null;
  readonly neededBytes: number;
  /** The installer of the version that runs now is here, and its signature and sum hold. */
  readonly wayBack: boolean;
}

export type MayInstall = { readonly may: true } | { readonly may: false; readonly why: Hold };

export function mayInstall(facts: InstallFacts): MayInstall {
  const why = holdOf(facts);
  return why === null ? { may: true } : { may: false, why };
}

function holdOf(facts: InstallFacts): Hold | null {
  const { shop } = facts;
  if (!facts.enabled) return 'off';
  if (facts.way === 'by-hand' || facts.way === 'not-here') return 'by-hand';
  if (facts.failedBefore) return 'failed-before';
  if (facts.trialRuns) return 'trial-runs';
  if (!isInStage(facts.place, facts.stagingPercentage)) return 'not-in-stage';
  if (shop === null) return 'not-open';
  if (shop.openOrders > 0) return 'order-open';
  if (shop.payment) return 'payment';
  if (shop.signedIn) return 'signed-in';
  if (!facts.wayBack) return 'no-way-back';
  if (facts.freeBytes === null || facts.freeBytes < facts.neededBytes) return 'disk-space';
  return isWithin(facts.hours, facts.minute) ? null : 'outside-hours';
}

/** An installer unpacks beside the app that it replaces, so both are on the disk for a while. */
export const neededBytes = (installerBytes: number): number => 3 * installerBytes + 200 * 1024 * 1024;
