/**
 * The seven exercises of the course: what the practice gateway does, and which states the order must go through, in
 * this order.
 */
import type { ExerciseId } from '../contract/training.ts';
import type { CancelOutcome, OrderView, PhaseView } from '../order/order.ts';
import type { Scenario } from './scenarios.ts';

/** A state that the exercise's own order must really reach. */
export type Milestone =
  'paid' | 'failed' | 'armed' | 'taken-back' | 'recall' | 'choosing' | 'decided' | 'closed' | 'attention';

export interface Exercise {
  readonly id: ExerciseId;
  readonly scenario: Scenario;
  /** Reached one after another, by one order. */
  readonly path: readonly Milestone[];
  /** A second customer must also be served before this order is done; that payment succeeds. */
  readonly nextCustomer?: true;
}

export const exercises: readonly Exercise[] = [
  { id: 'goes-well', scenario: 'paid', path: ['paid'] },
  { id: 'declined', scenario: 'declined', path: ['failed'] },
  { id: 'hangs', scenario: 'never-answers', path: ['armed', 'closed'] },
  { id: 'take-back', scenario: 'needs-password', path: ['armed', 'taken-back', 'paid'] },
  { id: 'recall', scenario: 'recall-twice', path: ['armed', 'recall', 'closed'], nextCustomer: true },
  { id: 'paid-after-all', scenario: 'paid-late', path: ['armed', 'choosing', 'decided'] },
  { id: 'manager', scenario: 'sign-error', path: ['armed', 'attention'] },
];

/** Whether the order has reached `milestone`, according to main. */
export function hasReached(milestone: Milestone, { phase }: OrderView): boolean {
  switch (milestone) {
    case 'recall':
      return phase.name === 'reversing' && phase.recall === 'Y';
    case 'taken-back':
      return phase.name === 'paying';
    default:
      return isReachedBy(milestone, phase);
  }
}

/** What shows such a milestone: in the screen's view of an order, and in the journal. */
interface TellingPhase {
  readonly name: PhaseView['name'];
  readonly outcome?: CancelOutcome;
}

/** The milestones that the phase alone shows. */
export function isReachedBy(milestone: Exclude<Milestone, 'recall' | 'taken-back'>, phase: TellingPhase): boolean {
  switch (milestone) {
    case 'closed':
      return phase.name === 'cancelled' && phase.outcome !== 'refunded';
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
