/** The scenarios as a trainer looks for them: by what the cashier will meet. */
import type { Scenario } from '../../shared/scenarios.ts';

export type ScenarioGroup = 'plain' | 'waiting' | 'again' | 'manager' | 'line';

/** Every scenario stands in exactly one group. */
export const scenarioGroups: readonly (readonly [ScenarioGroup, readonly Scenario[]])[] = [
  ['plain', ['paid', 'declined', 'needs-password', 'slow']],
  ['waiting', ['never-answers', 'paid-late', 'charged-silently']],
  ['again', ['recall-twice', 'system-error']],
  ['manager', ['expired', 'sign-error', 'reverse-lies', 'wrong-key']],
  ['line', ['primary-down', 'cut-before', 'cut-after', 'garbage', 'wrong-order']],
];
