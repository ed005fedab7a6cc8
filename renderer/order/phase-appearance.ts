/** Each outcome's looks: its colour, its shape, its figure and its sound stand here once, and the till, the column and the cues all read them here. */
import type { OrderView, PhaseView } from '../../shared/order.ts';
import { unreachable } from '../../shared/result.ts';
import type { IconName } from '../components/icon.tsx';
import type { Tone } from '../components/tone.ts';
import type { Cue } from '../sound/synth.ts';

/** What a phase is to whoever looks at the screen. */
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
  | 'settled';

/** `still`: the shape alone. `turning`: something is under way, nobody knows for how long. Otherwise the time that is counted. */
export type FigureKind = 'still' | 'turning' | 'window' | 'nextTry' | 'nextAsk';

export interface Look {
  readonly tone: Tone;
  readonly shape: IconName;
  readonly figure: FigureKind;
  /** What is heard when an order comes to this; of a reversing order only after an answer that settled nothing. */
  readonly cue: Cue | null;
}

/**
 * Outcomes that ask for different things differ in shape as well as in colour. Whatever stands before a manager has the
 * person's shape, whatever its cause: the shape says what to do, the words say why.
 */
export const looks: Readonly<Record<Outcome, Look>> = {
  paying: { tone: 'process', shape: 'dots', figure: 'window', cue: null },
  // It failed, but not for certain: whoever wants to charge again cancels it first, so it must not pass for `failed`.
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
  closed: { tone: 'done', shape: 'circleCheck', figure: 'still', cue: 'cancelled' },
  revoked: { tone: 'done', shape: 'circleReturned', figure: 'still', cue: 'cancelled' },
  refunded: { tone: 'done', shape: 'returned', figure: 'still', cue: 'cancelled' },
  paid: { tone: 'done', shape: 'squareCheck', figure: 'still', cue: 'paid' },
  failed: { tone: 'done', shape: 'cross', figure: 'still', cue: 'failed' },
  'not-found': { tone: 'wait', shape: 'search', figure: 'still', cue: 'look' },
  attention: { tone: 'alarm', shape: 'person', figure: 'still', cue: 'manager' },
  settled: { tone: 'wait', shape: 'squareCheck', figure: 'still', cue: null },
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
    case 'attention':
    case 'settled':
      return phase.name;
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

/** What is heard of an order in this phase, once. `ready` is the screen's own moment, so it is not main's to call. */
export function cueOf({ phase }: OrderView): Cue | null {
  // What goes on by itself is called out at the first answer that settled nothing, and not at each later one.
  if (phase.name === 'reversing' && (phase.lastResult === null || phase.attempt === 0)) return null;
  return lookOf(phase, false).cue;
}
