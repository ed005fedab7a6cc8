/** The words for what the list and the audit trail hold; a code without words of its own gets the general ones. */
import deskZhCN from '../../../shared/locales/desk.zh-CN.json';
import type { AuditRow, OrderState } from '../../../shared/contract/history.ts';
import { formatYuan } from '../../../shared/money.ts';
import type { Translate } from '../../i18n/i18n.ts';
import type { IconName } from '../../components/icon.tsx';
import type { Tone } from '../../components/tone.ts';
import { refusalWords } from '../../i18n/code-words.ts';

/** Each state has a shape and a colour family; the word is beside them. */
export const LOOKS: Readonly<Record<OrderState, { readonly icon: IconName; readonly tone: Tone }>> = {
  paying: { icon: 'dots', tone: 'process' },
  paid: { icon: 'squareCheck', tone: 'done' },
  failed: { icon: 'cross', tone: 'done' },
  'not-found': { icon: 'question', tone: 'wait' },
  armed: { icon: 'hourglass', tone: 'wait' },
  choosing: { icon: 'choice', tone: 'wait' },
  reversing: { icon: 'again', tone: 'wait' },
  confirming: { icon: 'hourglass', tone: 'wait' },
  closed: { icon: 'circleCheck', tone: 'done' },
  refunded: { icon: 'returned', tone: 'done' },
  attention: { icon: 'person', tone: 'alarm' },
  settled: { icon: 'squareCheck', tone: 'wait' },
  'same-as': { icon: 'chevron', tone: 'wait' },
  unreadable: { icon: 'warning', tone: 'alarm' },
};

const { act: ACTS, state: STATES } = deskZhCN.history;
const isAct = (code: string): code is keyof typeof ACTS => Object.hasOwn(ACTS, code);
const isState = (code: string): code is keyof typeof STATES => Object.hasOwn(STATES, code);

export const actWords = (t: Translate, code: string): string => t(`history.act.${isAct(code) ? code : 'other'}`);

/** How an act ended: where the order stood after it, or why it was refused. */
export function outcomeWords(t: Translate, { outcome, refused, act }: AuditRow): string {
  if (refused) return refusalWords(t, outcome, null);
  if (outcome === 'ok') return t('history.done');
  return act === 'manager-settled' ? t('history.state.settled') : t(`history.state.${isState(outcome) ? outcome : 'unreadable'}`);
}

const OF_TERMINAL = /^terminal:?(.*)$/;
const OF_POS = /^pos:(.*)$/;

/** `screen`, `terminal:li`, `pos:3f2a`, `app`: as the journal knows people. */
export function whoWords(t: Translate, who: string): string {
  if (who === 'screen' || who === 'app' || who === 'unknown') return t(`history.who.${who}`);
  const id = OF_POS.exec(who)?.[1];
  if (id !== undefined) return t('history.who.pos', { id });
  const user = OF_TERMINAL.exec(who)?.[1];
  return user === undefined ? who : t('history.who.terminal', { user });
}

/** `1234567` -> `12,345.67`: sums are long. */
export const sumText = (fen: number): string => formatYuan(fen).replace(/\B(?=(\d{3})+\.)/g, ',');
