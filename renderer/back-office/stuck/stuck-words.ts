/** A stuck order in plain words. */
import type { ManagerAction, StuckRow } from '../../../shared/contract/stuck.ts';
import type { Cause, OrderView } from '../../../shared/order/order.ts';
import { REFUND_NEAR_MS } from '../../../shared/timing.ts';
import { hasWords, type KeysOf, type Translate } from '../../i18n/i18n.ts';
import type { IconName } from '../../components/icon.tsx';
import type { Tone } from '../../components/tone.ts';
import { CAUSE_KEYS } from '../../i18n/code-keys.ts';
import { answerWords, durationWords, lastAnswerWords, partWords, stateWords } from '../../i18n/code-words.ts';
import type { ShownRow } from './stuck-state.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** The problem: the cause if the order is before a manager, otherwise its state. */
export function matterWords(t: Translate, { phase }: OrderView): string {
  return phase.name === 'attention' ? t(CAUSE_KEYS[phase.cause].title) : stateWords(t, phase);
}

/** WeChat's last answer, about the order and about the cancel. */
export function answerLine(t: Translate, { order, lastResult, answerIsOld }: StuckRow): string {
  const answer = lastAnswerWords(t, order);
  const says =
    answer === null ? t('stuck.noAnswer') : t(answerIsOld ? 'stuck.answerBefore' : 'stuck.answer', { answer });
  const part = partWords(t, order.refunds);
  const tried = lastResult === null ? [] : [t('stuck.lastTry', { answer: answerWords(t, lastResult) })];
  const tries = order.attemptCount === 0 ? [] : [t('stuck.tries', { count: order.attemptCount })];
  return [says, ...(part === null ? [] : [part]), ...tried, ...tries].join(' · ');
}

/** How much longer WeChat allows the reverse, and how strongly to show it. */
export function deadlineWords(
  t: Translate,
  row: StuckRow,
  sinceMs: number,
): { readonly text: string; readonly tone: Tone | null; readonly icon: IconName } {
  const leftMs = row.deadlineInMs - sinceMs;
  if (leftMs <= 0) return { text: t('stuck.left.over'), tone: 'alarm', icon: 'warning' };
  const near = leftMs <= REFUND_NEAR_MS;
  const text = near
    ? t('stuck.left.hours', { count: Math.max(1, Math.floor(leftMs / HOUR_MS)) })
    : t('stuck.left.days', { count: Math.floor(leftMs / DAY_MS) });
  return {
    text: row.deadlineIsAtMost ? `${text} (${t('stuck.left.atMost')})` : text,
    tone: near ? 'wait' : null,
    icon: 'hourglass',
  };
}

/** What is known of the customer's money, in words. A refund that is not proved to be the whole amount says so. */
export const moneyWords = (t: Translate, { money, order }: StuckRow): string =>
  t(
    money === 'taken' && (order.refunds !== null || order.lastAnswer === 'REFUND')
      ? 'stuck.money.partly'
      : MONEY_KEYS[money],
  );

/** What a manager does about an order before them: what to look at, and then what its cause and age advise. */
export function todoWords(t: Translate, { order: { phase }, advised }: StuckRow): string[] {
  if (phase.name !== 'attention') return [];
  const advice = phase.handedOver ? t('stuck.advice.handed-over') : advised === null ? null : adviceWords(t, advised);
  return [...(phase.handedOver ? [] : [t(TODO_KEYS[phase.cause])]), ...(advice === null ? [] : [advice])];
}

const adviceWords = (t: Translate, advised: ManagerAction): string | null =>
  hasWords(ADVICE_KEYS, advised) ? t(ADVICE_KEYS[advised], { act: t(ACT_KEYS[advised]) }) : null;

/** What a manager looks at first, by the cause. */
const TODO_KEYS = {
  expired: 'stuck.todo.expired',
  signature: 'stuck.todo.signature',
  'certificate-refused': 'stuck.todo.certificate-refused',
  parameter: 'stuck.todo.parameter',
  'not-permitted': 'stuck.todo.not-permitted',
  'trade-error': 'stuck.todo.trade-error',
  refused: 'stuck.todo.refused',
  contradiction: 'stuck.todo.contradiction',
  'order-not-found': 'stuck.todo.order-not-found',
  undecided: 'stuck.todo.undecided',
  'wrong-merchant': 'stuck.todo.wrong-merchant',
  'partly-refunded': 'stuck.todo.partly-refunded',
  'other-order': 'stuck.todo.other-order',
  'unknown-state': 'stuck.todo.unknown-state',
} as const satisfies KeysOf<'stuck.todo', Cause>;

/** The acts that a cause may advise. */
const ADVICE_KEYS = {
  query: 'stuck.advice.query',
  'try-now': 'stuck.advice.again',
  cancel: 'stuck.advice.again',
  'hand-over': 'stuck.advice.hand-over',
  settle: 'stuck.advice.settle',
} as const;

/** What happens next, and when. */
export function nextWords(t: Translate, { row, gone }: ShownRow, sinceMs: number): string {
  const { order, nextTryInMs } = row;
  if (gone) return stateWords(t, order.phase);
  if (order.phase.name === 'attention' && order.phase.handedOver) return stateWords(t, order.phase);
  if (order.phase.name === 'attention' || order.phase.name === 'choosing') return t('stuck.next.person');
  const leftMs = nextTryInMs === null ? 0 : nextTryInMs - sinceMs;
  return leftMs <= 0 ? t('stuck.next.now') : t('stuck.next.try', { time: durationWords(t, leftMs) });
}

export const ACT_KEYS = {
  query: 'stuck.act.query',
  'try-now': 'stuck.act.try-now',
  cancel: 'stuck.act.cancel',
  'hand-over': 'stuck.act.hand-over',
  'refund-made': 'stuck.act.refund-made',
  'refund-not-made': 'stuck.act.refund-not-made',
  settle: 'stuck.act.settle',
} as const satisfies KeysOf<'stuck.act', ManagerAction>;

export const MONEY_KEYS = {
  taken: 'stuck.money.taken',
  unknown: 'stuck.money.unknown',
  'not-taken': 'stuck.money.not-taken',
} as const satisfies KeysOf<'stuck.money', StuckRow['money']>;

/** Each state of the money has its own shape. */
export const moneySign: Readonly<Record<StuckRow['money'], IconName>> = {
  taken: 'stop',
  unknown: 'question',
  'not-taken': 'cross',
};
export const moneyTone: Readonly<Record<StuckRow['money'], Tone>> = {
  taken: 'alarm',
  unknown: 'wait',
  'not-taken': 'clear',
};
