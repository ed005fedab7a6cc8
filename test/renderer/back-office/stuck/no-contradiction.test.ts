/**
 * Everything that is said of an order, side by side: its row, its details, the question about it and the till. Whatever
 * the cause, the age, the money and the reader, no two of these words contradict each other.
 */
import { createElement, type ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { createTranslator, IntlProvider } from 'use-intl';
import { describe, expect, test } from 'vitest';
import { rowOf } from '../../../../electron/app/stuck/stuck-row.ts';
import { viewOf } from '../../../../electron/orders/views/order-view.ts';
import { rankOf } from '../../../../electron/orders/views/stuck-rank.ts';
import { knownErrCodes } from '../../../../electron/wechat/error-codes.ts';
import { ActionBar } from '../../../../renderer/back-office/stuck/action-bar.tsx';
import { OrderDecision } from '../../../../renderer/back-office/stuck/sheets/order-decision.tsx';
import { DetailsSheet } from '../../../../renderer/back-office/stuck/sheets/details-sheet.tsx';
import { StuckRowItem } from '../../../../renderer/back-office/stuck/stuck-row.tsx';
import type { ShownRow } from '../../../../renderer/back-office/stuck/stuck-state.ts';
import { ACT_KEYS, deadlineWords, nextWords } from '../../../../renderer/back-office/stuck/stuck-words.ts';
import { backOfficeWordsOf } from '../../../../renderer/back-office/words.ts';
import { refusalWords } from '../../../../renderer/i18n/code-words.ts';
import type { MessageKey, Translate } from '../../../../renderer/i18n/i18n.ts';
import { ReaderRole } from '../../../../renderer/i18n/reader-role.ts';
import { phaseWords } from '../../../../renderer/order/phase-words.ts';
import { SlipPaper } from '../../../../renderer/slip/slip-paper.tsx';
import type { Slip, SlipEnd } from '../../../../shared/contract/exports.ts';
import type { StuckRow } from '../../../../shared/contract/stuck.ts';
import { causeSchema, refusedActSchema, type Cause, type OrderView } from '../../../../shared/order/order.ts';
import { roleSchema, type Role } from '../../../../shared/role.ts';
import type { Language } from '../../../../shared/settings.ts';
import aboutEn from '../../../../shared/locales/about.en.json';
import aboutZhCN from '../../../../shared/locales/about.zh-CN.json';
import shiftSheetEn from '../../../../shared/locales/shift-sheet.en.json';
import shiftSheetZhCN from '../../../../shared/locales/shift-sheet.zh-CN.json';
import { OneOrder } from '../../../support/orders/one-order.ts';
import { orders } from '../../../support/screen/fake-orders.ts';

/** What is not among the back office's words: the proof and the shift sheet. */
const wordsOf = {
  'zh-CN': { ...aboutZhCN, ...shiftSheetZhCN },
  en: { ...aboutEn, ...shiftSheetEn },
} as const satisfies Record<Language, object>;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const LANGUAGES: readonly Language[] = ['zh-CN', 'en'];

/** The answer to a reverse that ends at this cause, where one does; it stands in the row as the last try. */
const LAST_RESULT: Readonly<Partial<Record<Cause, string>>> = {
  expired: 'REVERSE_EXPIRE',
  signature: 'SIGNERROR',
  'certificate-refused': 'certificate-refused',
  parameter: 'PARAM_ERROR',
  'not-permitted': 'NOAUTH',
  'trade-error': 'TRADE_ERROR',
  refused: 'INVALID_REQUEST',
  contradiction: 'SUCCESS',
  'wrong-merchant': 'wrong-merchant',
};

interface Case {
  readonly name: string;
  readonly one: OneOrder;
}

/** An order before a manager for this cause, that old. */
function stuckFor(cause: Cause, ageMs: number): OneOrder {
  const one = OneOrder.reversing();
  one.reverseGetsNoResponse('timeout');
  one.querySays('SUCCESS');
  one.pass(ageMs - one.atMs);
  const { reverse } = one.order;
  one.order = {
    ...one.order,
    phase: { name: 'attention', cause, errCode: LAST_RESULT[cause] ?? null },
    reverse: { ...reverse, out: null, lastResult: LAST_RESULT[cause] ?? null },
    ...(cause === 'partly-refunded' ? { lastSeen: 'REFUND', refunds: { refundedFen: 400, totalFen: 1_234 } } : {}),
    ...(cause === 'order-not-found' ? { lastSeen: 'NOTFOUND', knownPaid: false } : {}),
  };
  return one;
}

const AGES = { young: HOUR_MS, near: 6.5 * DAY_MS, over: 7.5 * DAY_MS } as const;
const handOver = { type: 'refund-handed-over', by: 'manager', code: 'duplicate' } as const;

/** Every cause at every age: untouched, handed over, and tried again. */
const cases: readonly Case[] = causeSchema.options.flatMap((cause) =>
  Object.entries(AGES).flatMap(([age, ageMs]) =>
    (['untouched', 'handed over', 'tried again'] as const).map((done) => {
      const one = stuckFor(cause, ageMs);
      if (done === 'handed over') one.tell(handOver);
      if (done === 'tried again') one.tell({ type: 'tried-by-hand', by: 'manager', code: 'duplicate' });
      return { name: `${cause}, ${age}, ${done}`, one };
    }),
  ),
);

const rowFor = ({ order, now }: OneOrder): StuckRow => rowOf({ order, version: 1 }, rankOf(order, now), 'manager', now);

const translate = (language: Language): Translate =>
  createTranslator({ locale: language, messages: backOfficeWordsOf[language] });

const drawn = (language: Language, element: ReactElement): string =>
  renderToStaticMarkup(
    createElement(IntlProvider, {
      locale: language,
      messages: backOfficeWordsOf[language],
      timeZone: 'Asia/Shanghai',
      children: createElement(ReaderRole, { value: 'manager' }, element),
    }),
  );

const textOf = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll(/\s+/g, ' ');

const never = (): Promise<boolean> => new Promise(() => undefined);
const nothing = (): void => undefined;

interface Said {
  readonly row: string;
  readonly details: string;
  readonly sheet: string;
  readonly bar: string;
}

/** What the manager sees of it, as drawn. */
function saidOf(language: Language, row: StuckRow): Said {
  const shown: ShownRow = { row, arrivedAtMs: 0, gone: false };
  const t = translate(language);
  const ticking = [nextWords(t, shown, 0), deadlineWords(t, row, 0).text].join(' ');
  const item = { shown, selected: false, result: null, onPick: nothing, onDetails: nothing };
  const decision = { orderId: row.order.orderId, first: row, action: null, onSend: never, onClose: nothing };
  const bar = { rows: [shown], busy: false, onQuery: nothing, onAct: nothing, onClear: nothing };
  return {
    row: `${drawn(language, createElement(StuckRowItem, item))} ${ticking}`,
    details: drawn(language, createElement(DetailsSheet, { shown, onDecide: nothing, onClose: nothing })),
    sheet: drawn(language, createElement(OrderDecision, decision)),
    bar: drawn(language, createElement(ActionBar, bar)),
  };
}

/** What the till says of it to this person. */
function tillWords(language: Language, view: OrderView, role: Role, aged: boolean, over = false): string {
  const { headline, lines, next } = phaseWords(translate(language), view, over, { role, aged });
  return [headline, ...lines, next ?? ''].join('\n');
}

const CALLS_A_MANAGER =
  /(?:叫|联系|告诉|通知|请问|问|请|找)店长|由店长(?!退款)|店长(?:到|来|核对)|call (?:the )?manager|(?:ask|tell|let) the manager|the manager must|a manager (?:chooses|gives)|manager: (?:check|look|compare|enter)/i;
const OVER = /(?:超过|已过) 7 天|7 days are over|over 7 days|older than 7 days/i;
const DAYS_LEFT = /还可撤销|小时可撤销|\d+ (?:days?|h) to cancel/i;
const CHARGE =
  /(?<!请勿)重新收款|再收款(?!，请)|重新刷脸|请顾客换|请顾客看|(?<!do not |before you )charge again|take (?:a new|the) payment|another (?:card|way)|look at their phone/i;

describe.each(LANGUAGES)('what a manager sees of an order, in %s', (language) => {
  const t = translate(language);
  const seen = cases.map(({ name, one }) => ({ name, one, row: rowFor(one), said: saidOf(language, rowFor(one)) }));
  const allOf = (said: Said): string => Object.values(said).map(textOf).join('\n');

  test('calls no manager: this is one', () => {
    for (const { name, one, said } of seen) {
      const till = tillWords(language, viewOf(one.order, 1, 'manager', one.now), 'manager', true);
      expect(`${allOf(said)}\n${till}`, name).not.toMatch(CALLS_A_MANAGER);
    }
  });

  test('says either that the 7 days are over, or how many are left, and has no button for what is over', () => {
    for (const { name, row, said } of seen) {
      const words = allOf(said);
      expect(OVER.test(words) && DAYS_LEFT.test(words), `${name}: ${words}`).toBe(false);
      if (OVER.test(words) && row.order.phase.name === 'attention')
        expect(
          row.acts.filter((act) => act === 'cancel' || act === 'try-now'),
          name,
        ).toEqual([]);
    }
  });

  test('does not call money "not returned" of which a part went back', () => {
    for (const { name, said } of seen)
      expect(textOf(said.row), name).not.toMatch(/未退回.*已退(?:款| ¥)|not returned.*refunded/i);
  });

  test('is blue where its cause advises it, and nowhere else; and the words name it', () => {
    for (const { name, row, said } of seen) {
      const { bar, sheet, details } = said;
      const blue = [...bar.matchAll(/data-look="strong" data-testid="act-([\w-]+)"/g)].map(([, act]) => act);
      expect(blue, name).toEqual(row.advised === null ? [] : [row.advised]);
      const checked = [...sheet.matchAll(/aria-checked="true"[^>]*data-testid="choose-([\w-]+)"/g)].map(
        ([, act]) => act,
      );
      const hold = /hold-button[^>]*data-look="(\w+)"/.exec(sheet)?.[1];
      if (row.advised === 'query') {
        expect(sheet, name).toMatch(/data-look="strong"[^>]*data-testid="decision-query"/);
        expect([checked, hold], name).toEqual([[], 'quiet']);
      } else if (row.acts.filter((act) => act !== 'query').length > 1)
        expect([checked, hold], name).toEqual([[row.advised], 'strong']);
      if (row.order.phase.name === 'attention' && row.advised !== null)
        for (const html of [sheet, details]) expect(textOf(html), name).toContain(t(ACT_KEYS[row.advised]));
    }
  });
});

describe.each(LANGUAGES)('what the till says of an order, in %s', (language) => {
  const all = Object.entries(orders);

  test.each(roleSchema.options)(
    'to a %s calls a manager for what only a manager decides, unless this is one',
    (role) => {
      for (const [name, view] of all.filter(([, { phase }]) => phase.name === 'attention')) {
        const said = tillWords(language, view, role, false);
        const calls = role !== 'manager' && name !== 'handed-over';
        expect(CALLS_A_MANAGER.test(said), `${name}: ${said}`).toBe(calls);
      }
    },
  );

  test('to a manager never calls a manager', () => {
    for (const [name, view] of all)
      for (const over of [false, true])
        expect(tillWords(language, view, 'manager', false, over), name).not.toMatch(CALLS_A_MANAGER);
  });

  test.each([false, true])(
    'asks for another payment only while the customer is there and may be charged (aged: %s)',
    (aged) => {
      const codes = [...knownErrCodes(), 'never-sent', 'PAYERROR', 'other'];
      const views = codes.flatMap((code): OrderView[] => {
        const { failed, recall, declined } = orders;
        if (failed === undefined || recall?.phase.name !== 'reversing' || declined?.phase.name !== 'paying') return [];
        return [
          { ...failed, phase: { name: 'failed', cause: code } },
          { ...recall, phase: { ...recall.phase, lastResult: code } },
          { ...declined, phase: { ...declined.phase, declined: code, cancelFirst: false } },
          { ...declined, phase: { ...declined.phase, declined: code, cancelFirst: true } },
        ];
      });
      expect(views.length).toBe(4 * codes.length);
      for (const view of [...views, ...all.map(([, each]) => each)]) {
        const said = tillWords(language, view, 'cashier', aged);
        const first = view.phase.name === 'paying' && view.phase.cancelFirst;
        if (aged || (view.verdict !== 'charge-again' && !first))
          expect(said, JSON.stringify(view.phase)).not.toMatch(CHARGE);
      }
    },
  );

  test('a refused act calls no manager where a manager reads it', () => {
    const t = translate(language);
    for (const code of [
      ...refusedActSchema.options,
      'changed-meanwhile',
      'not-saved',
      'not-held',
      'bug',
      'forbidden',
      'not-started',
    ])
      expect(refusalWords(t, code, null, 'manager'), code).not.toMatch(CALLS_A_MANAGER);
  });
});

/** Words that a manager never reads. What is said to a cashier alone has words of its own for a manager. */
const TO_OTHERS_ALONE = [
  /^cause\.[\w-]+\.cashier$/,
  /^phase\.(?:attentionCall|escalated|handedOverSub|notFoundSub|settledNext)$/,
  /^advice\.manager$/,
  // A technician gives the manager a new PIN.
  /^staff\.resetNote$/,
];
/** Names of practice scenarios say what becomes of the order, whoever practises. */
const OF_PRACTICE = /^(?:course|scenario|scenarios)\./;

const keysOf = (words: object, before = ''): string[] =>
  Object.entries(words).flatMap(([name, value]) =>
    typeof value === 'string' ? [`${before}${name}`] : keysOf(value as object, `${before}${name}.`),
  );

/** As somebody in this role reads it, with 2 for every figure. */
function readBy(words: object, language: Language, role: Role): ReadonlyMap<string, string> {
  const t = createTranslator({ locale: language, messages: words }) as Translate;
  return new Map(
    keysOf(words).map((key) => {
      const names = String(t.raw(key as MessageKey)).matchAll(/\{(\w+)/g);
      const values = Object.fromEntries([...names].map(([, name = '']) => [name, 2]));
      return [key, t(key as MessageKey, { ...values, reader: role })];
    }),
  );
}

describe.each(LANGUAGES)('all words of the screen, in %s', (language) => {
  const words = {
    ...wordsOf[language],
    ...backOfficeWordsOf[language],
  };
  const keys = keysOf(words).filter((key) => !OF_PRACTICE.test(key));

  test('call no manager where a manager reads them: dialogs, notices and pages alike', () => {
    const read = readBy(words, language, 'manager');
    const ofManagers = keys.filter((key) => !TO_OTHERS_ALONE.some((pattern) => pattern.test(key)));
    expect(ofManagers.filter((key) => CALLS_A_MANAGER.test(read.get(key) ?? ''))).toEqual([]);
  });

  test('call one where a cashier reads what a manager reads otherwise', () => {
    const [asCashier, asManager] = [readBy(words, language, 'cashier'), readBy(words, language, 'manager')];
    const differ = keys.filter((key) => asCashier.get(key) !== asManager.get(key));
    expect(differ.length).toBeGreaterThan(20);
    expect(differ.filter((key) => !/店长|manager/i.test(asCashier.get(key) ?? ''))).toEqual([]);
  });
});

describe.each(LANGUAGES)('what the slip says, in %s', (language) => {
  const ends: readonly SlipEnd[] = [
    { name: 'closed', proof: 'CLOSED' },
    { name: 'revoked', proof: 'REVOKED' },
    { name: 'refunded', proof: 'REFUND' },
    { name: 'settled', reason: 'cash' },
    { name: 'attention', cause: 'expired', handedOver: false },
    { name: 'attention', cause: 'expired', handedOver: true },
  ];
  const paper = (end: SlipEnd, knownPaid: boolean): string =>
    textOf(drawn(language, createElement(SlipPaper, { slip: { ...slip, end, knownPaid }, paper: '58mm' })));

  test('promises money back only where WeChat has taken the cancel', () => {
    for (const end of ends)
      for (const knownPaid of [true, false])
        if (end.name === 'attention' || end.name === 'settled')
          expect(paper(end, knownPaid), JSON.stringify(end)).not.toMatch(/退回|goes back/);
  });

  test('waits for the manager only as long as none has taken it in hand', () => {
    const waits = ends.map((end) => /等待店长|waiting for the manager/.test(paper(end, true)));
    expect(waits).toEqual([false, false, false, false, true, false]);
  });
});

const slip: Slip = {
  environment: 'practice',
  storeName: 'x',
  deviceId: 'kiosk-1',
  outTradeNo: '1',
  transactionId: null,
  amountFen: 100,
  knownPaid: false,
  end: { name: 'closed', proof: 'CLOSED' },
  createdAtMs: 0,
  endedAtMs: 0,
  attemptCount: 1,
  takenBy: null,
  endedBy: null,
};
