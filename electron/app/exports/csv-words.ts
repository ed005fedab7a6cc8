/** The words in exported tables. Main has them, because it cannot ask the screen. */
import type { DifferenceKind, StandingHere } from '../../../shared/contract/bill.ts';
import type { ReasonCode } from '../../../shared/order/reason.ts';
import type { Language } from '../../../shared/settings.ts';
import en from '../../../shared/locales/en.json' with { type: 'json' };
import zh from '../../../shared/locales/zh-CN.json' with { type: 'json' };
import type { CancelOutcome } from '../../../shared/order/order.ts';
import type { Actor } from '../../orders/machine/actor.ts';
import { outcomeOf, type Phase } from '../../orders/machine/order.ts';

/** In the order of the columns. */
export const ORDER_COLUMNS = [
  'outTradeNo',
  'transactionId',
  'amount',
  'currency',
  'createdAt',
  'state',
  'outcome',
  'proof',
  'attempts',
  'takenBy',
  'lastActedBy',
  'reason',
  'lastAnswer',
] as const;
export type OrderColumn = (typeof ORDER_COLUMNS)[number];

export const DIFFERENCE_COLUMNS = [
  'kind',
  'outTradeNo',
  'transactionId',
  'here',
  'hereAmount',
  'billAmount',
  'billRefund',
  'line',
  'at',
] as const;
export type DifferenceColumn = (typeof DIFFERENCE_COLUMNS)[number];

export interface CsvWords {
  readonly order: Readonly<Record<OrderColumn, string>>;
  readonly difference: Readonly<Record<DifferenceColumn, string>>;
  readonly kind: Readonly<Record<DifferenceKind, string>>;
  readonly here: Readonly<Record<StandingHere, string>>;
  readonly outcome: Readonly<Record<CancelOutcome, string>>;
  /** The ways in that are no person at the screen. */
  readonly way: Readonly<Record<'terminal' | 'pos' | 'app', string>>;
  readonly unreadable: string;
}

export const csvWords: Readonly<Record<Language, CsvWords>> = {
  'zh-CN': {
    order: {
      outTradeNo: '订单号',
      transactionId: '微信支付单号',
      amount: '金额(元)',
      currency: '币种',
      createdAt: '创建时间(北京)',
      state: '状态',
      outcome: '结果',
      proof: '微信证明',
      attempts: '撤销次数',
      takenBy: '收款人',
      lastActedBy: '最后操作人',
      reason: '原因',
      lastAnswer: '微信最后答复',
    },
    difference: {
      kind: '差异',
      outTradeNo: '订单号',
      transactionId: '微信支付单号',
      here: '本机状态',
      hereAmount: '本机金额(元)',
      billAmount: '账单收款(元)',
      billRefund: '账单退款(元)',
      line: '账单行',
      at: '时间(北京)',
    },
    kind: {
      'cancelled-here-paid-in-bill': '本机已撤销，账单有收款且未退回',
      'failed-here-paid-in-bill': '本机未收到钱，账单有收款',
      'paid-in-bill-not-here': '账单有收款，本机没有此单',
      'amount-differs': '金额不同',
      'duplicate-in-bill': '同一单号在账单中收款多次',
      'unresolved-here-settled-in-bill': '本机未有结果，账单已有',
      'paid-here-not-in-bill': '本机已付款，账单没有',
      'refunded-in-bill-not-here': '账单已退款，本机未记',
      'settled-here-paid-in-bill': '店长已处理，账单仍有收款',
      'row-not-read': '账单这一行读不懂',
      'perhaps-in-next-bill': '接近午夜，可能在次日账单',
    },
    here: {
      paid: '已付款',
      closed: '已撤销（未扣款）',
      revoked: '已撤销（如已扣款自动退回）',
      refunded: '已撤销（已退款）',
      failed: '付款失败',
      unresolved: '未有结果',
      settled: '店长已处理',
      'looked-up': '仅查询过',
      unknown: '没有此单',
    },
    outcome: { closed: '未扣款', revoked: '如已扣款自动退回', refunded: '已退款' },
    way: { terminal: '终端命令', pos: '收银软件', app: '本机自动' },
    unreadable: '记录损坏',
  },
  en: {
    order: {
      outTradeNo: 'Order number',
      transactionId: 'WeChat Pay number',
      amount: 'Amount (yuan)',
      currency: 'Currency',
      createdAt: 'Created (Beijing)',
      state: 'State',
      outcome: 'Outcome',
      proof: 'Proof from WeChat',
      attempts: 'Cancel attempts',
      takenBy: 'Taken by',
      lastActedBy: 'Last acted on by',
      reason: 'Reason',
      lastAnswer: 'Last answer from WeChat',
    },
    difference: {
      kind: 'Difference',
      outTradeNo: 'Order number',
      transactionId: 'WeChat Pay number',
      here: 'State here',
      hereAmount: 'Amount here (yuan)',
      billAmount: 'Paid in bill (yuan)',
      billRefund: 'Refunded in bill (yuan)',
      line: 'Line of bill',
      at: 'Time (Beijing)',
    },
    kind: {
      'cancelled-here-paid-in-bill': 'cancelled here, paid in the bill and not given back',
      'failed-here-paid-in-bill': 'not charged here, paid in the bill',
      'paid-in-bill-not-here': 'paid in the bill, not known here',
      'amount-differs': 'amount differs',
      'duplicate-in-bill': 'paid more than once in the bill',
      'unresolved-here-settled-in-bill': 'without result here, with one in the bill',
      'paid-here-not-in-bill': 'paid here, not in the bill',
      'refunded-in-bill-not-here': 'refunded in the bill, not here',
      'settled-here-paid-in-bill': 'settled by manager here, still paid in the bill',
      'row-not-read': 'its row in the bill cannot be understood',
      'perhaps-in-next-bill': 'near midnight, perhaps in the next bill',
    },
    here: {
      paid: 'paid',
      closed: 'cancelled (not charged)',
      revoked: 'cancelled (anything deducted goes back)',
      refunded: 'cancelled (refunded)',
      failed: 'payment failed',
      unresolved: 'no result yet',
      settled: 'settled by manager',
      'looked-up': 'only looked up',
      unknown: 'not known',
    },
    outcome: { closed: 'not charged', revoked: 'anything deducted goes back by itself', refunded: 'refunded' },
    way: { terminal: 'terminal command', pos: 'till software', app: 'by itself' },
    unreadable: 'record damaged',
  },
};

/** The state of an order, as the tray names it. */
export function stateWord(language: Language, phase: Phase): string {
  const { state } = language === 'en' ? en : zh;
  return phase.name === 'cancelled' ? state[outcomeOf(phase)] : state[phase.name];
}

/**
 * Who it was: name and role, and the way in where it was not the screen. A person who signed in there is known only by
 * their role.
 */
export function personWord(language: Language, { who, role }: Pick<Actor, 'who' | 'role'>): string {
  const { way } = csvWords[language];
  const roleName = role === null ? null : (language === 'en' ? en : zh).role[role];
  const [kind = '', ...rest] = who.split(':');
  const name = rest.join(':');
  switch (kind) {
    case 'screen':
      return roleName ?? who;
    case 'cashier':
      return described(language, name, [roleName]);
    case 'terminal':
      return described(language, name, [roleName, way.terminal]);
    case 'pos':
      return described(language, way.pos, [name]);
    case 'app':
      return way.app;
    default:
      return described(language, who, [roleName]);
  }
}

function described(language: Language, name: string, more: readonly (string | null)[]): string {
  const parts = more.filter((part) => part !== null && part !== '');
  if (name === '') return parts.join(language === 'en' ? ', ' : '，');
  return language === 'en' ? `${name} (${parts.join(', ')})` : `${name}（${parts.join('，')}）`;
}

/** The reason why a person did it. */
export const reasonWord = (language: Language, code: ReasonCode): string => (language === 'en' ? en : zh).reason[code];

export const causeWord = (language: Language, cause: Extract<Phase, { name: 'attention' }>['cause']): string =>
  (language === 'en' ? en : zh).cause[cause].title;
