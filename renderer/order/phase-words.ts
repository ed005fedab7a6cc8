/** What the till says about an order in each phase: how it looks, what is going on, and what happens next. */
import type { CancelOutcome, Cause, OrderView, PhaseView } from '../../shared/order/order.ts';
import { refundMadeOf } from '../../shared/order/reason.ts';
import { unreachable } from '../../shared/result.ts';
import { decidesOnMoney } from '../../shared/role.ts';
import { endedWallMs, sameAs, type HeldOrder } from '../state/held-order.ts';
import { minuteSince } from '../i18n/beijing-time.ts';
import { CAUSE_KEYS, TRADE_STATE_KEYS } from '../i18n/code-keys.ts';
import { hasWords, type MessageKey, type Translate } from '../i18n/i18n.ts';
import { advisedWords, answerWords, lastAnswerWords, partWords, type Reader } from '../i18n/code-words.ts';

export interface PhaseWords {
  readonly headline: string;
  /** Which attempt this is, while attempts are being made. */
  readonly badge: string | null;
  readonly lines: readonly string[];
  /** One sentence: the cashier may go on, or whom they must call. */
  readonly next: string | null;
}

/** `over`: the deadline of the phase has passed on this screen's clock, and main's next word is on its way. */
export function phaseWords(t: Translate, view: OrderView, over: boolean, reader: Reader): PhaseWords {
  const { phase } = view;
  const decides = decidesOnMoney(reader.role);
  switch (phase.name) {
    case 'paying':
      return paying(t, view, phase, over, reader);
    case 'armed':
      return armed(t, view, phase, over);
    case 'reversing':
      return reversing(t, phase, reader);
    case 'confirming':
      return words(t('phase.confirming'), [t('phase.confirmingSub'), t('phase.reversingSub')], t('phase.background'));
    case 'choosing':
      return words(t('phase.choosing'), [t('phase.choosingSub')]);
    case 'paid':
      return words(t('phase.paid'), [t('phase.paidSub')]);
    case 'failed':
      return words(t('phase.failed'), [advisedWords(t, phase.cause, reader, true)]);
    case 'not-found':
      return words(t('phase.not-found'), [t(decides ? 'phase.notFoundManager' : 'phase.notFoundSub')]);
    case 'cancelled':
      return cancelled(t, phase);
    case 'attention':
      return phase.handedOver ? handedOver(t, view, decides) : attention(t, view, phase.cause, decides);
    case 'settled':
      return words(
        t('phase.settled'),
        [settledWords(t, view, phase.reason)],
        sameAs(view) === null && !decides ? t('phase.settledNext') : null,
      );
    default:
      return unreachable(phase);
  }
}

/**
 * What a finished order was, once "you may charge again" is out of date: `12:04 已撤销，未扣款`. Without the time of its
 * end, by the time of the order.
 */
export function wasWords(t: Translate, order: HeldOrder, state: string, nowWallMs: number): string {
  const endedMs = endedWallMs(order);
  return endedMs === null
    ? t('verdict.wasOf', { time: minuteSince(order.view.createdAtMs, nowWallMs), state })
    : t('verdict.was', { time: minuteSince(endedMs, nowWallMs), state });
}

function settledWords(t: Translate, view: OrderView, reason: string): string {
  const refundNumber = refundMadeOf(reason);
  if (refundNumber === '') return t('phase.refundMade');
  if (refundNumber !== null) return `${t('phase.refundMade')} · ${t('phase.refundNumber', { number: refundNumber })}`;
  return sameAs(view) === null ? t('phase.settledSub', { reason }) : t('phase.sameAs');
}

const words = (
  headline: string,
  lines: readonly string[],
  next: string | null = null,
  badge: string | null = null,
): PhaseWords => ({ headline, lines, next, badge });

function paying(
  t: Translate,
  view: OrderView,
  phase: PhaseView & { name: 'paying' },
  over: boolean,
  { aged }: Reader,
): PhaseWords {
  if (phase.cancelFirst && phase.declined !== null) {
    // Once the customer has gone, nobody is charged again after the cancel.
    const first = t(aged ? 'phase.cancelFirstAged' : 'phase.cancelFirst');
    const lines = [t('phase.declinedSub'), first, ...(over ? [] : [t('countdown.zeroOpen')])];
    return words(t('phase.declinedFirst'), [answerWords(t, phase.declined), ...lines]);
  }
  // What the customer has to do now comes before what WeChat has said.
  const says =
    phase.declined === null
      ? view.lastAnswer === 'USERPAYING'
        ? t('phase.password')
        : saysWords(t, view)
      : t('phase.declined', { reason: answerWords(t, phase.declined) });
  return over
    ? words(t('phase.ready'), [t('phase.readySub'), says])
    : words(t('phase.paying'), [t('countdown.why'), says, t('countdown.zeroOpen')]);
}

function armed(t: Translate, view: OrderView, phase: PhaseView & { name: 'armed' }, over: boolean): PhaseWords {
  if (phase.lastLook) return words(t('phase.lastLook'), [saysWords(t, view), t('phase.reversingSub')]);
  if (over) return words(t('phase.firing'), [t('phase.reversingSub')]);
  return words(t('phase.armed'), [t('phase.armedSub'), saysWords(t, view), t('countdown.zeroArmed')]);
}

/** WeChat's last answer. SUCCESS of a query means paid, unlike the SUCCESS of a command. */
function saysWords(t: Translate, view: OrderView): string {
  const answer = lastAnswerWords(t, view);
  return answer === null ? t('phase.saysNothing') : t('phase.says', { answer });
}

/** How much was returned by refunds made elsewhere: one line, if that is known. */
const refundsWords = (t: Translate, { refunds }: OrderView): string[] => {
  const words = partWords(t, refunds);
  return words === null ? [] : [words];
};

function reversing(t: Translate, phase: PhaseView & { name: 'reversing' }, reader: Reader): PhaseWords {
  const { activity, attempt, recall, lastResult } = phase;
  const late = decidesOnMoney(reader.role) ? 'phase.escalatedManager' : 'phase.escalated';
  const next = t(phase.escalated ? late : 'phase.background');
  const badge = attempt === 0 ? null : t('phase.attempt', { count: attempt });
  const last =
    lastResult === null ? [] : [t('phase.lastResult', { answer: advisedWords(t, lastResult, reader, false) })];
  const steady = [t('phase.reversingSub'), ...last];
  if (activity === 'asking') return words(t('phase.asking'), steady, next, badge);
  if (activity === 'calling' || attempt === 0) return words(t('phase.reversing'), steady, next, badge);
  return recall === 'Y'
    ? words(t('phase.recall'), [t('phase.recallSub'), ...last], next, badge)
    : words(t('phase.unknown'), [t('phase.unknownSub'), ...last], next, badge);
}

/** How it ended, and what that means for the money. */
const CANCELLED_KEYS = {
  closed: { headline: 'phase.closed', line: 'phase.closedSub' },
  revoked: { headline: 'phase.revoked', line: 'phase.revokedSub' },
  refunded: { headline: 'phase.refunded', line: 'phase.refundedSub' },
} as const satisfies Record<CancelOutcome, Record<'headline' | 'line', MessageKey>>;

function cancelled(t: Translate, phase: PhaseView & { name: 'cancelled' }): PhaseWords {
  // `revoked` is a proved cancel, but it does not prove that nothing was charged before.
  const { headline, line } = CANCELLED_KEYS[phase.outcome];
  return words(t(headline), [t(line)]);
}

/** What a manager looks at stands in the decision, which is one tap away; the cashier is told nothing technical. */
function attention(t: Translate, view: OrderView, cause: Cause, decides: boolean): PhaseWords {
  const { title, cashier } = CAUSE_KEYS[cause];
  const refunds = refundsWords(t, view);
  return decides
    ? words(t(title), refunds, t('phase.managerDecides'))
    : words(t(title), [t(cashier), ...refunds], t('phase.attentionCall'));
}

function handedOver(t: Translate, view: OrderView, decides: boolean): PhaseWords {
  const todo = t(decides ? 'phase.handedOverManager' : 'phase.handedOverSub');
  return words(t('phase.handedOver'), [todo, ...refundsWords(t, view)], t('phase.background'));
}

/** The technical code behind the words, for a person who is asked on the telephone. Small print only. */
export function smallPrint(view: OrderView): string | null {
  const { phase } = view;
  switch (phase.name) {
    case 'failed':
      return phase.cause;
    case 'attention':
      return phase.errCode;
    case 'reversing':
      return phase.lastResult;
    case 'paying':
      return phase.declined !== null && !hasWords(TRADE_STATE_KEYS, phase.declined) ? phase.declined : null;
    case 'cancelled':
      return phase.proof;
    default:
      return null;
  }
}
