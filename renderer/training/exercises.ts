/** The seven exercises of the course: what the practice gateway does, and what the order must go through, in this order. */
import type { OrderView } from '../../shared/order.ts';
import type { Scenario } from '../../shared/scenarios.ts';

export const exerciseIds = ['goes-well', 'declined', 'hangs', 'take-back', 'recall', 'paid-after-all', 'manager'] as const;
export type ExerciseId = (typeof exerciseIds)[number];

/** A state that the exercise's own order must really reach. */
export type Milestone = 'paid' | 'failed' | 'armed' | 'taken-back' | 'recall' | 'choosing' | 'decided' | 'closed' | 'attention';

/** The control that is to be found next: the test id that it has on the till. */
export type Control = 'take-payment' | 'cancel' | 'withdraw' | 'choice' | 'next-customer';

export interface Exercise {
  readonly id: ExerciseId;
  readonly scenario: Scenario;
  /** Reached one after the other, by one order. */
  readonly path: readonly Milestone[];
  /** Also to be served before this order is done: another customer, whose payment goes well. */
  readonly nextCustomer?: true;
  /** What to look for before each milestone; `null` where the app works by itself. */
  readonly controls: readonly (Control | null)[];
}

export const exercises: readonly Exercise[] = [
  { id: 'goes-well', scenario: 'paid', path: ['paid'], controls: [null] },
  { id: 'declined', scenario: 'declined', path: ['failed'], controls: [null] },
  { id: 'hangs', scenario: 'never-answers', path: ['armed', 'closed'], controls: ['cancel', null] },
  { id: 'take-back', scenario: 'needs-password', path: ['armed', 'taken-back', 'paid'], controls: ['cancel', 'withdraw', null] },
  { id: 'recall', scenario: 'recall-twice', path: ['armed', 'recall', 'closed'], controls: ['cancel', 'next-customer', null], nextCustomer: true },
  { id: 'paid-after-all', scenario: 'paid-late', path: ['armed', 'choosing', 'decided'], controls: ['cancel', null, 'choice'] },
  { id: 'manager', scenario: 'sign-error', path: ['armed', 'attention'], controls: ['cancel', null] },
];

/** Whether the order has reached `milestone`, by main's word on it. */
export function hasReached(milestone: Milestone, { phase }: OrderView): boolean {
  switch (milestone) {
    case 'recall':
      return phase.name === 'reversing' && phase.recall === 'Y';
    case 'taken-back':
      return phase.name === 'paying';
    case 'closed':
      return phase.name === 'cancelled' && phase.outcome === 'closed';
    case 'decided':
      return phase.name === 'paid' || (phase.name === 'cancelled' && phase.outcome === 'refunded');
    case 'paid':
    case 'failed':
    case 'armed':
    case 'choosing':
    case 'attention':
      return phase.name === milestone;
  }
}
