/** For tests that never ask for a self-test. */
import type { SelfTestService } from '../../../electron/app/self-test/self-test-handlers.ts';
import { fail } from '../../../shared/result.ts';

export const idleSelfTest: SelfTestService = {
  run: () => Promise.resolve(fail('already-running')),
  last: () => null,
  fails: () => Promise.resolve([]),
  rescreen: () => fail('no-report'),
  print: () => Promise.resolve(fail('not-printed')),
};
