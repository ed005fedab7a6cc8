/** The words for what the list and the audit trail hold; a code without words of its own gets the general ones. */
import type { AuditRow, OrderState } from '../../../shared/contract/history.ts';
import { formatYuan } from '../../../shared/money.ts';
import type { Role } from '../../../shared/role.ts';
import { hasWords, type KeysOf, type Translate, type Words } from '../../i18n/i18n.ts';
import type { IconName } from '../../components/icon.tsx';
import type { Tone } from '../../components/tone.ts';
import { refusalWords } from '../../i18n/code-words.ts';

/** Each state has a shape and a colour family; the word stands beside them. */
export const LOOKS: Readonly<Record<OrderState, { readonly icon: IconName; readonly tone: Tone }>> = {
  paying: { icon: 'dots', tone: 'process' },
  paid: { icon: 'moneyIn', tone: 'paid' },
  failed: { icon: 'cross', tone: 'clear' },
  'not-found': { icon: 'question', tone: 'wait' },
  armed: { icon: 'hourglass', tone: 'wait' },
  choosing: { icon: 'choice', tone: 'wait' },
  reversing: { icon: 'again', tone: 'wait' },
  confirming: { icon: 'hourglass', tone: 'wait' },
  closed: { icon: 'circleZero', tone: 'clear' },
  refunded: { icon: 'returned', tone: 'clear' },
  attention: { icon: 'person', tone: 'alarm' },
  settled: { icon: 'personCheck', tone: 'wait' },
  'same-as': { icon: 'chevron', tone: 'wait' },
  unreadable: { icon: 'warning', tone: 'alarm' },
};

export const STATE_KEYS = {
  paying: 'history.state.paying',
  paid: 'history.state.paid',
  failed: 'history.state.failed',
  'not-found': 'history.state.not-found',
  armed: 'history.state.armed',
  choosing: 'history.state.choosing',
  reversing: 'history.state.reversing',
  confirming: 'history.state.confirming',
  closed: 'history.state.closed',
  refunded: 'history.state.refunded',
  attention: 'history.state.attention',
  settled: 'history.state.settled',
  'same-as': 'history.state.same-as',
  unreadable: 'history.state.unreadable',
} as const satisfies KeysOf<'history.state', OrderState>;

const ACT_KEYS = {
  registered: 'history.act.registered',
  'cancel-tapped': 'history.act.cancel-tapped',
  'cancel-handed-over': 'history.act.cancel-handed-over',
  'cancel-withdrawn': 'history.act.cancel-withdrawn',
  'keep-chosen': 'history.act.keep-chosen',
  'refund-chosen': 'history.act.refund-chosen',
  'asked-by-hand': 'history.act.asked-by-hand',
  'tried-by-hand': 'history.act.tried-by-hand',
  'manager-settled': 'history.act.manager-settled',
  'refund-handed-over': 'history.act.refund-handed-over',
  'refund-made': 'history.act.refund-made',
  'refund-not-made': 'history.act.refund-not-made',
  'same-as': 'history.act.same-as',
  'order-covered': 'history.act.order-covered',
  other: 'history.act.other',
} as const satisfies KeysOf<'history.act', keyof Words['history']['act']>;

export const actWords = (t: Translate, code: string): string => t(ACT_KEYS[hasWords(ACT_KEYS, code) ? code : 'other']);

/** How an act ended: the order's state after it, or why it was refused. */
export function outcomeWords(t: Translate, { outcome, refused, act }: AuditRow, reader: Role): string {
  if (refused) return refusalWords(t, outcome, null, reader);
  if (outcome === 'ok') return t('history.done');
  if (act === 'manager-settled') return t(STATE_KEYS.settled);
  return t(STATE_KEYS[hasWords(STATE_KEYS, outcome) ? outcome : 'unreadable']);
}

/** For acts without a person's name. */
const WHO_KEYS = {
  screen: 'history.who.screen',
  app: 'history.who.app',
  unknown: 'history.who.unknown',
} as const satisfies KeysOf<'history.who', 'screen' | 'app' | 'unknown'>;

const OF_TERMINAL = /^terminal:?(.*)$/;
const OF_POS = /^pos:(.*)$/;

/** `screen`, `terminal:li`, `pos:3f2a`, `app`: the names in the journal for who acted. */
export function whoWords(t: Translate, who: string): string {
  if (hasWords(WHO_KEYS, who)) return t(WHO_KEYS[who]);
  const id = OF_POS.exec(who)?.[1];
  if (id !== undefined) return t('history.who.pos', { id });
  const user = OF_TERMINAL.exec(who)?.[1];
  return user === undefined ? who : t('history.who.terminal', { user });
}

/** `1234567` -> `12,345.67`: sums are long, so thousands are separated. */
export const sumText = (fen: number): string => formatYuan(fen).replace(/\B(?=(\d{3})+\.)/g, ',');
