/** The scenarios as a trainer looks for them: grouped by what the cashier will meet, with the keys of their words. */
import type { Scenario } from '../../shared/practice/scenarios.ts';
import type { KeysOf, MessageKey } from '../i18n/i18n.ts';

export type ScenarioGroup = 'plain' | 'waiting' | 'again' | 'elsewhere' | 'manager' | 'line' | 'bill' | 'refund';

/** What a cashier may meet. Every scenario is in exactly one group, here or below. */
export const scenarioGroups: readonly (readonly [ScenarioGroup, readonly Scenario[]])[] = [
  ['plain', ['paid', 'declined', 'needs-password', 'slow', 'pay-error']],
  ['waiting', ['never-answers', 'paid-late', 'charged-silently', 'nopay', 'unknown-state']],
  ['again', ['recall-twice', 'system-error', 'busy', 'revoked', 'revoked-paid']],
  ['elsewhere', ['refunded-elsewhere', 'partly-refunded', 'other-amount', 'number-used']],
  ['manager', ['expired', 'sign-error', 'reverse-lies', 'wrong-key', 'wrong-merchant']],
  ['line', ['primary-down', 'cut-before', 'cut-after', 'garbage', 'wrong-order']],
];

/** What managers practise. It stands folded below, so that every scenario of a cashier stays in view. */
export const managerGroups: typeof scenarioGroups = [
  ['bill', ['bill-late', 'bill-stranger']],
  ['refund', ['refund-stuck', 'refund-fails', 'refund-retry', 'refund-no-balance', 'refund-lost', 'refund-slow']],
];

export const GROUP_KEYS = {
  plain: 'scenario.group.plain',
  waiting: 'scenario.group.waiting',
  again: 'scenario.group.again',
  elsewhere: 'scenario.group.elsewhere',
  manager: 'scenario.group.manager',
  line: 'scenario.group.line',
  bill: 'scenario.group.bill',
  refund: 'scenario.group.refund',
} as const satisfies KeysOf<'scenario.group', ScenarioGroup>;

export const SCENARIO_KEYS = {
  paid: { name: 'scenario.of.paid', what: 'scenarios.what.paid' },
  'paid-late': { name: 'scenario.of.paid-late', what: 'scenarios.what.paid-late' },
  'needs-password': { name: 'scenario.of.needs-password', what: 'scenarios.what.needs-password' },
  declined: { name: 'scenario.of.declined', what: 'scenarios.what.declined' },
  'never-answers': { name: 'scenario.of.never-answers', what: 'scenarios.what.never-answers' },
  'charged-silently': { name: 'scenario.of.charged-silently', what: 'scenarios.what.charged-silently' },
  'recall-twice': { name: 'scenario.of.recall-twice', what: 'scenarios.what.recall-twice' },
  'system-error': { name: 'scenario.of.system-error', what: 'scenarios.what.system-error' },
  expired: { name: 'scenario.of.expired', what: 'scenarios.what.expired' },
  'sign-error': { name: 'scenario.of.sign-error', what: 'scenarios.what.sign-error' },
  'reverse-lies': { name: 'scenario.of.reverse-lies', what: 'scenarios.what.reverse-lies' },
  'primary-down': { name: 'scenario.of.primary-down', what: 'scenarios.what.primary-down' },
  'cut-before': { name: 'scenario.of.cut-before', what: 'scenarios.what.cut-before' },
  'cut-after': { name: 'scenario.of.cut-after', what: 'scenarios.what.cut-after' },
  slow: { name: 'scenario.of.slow', what: 'scenarios.what.slow' },
  garbage: { name: 'scenario.of.garbage', what: 'scenarios.what.garbage' },
  'wrong-key': { name: 'scenario.of.wrong-key', what: 'scenarios.what.wrong-key' },
  'wrong-order': { name: 'scenario.of.wrong-order', what: 'scenarios.what.wrong-order' },
  revoked: { name: 'scenario.of.revoked', what: 'scenarios.what.revoked' },
  'revoked-paid': { name: 'scenario.of.revoked-paid', what: 'scenarios.what.revoked-paid' },
  'refunded-elsewhere': { name: 'scenario.of.refunded-elsewhere', what: 'scenarios.what.refunded-elsewhere' },
  'partly-refunded': { name: 'scenario.of.partly-refunded', what: 'scenarios.what.partly-refunded' },
  'pay-error': { name: 'scenario.of.pay-error', what: 'scenarios.what.pay-error' },
  nopay: { name: 'scenario.of.nopay', what: 'scenarios.what.nopay' },
  'unknown-state': { name: 'scenario.of.unknown-state', what: 'scenarios.what.unknown-state' },
  busy: { name: 'scenario.of.busy', what: 'scenarios.what.busy' },
  'wrong-merchant': { name: 'scenario.of.wrong-merchant', what: 'scenarios.what.wrong-merchant' },
  'other-amount': { name: 'scenario.of.other-amount', what: 'scenarios.what.other-amount' },
  'number-used': { name: 'scenario.of.number-used', what: 'scenarios.what.number-used' },
  'bill-late': { name: 'scenario.of.bill-late', what: 'scenarios.what.bill-late' },
  'bill-stranger': { name: 'scenario.of.bill-stranger', what: 'scenarios.what.bill-stranger' },
  'refund-stuck': { name: 'scenario.of.refund-stuck', what: 'scenarios.what.refund-stuck' },
  'refund-fails': { name: 'scenario.of.refund-fails', what: 'scenarios.what.refund-fails' },
  'refund-retry': { name: 'scenario.of.refund-retry', what: 'scenarios.what.refund-retry' },
  'refund-no-balance': { name: 'scenario.of.refund-no-balance', what: 'scenarios.what.refund-no-balance' },
  'refund-lost': { name: 'scenario.of.refund-lost', what: 'scenarios.what.refund-lost' },
  'refund-slow': { name: 'scenario.of.refund-slow', what: 'scenarios.what.refund-slow' },
} as const satisfies Record<Scenario, Record<'name' | 'what', MessageKey>>;
