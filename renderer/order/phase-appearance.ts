/**
 * The appearance of each outcome: its colour, shape, figure and sound. The till, the column and the cues all read them
 * here.
 */
import type { OrderView, PhaseView } from '../../shared/order/order.ts';
import { unreachable } from '../../shared/result.ts';
import type { IconName } from '../components/icon.tsx';
import type { Tone } from '../components/tone.ts';
import type { Cue } from '../sound/synth.ts';

/** What a phase means to the person at the screen. */
export type Outcome =
  | 'paying'
  | 'declined'
  | 'ready'
  | 'armed'
  | 'last-look'
  | 'choosing'
  | 'calling'
  | 'asking'
  | 'recall'
  | 'unknown'
  | 'confirming'
  | 'closed'
  | 'refunded'
  | 'revoked'
  | 'paid'
  | 'failed'
  | 'not-found'
  | 'attention'
  | 'handed-over'
  | 'settled';

/** `still`: the shape alone. `turning`: work of unknown length. Otherwise the time that is counted. */
export type FigureKind = 'still' | 'turning' | 'window' | 'nextTry' | 'nextAsk';

export interface Look {
  readonly tone: Tone;
  readonly shape: IconName;
  readonly figure: FigureKind;
  /**
   * The sound when an order comes to this phase. For a reversing order it sounds only after an answer that settled
   * nothing.
   */
  readonly cue: Cue | null;
}

/**
 * Outcomes that ask for different acts differ in shape as well as in colour. Every order that a manager must be called
 * for has the person's shape, whatever its cause: the shape says what to do, the words say why.
 */
export const looks: Readonly<Record<Outcome, Look>> = {
  paying: { tone: 'process', shape: 'dots', figure: 'window', cue: null },
  // It failed, but not for certain: the cashier must cancel it before charging again, so it must not look like
  // `failed`.
  declined: { tone: 'wait', shape: 'cross', figure: 'window', cue: 'failed' },
  ready: { tone: 'wait', shape: 'ready', figure: 'still', cue: 'ready' },
  armed: { tone: 'wait', shape: 'clock', figure: 'window', cue: null },
  'last-look': { tone: 'wait', shape: 'eye', figure: 'turning', cue: null },
  choosing: { tone: 'wait', shape: 'choice', figure: 'still', cue: 'look' },
  calling: { tone: 'wait', shape: 'hourglass', figure: 'turning', cue: 'look' },
  asking: { tone: 'wait', shape: 'question', figure: 'nextTry', cue: 'look' },
  recall: { tone: 'wait', shape: 'again', figure: 'nextTry', cue: 'look' },
  unknown: { tone: 'wait', shape: 'question', figure: 'nextTry', cue: 'look' },
  confirming: { tone: 'wait', shape: 'shield', figure: 'nextAsk', cue: null },
  closed: { tone: 'clear', shape: 'circleZero', figure: 'still', cue: 'cancelled' },
  revoked: { tone: 'clear', shape: 'circleReturned', figure: 'still', cue: 'cancelled' },
  refunded: { tone: 'clear', shape: 'returned', figure: 'still', cue: 'cancelled' },
  paid: { tone: 'paid', shape: 'moneyIn', figure: 'still', cue: 'paid' },
  failed: { tone: 'clear', shape: 'cross', figure: 'still', cue: 'failed' },
  'not-found': { tone: 'wait', shape: 'search', figure: 'still', cue: 'look' },
  attention: { tone: 'alarm', shape: 'person', figure: 'still', cue: 'manager' },
  // A manager has it in hand: nobody needs to be called.
  'handed-over': { tone: 'wait', shape: 'personDots', figure: 'still', cue: null },
  settled: { tone: 'wait', shape: 'personCheck', figure: 'still', cue: null },
};

/** The frame around the screen that goes with a sound. */
export const CUE_TONES: Readonly<Record<Cue, Tone>> = {
  ready: 'wait',
  paid: 'paid',
  cancelled: 'clear',
  // Sounds for a proved failure and for one that must be cancelled first, so it is in the colour of neither.
  failed: 'process',
  look: 'wait',
  manager: 'alarm',
  offline: 'wait',
  refused: 'wait',
};

/** `over`: the deadline of the phase has passed on this screen's clock. */
export function outcomeOf(phase: PhaseView, over: boolean): Outcome {
  switch (phase.name) {
    case 'paying':
      if (over) return 'ready';
      return phase.cancelFirst ? 'declined' : 'paying';
    case 'armed':
      if (phase.lastLook) return 'last-look';
      return over ? 'calling' : 'armed';
    case 'reversing':
      return reversing(phase);
    case 'cancelled':
      return phase.outcome;
    case 'paid':
    case 'failed':
    case 'not-found':
    case 'choosing':
    case 'confirming':
    case 'settled':
      return phase.name;
    case 'attention':
      return phase.handedOver ? 'handed-over' : phase.name;
    default:
      return unreachable(phase);
  }
}

function reversing({ activity, attempt, recall }: PhaseView & { name: 'reversing' }): Outcome {
  if (activity === 'asking') return 'asking';
  if (activity === 'calling' || attempt === 0) return 'calling';
  return recall === 'Y' ? 'recall' : 'unknown';
}

export const lookOf = (phase: PhaseView, over: boolean): Look => looks[outcomeOf(phase, over)];

/**
 * The sound for an order in this phase, once. For `ready` the screen alone decides the moment, so main does not call
 * it.
 */
export function cueOf({ phase }: OrderView): Cue | null {
  // A cancel that goes on by itself sounds at the first answer that settled nothing, and not at each later answer.
  if (phase.name === 'reversing' && (phase.lastResult === null || phase.attempt === 0)) return null;
  return lookOf(phase, false).cue;
}
