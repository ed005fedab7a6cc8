/** Words for the wire's codes. A code without words of its own gets general words; a bare code is never shown. */
import { formatYuan } from '../../shared/money.ts';
import type { OrderView, PhaseView, TimelineRow } from '../../shared/order/order.ts';
import { unreachable } from '../../shared/result.ts';
import { decidesOnMoney, type Role } from '../../shared/role.ts';
import { waitLeft } from './seconds-left.ts';
import {
  ADVICE,
  ADVICE_KEYS,
  CAUSE_KEYS,
  ERR_CODE_KEYS,
  FIELD_KEYS,
  NO_ANSWER_KEYS,
  PROBLEM_KEYS,
  REASON_KEYS,
  REFUND_KEYS,
  REFUSAL_KEYS,
  START_PART_KEYS,
  START_REASON_KEYS,
  STATE_KEYS,
  TRADE_STATE_KEYS,
  VERDICT_KEYS,
  WAIT_KEYS,
  type Advice,
} from './code-keys.ts';
import { hasWords, type Translate } from './i18n.ts';

/** A refused command, in words that name the field, the reason and the remedy. A manager is not told to call one. */
export function refusalWords(t: Translate, code: string, field: string | null, reader: Role): string {
  const name = t(FIELD_KEYS[field !== null && hasWords(FIELD_KEYS, field) ? field : 'other']);
  if (hasWords(PROBLEM_KEYS, code)) return t(PROBLEM_KEYS[code], { field: name });
  return t(REFUSAL_KEYS[hasWords(REFUSAL_KEYS, code) ? code : 'bug'], { field: name, reader });
}

/** Why a part of the terminal could not be opened, from main's `part:code`. */
export function startReason(t: Translate, field: string | null): string {
  const [part = '', code = ''] = (field ?? '').split(':');
  const reason = t(START_REASON_KEYS[hasWords(START_REASON_KEYS, code) ? code : 'other']);
  return hasWords(START_PART_KEYS, part) ? t('start.because', { part: t(START_PART_KEYS[part]), reason }) : reason;
}

/** Who reads it, and whether the customer of the order has gone meanwhile. */
export interface Reader {
  readonly role: Role;
  readonly aged: boolean;
}

/** What the customer who stands there is asked for, or what is done for them. */
const ABOUT_THE_CUSTOMER: readonly Advice[] = ['phone', 'other-way', 'other-card', 'code-again', 'take-again'];

/**
 * An answer with what to do about it. `mayCharge`: only then is it right to ask the customer for another way to pay, and
 * only as long as the customer is there.
 */
export function advisedWords(t: Translate, code: string, { role, aged }: Reader, mayCharge: boolean): string {
  const fact = answerWords(t, code);
  const advice = adviceFor(code, role);
  if (advice === null || (mayCharge ? aged : ABOUT_THE_CUSTOMER.includes(advice))) return fact;
  return t('advice.with', { fact, advice: t(ADVICE_KEYS[advice]) });
}

/** A manager is not told to call one, and a cashier is not told what only a technician can mend. */
function adviceFor(code: string, role: Role): Advice | null {
  const known = hasWords(ADVICE, code) ? ADVICE[code] : null;
  if (known === 'bind-again') return role === 'cashier' ? 'manager' : known;
  return known === 'manager' && decidesOnMoney(role) ? 'technician' : known;
}

/** The fact of an err_code, a trade_state or the reason why there was no answer; it never goes out of date. */
export function answerWords(t: Translate, code: string): string {
  if (code === 'SUCCESS') return t('timeline.accepted');
  if (code === 'FAIL') return t('timeline.rejected');
  if (hasWords(ERR_CODE_KEYS, code)) return t(ERR_CODE_KEYS[code]);
  if (hasWords(NO_ANSWER_KEYS, code)) return t(NO_ANSWER_KEYS[code]);
  return hasWords(TRADE_STATE_KEYS, code) ? t(TRADE_STATE_KEYS[code]) : t('errCode.other');
}

/**
 * WeChat's last answer about an order. A state that this app does not know is shown as it is; `null` if there was no
 * answer.
 */
export function lastAnswerWords(t: Translate, { lastAnswer, unknownState }: OrderView): string | null {
  if (unknownState !== null) return t('phase.unknownState', { name: unknownState });
  return lastAnswer === null ? null : t(TRADE_STATE_KEYS[lastAnswer]);
}

/** How much of an order was returned by refunds made elsewhere; `null` if that is not known. */
export const partWords = (t: Translate, refunds: OrderView['refunds']): string | null =>
  refunds === null
    ? null
    : t('phase.refundedPart', { part: formatYuan(refunds.refundedFen), whole: formatYuan(refunds.totalFen) });

/** The short name of an order's state, as the tray shows it. */
export function stateWords(t: Translate, phase: PhaseView): string {
  switch (phase.name) {
    case 'cancelled':
      return t(STATE_KEYS[phase.outcome]);
    case 'reversing':
      return t(STATE_KEYS[phase.activity === 'waiting' && phase.recall === 'Y' ? 'recall' : 'reversing']);
    case 'paying':
    case 'paid':
    case 'failed':
    case 'not-found':
    case 'armed':
    case 'choosing':
    case 'confirming':
    case 'settled':
      return t(STATE_KEYS[phase.name]);
    case 'attention':
      return t(STATE_KEYS[phase.handedOver ? 'handed-over' : phase.name]);
    default:
      return unreachable(phase);
  }
}

/** The result of one line of the timeline; `null` if the line has no result. */
export function resultWords(t: Translate, row: TimelineRow): string | null {
  const { what, result, errCode } = row;
  switch (what) {
    case 'settled-by-manager':
    case 'refund-handed-over':
    case 'cancel-armed':
    case 'tried-by-hand':
    case 'refund-chosen':
    case 'refund-not-made':
      return becauseWords(t, row);
    case 'refund-made': {
      const number = result === null ? null : t('phase.refundNumber', { number: result });
      return [number, becauseWords(t, row)].filter((part) => part !== null).join(' · ') || null;
    }
    case 'cancelled':
      return t(result === 'refunded' ? 'phase.refunded' : 'phase.closed');
    case 'attention':
      return result !== null && hasWords(CAUSE_KEYS, result) ? t(CAUSE_KEYS[result].title) : null;
    case 'pay-answered':
    case 'query-answered':
      // Here SUCCESS means the payment; in the answer to a reverse it means only the command.
      if (errCode === null && result === 'SUCCESS') return t(TRADE_STATE_KEYS.SUCCESS);
      return result === null ? null : answerWords(t, errCode ?? result);
    case 'reverse-answered':
    case 'refund-answered':
      return result === null ? null : answerWords(t, errCode ?? result);
    case 'refund-asked': {
      const [fen, number] = (result ?? '').split(' ');
      const asked = t('timeline.refund.asked', { amount: formatYuan(Number(fen)), number: number ?? '' });
      return [asked, becauseWords(t, row)].filter((part) => part !== null).join(' · ');
    }
    case 'refund-looked':
      if (result !== null && hasWords(REFUND_KEYS, result)) return t(REFUND_KEYS[result]);
      return result === null ? null : answerWords(t, errCode ?? result);
    case 'refund-retried':
    case 'refund-settled':
      return becauseWords(t, row);
    default:
      return null;
  }
}

/** Why a person did it; `null` if no reason was given. */
const becauseWords = (t: Translate, { reason, note }: TimelineRow): string | null =>
  reason === null
    ? null
    : t('timeline.because', { reason: [t(REASON_KEYS[reason]), note].filter((part) => part !== null).join(' · ') });

const SECONDS_PER_MINUTE = 60;
const SECONDS_PER_HOUR = 3_600;
const SECONDS_PER_DAY = 86_400;

/** How long ago, in the largest unit that is still useful. */
export function ageWords(t: Translate, ageMs: number): string {
  const seconds = Math.max(0, Math.floor(ageMs / 1_000));
  if (seconds < SECONDS_PER_MINUTE) return t('age.seconds', { count: seconds });
  if (seconds < SECONDS_PER_HOUR) return t('age.minutes', { count: Math.floor(seconds / SECONDS_PER_MINUTE) });
  if (seconds < 2 * SECONDS_PER_DAY) return t('age.hours', { count: Math.floor(seconds / SECONDS_PER_HOUR) });
  return t('age.days', { count: Math.floor(seconds / SECONDS_PER_DAY) });
}

/** How long until then, in the same form as the countdown: `8 s`, `about 8 min`. */
export function durationWords(t: Translate, leftMs: number): string {
  const { count, unit } = waitLeft(leftMs);
  return t(WAIT_KEYS[unit], { count });
}

/**
 * Which attempt this is, what happens by itself and when: `Try 3 · next in about 8 min`. `leftMs` is null while main is
 * busy.
 */
export function nextStepWords(t: Translate, phase: PhaseView, leftMs: number | null): string {
  // A moment that has passed is not shown: main's next message about it is on its way.
  const time = leftMs === null || leftMs <= 0 ? null : durationWords(t, leftMs);
  if (phase.name === 'armed') return time === null ? '' : t('tray.firesIn', { time });
  if (phase.name !== 'reversing') return '';
  const attempt = phase.attempt > 0 ? t('phase.attempt', { count: phase.attempt }) : null;
  return [attempt, time === null ? null : t('tray.nextTry', { time })].filter((part) => part !== null).join(' · ');
}

/** The verdict, for users of a screen reader. */
export const verdictWords = (t: Translate, view: OrderView): string => t(VERDICT_KEYS[view.verdict]);
