/** Whether a ready update may be installed at this very moment. Pure. The first reason against it is the answer. */
import type { Hold, InstallWay } from '../../shared/contract/updates.ts';
import { isWithin, type Hours } from './hours.ts';
import { isInStage } from './offer.ts';

/** What is going on at the terminal. What is unknown counts against installing. */
export interface ShopFacts {
  /** Orders that still need a query or an act. A cancel under way is one of them. */
  readonly openOrders: number;
  /** A customer is before the camera, or their order is still on the till. */
  readonly payment: boolean;
  /** Somebody is in the back office. */
  readonly signedIn: boolean;
}

export interface InstallFacts {
  readonly enabled: boolean;
  readonly way: InstallWay;
  /** `null` while the terminal is not open: then it is not known what is under way. */
  readonly shop: ShopFacts | null;
  readonly hours: Hours;
  /** Minutes after midnight, Beijing time. */
  readonly minute: number;
  readonly stagingBucket: number;
  readonly stagingPercentage: number;
  /** This version was put back here before. */
  readonly failedBefore: boolean;
  /** Another version is still being tried, or put back. */
  readonly trialRuns: boolean;
  /** Bytes; `null` if the disk does not say. */
  readonly freeBytes: number | null;
  readonly neededBytes: number;
  /** The installer of the running version is here, and its signature and sum are right. */
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
  if (!isInStage(facts.stagingBucket, facts.stagingPercentage)) return 'not-in-stage';
  if (shop === null) return 'not-open';
  if (shop.openOrders > 0) return 'order-open';
  if (shop.payment) return 'payment';
  if (shop.signedIn) return 'signed-in';
  if (!facts.wayBack) return 'no-way-back';
  if (facts.freeBytes === null || facts.freeBytes < facts.neededBytes) return 'disk-space';
  return isWithin(facts.hours, facts.minute) ? null : 'outside-hours';
}

/** An installer unpacks beside the app that it replaces, so for a while both are on the disk. */
export const neededBytes = (installerBytes: number): number => 3 * installerBytes + 200 * 1024 * 1024;
