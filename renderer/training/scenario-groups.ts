/** The scenarios as a trainer looks for them: by what the cashier will meet. */
import type { Scenario } from '../../shared/scenarios.ts';

export type ScenarioGroup = 'plain' | 'waiting' | 'again' | 'elsewhere' | 'manager' | 'line';

/** Every scenario stands in exactly one group. */
export const scenarioGroups: readonly (readonly [ScenarioGroup, readonly Scenario[]])[] = [
  ['plain', ['paid', 'declined', 'needs-password', 'slow', 'pay-error']],
  ['waiting', ['never-answers', 'paid-late', 'charged-silently', 'nopay', 'unknown-state']],
  ['again', ['recall-twice', 'system-error', 'busy', 'revoked', 'revoked-paid']],
  ['elsewhere', ['refunded-elsewhere', 'partly-refunded', 'other-amount', 'number-used']],
  ['manager', ['expired', 'sign-error', 'reverse-lies', 'wrong-key', 'wrong-merchant']],
  ['line', ['primary-down', 'cut-before', 'cut-after', 'garbage', 'wrong-order']],
];
