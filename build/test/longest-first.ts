/**
 * The order of the test files: first those that take longest, so that none of them is left over for the end. Vitest
 * knows the times of an earlier run on this machine; a fresh clone has none, and goes by this list.
 */
import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { root } from '../run.ts';

/** Most of them wait for the 15 s of a payment, again and again. */
export const LONGEST: readonly string[] = [
  'test/e2e/setup/setup.test.ts',
  'test/e2e/scenarios.test.ts',
  'test/e2e/shop-floor.test.ts',
  'test/e2e/back-office/pos.test.ts',
  'test/e2e/training.test.ts',
  'test/e2e/cancel.test.ts',
  'test/e2e/setup/setup-vault.test.ts',
  'test/e2e/setup/setup-change.test.ts',
  'test/e2e/back-office/self-test.test.ts',
  'test/e2e/back-office/stuck.test.ts',
  'test/e2e/staff/staff.test.ts',
  'test/e2e/staff/hand-over.test.ts',
  'test/visual/screens.test.ts',
  'test/e2e/back-office/updates.test.ts',
  'test/e2e/till/till-page.test.ts',
  'test/cli/cancel.test.ts',
  'test/cli/refund.test.ts',
  'test/crash/crash-points.test.ts',
  'test/soak/soak.test.ts',
  'test/crash/hindrances.test.ts',
  'test/crash/refund-kills.test.ts',
  'test/app/exports/large-files.test.ts',
  'test/cli/shared-profile.test.ts',
  'test/simulation/simulation.test.ts',
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isKnown = sorted.some((file) => this.ctx.cache.getTestSpecificationResult(file) !== undefined);
    return isKnown ? sorted : longestFirst(sorted, (file) => file.moduleId);
  }
}

/** Those of the list in its order, then the others in theirs. */
export function longestFirst<File>(files: readonly File[], pathOf: (file: File) => string): File[] {
  const placeOf = (file: File): number => {
    const place = LONGEST.indexOf(relative(root, pathOf(file)).replaceAll('\\', '/'));
    return place < 0 ? LONGEST.length : place;
  };
  return files.toSorted((a, b) => placeOf(a) - placeOf(b));
}
