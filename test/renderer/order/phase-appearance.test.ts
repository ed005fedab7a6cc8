/**
 * Each outcome with the four ways in which it is shown (word, shape, colour, sound), with its verdict and what to do
 * next. A change of any of them changes this table, on purpose.
 */
import { createTranslator } from 'use-intl/core';
import { describe, expect, test } from 'vitest';
import {
  cueOf,
  looks,
  lookOf,
  outcomeOf,
  type FigureKind,
  type Outcome,
} from '../../../renderer/order/phase-appearance.ts';
import type { IconName } from '../../../renderer/components/icon.tsx';
import type { Tone } from '../../../renderer/components/tone.ts';
import { phaseWords } from '../../../renderer/order/phase-words.ts';
import type { Cue } from '../../../renderer/sound/synth.ts';
import { advisedWords } from '../../../renderer/i18n/code-words.ts';
import en from '../../../shared/locales/en.json';
import zh from '../../../shared/locales/zh-CN.json';
import {
  causeSchema,
  noAnswerSchema,
  tradeStateSchema,
  type OrderView,
  type Verdict,
} from '../../../shared/order/order.ts';
import { order, orders } from '../../support/screen/fake-orders.ts';

const t = createTranslator({ locale: 'zh-CN', messages: zh });
const tEn = createTranslator({ locale: 'en', messages: en });
/** A cashier, with the customer there. */
const READER = { role: 'cashier', aged: false } as const;

interface Told {
  readonly zh: string;
  readonly en: string;
  readonly shape: IconName;
  readonly tone: Tone;
  readonly figure: FigureKind;
  readonly cue: Cue | null;
  readonly verdict: Verdict;
  /** A sentence of the screen about what to do or what happens by itself, and the buttons beside it. */
  readonly next: RegExp;
  readonly buttons: string;
}

const row = (
  zhWord: string,
  enWord: string,
  shape: IconName,
  tone: Tone,
  figure: FigureKind,
  cue: Cue | null,
  verdict: Verdict,
  next: RegExp,
  buttons = '',
): Told => ({ zh: zhWord, en: enWord, shape, tone, figure, cue, verdict, next, buttons });

const NO = 'do-not-charge';
/** By the name of the made-up order; `ready` is the same as `paying` after its 15 s. */
const table: Readonly<Record<string, Told>> = {
  paying: row(
    '付款结果确认中',
    'Waiting for the result',
    'dots',
    'process',
    'window',
    null,
    NO,
    /现在点撤销，归零时自动发出；不点就不撤销/,
    'cancel ask',
  ),
  declined: row(
    '付款没有成功，请先撤销',
    'Payment failed. Cancel it first',
    'cross',
    'wait',
    'window',
    'failed',
    NO,
    /点“撤销订单”，撤销成功后再收款/,
    'cancel ask',
  ),
  ready: row('可以撤销', 'You can cancel now', 'ready', 'wait', 'still', 'ready', NO, /点“撤销订单”/, 'cancel ask'),
  armed: row(
    '到时自动撤销',
    'Cancels by itself at zero',
    'clock',
    'wait',
    'window',
    null,
    NO,
    /归零前可以收回/,
    'withdraw',
  ),
  'last-look': row(
    '最后核对一次…',
    'One last check…',
    'eye',
    'wait',
    'turning',
    null,
    NO,
    /请勿重复收款，请勿关机/,
    'withdraw',
  ),
  choosing: row(
    '顾客已付款，请选择',
    'The customer has paid. Choose',
    'choice',
    'wait',
    'still',
    'look',
    NO,
    /保留：这笔算收到。撤销：钱原路退回/,
    'keep refund',
  ),
  calling: row('撤销中…', 'Cancelling…', 'hourglass', 'wait', 'turning', null, NO, /请勿重复收款，请勿关机/, 'try-now'),
  asking: row(
    '正在核实结果…',
    'Checking the result…',
    'question',
    'wait',
    'nextTry',
    'look',
    NO,
    /自动继续，可接待下一位/,
    'try-now',
  ),
  recall: row(
    '需再次撤销',
    'Cancel needed again',
    'again',
    'wait',
    'nextTry',
    'look',
    NO,
    /微信要求再撤销一次，到时自动进行/,
    'try-now',
  ),
  unknown: row(
    '撤销结果未知',
    'Cancel result unknown',
    'question',
    'wait',
    'nextTry',
    'look',
    NO,
    /请告诉店长。系统仍会继续撤销/,
    'try-now',
  ),
  confirming: row(
    '正在确认撤销…',
    'Confirming the cancel…',
    'shield',
    'wait',
    'nextAsk',
    null,
    NO,
    /自动继续，可接待下一位/,
    'try-now',
  ),
  closed: row(
    '已撤销，未扣款',
    'Cancelled, never charged',
    'circleZero',
    'clear',
    'still',
    'cancelled',
    'charge-again',
    /订单已关闭/,
  ),
  revoked: row(
    '已撤销',
    'Cancelled',
    'circleReturned',
    'clear',
    'still',
    'cancelled',
    'charge-again',
    /如已扣款会自动原路退回/,
  ),
  refunded: row(
    '已撤销，已退款',
    'Cancelled, refunded',
    'returned',
    'clear',
    'still',
    'cancelled',
    'charge-again',
    /到账时间以微信通知为准/,
  ),
  paid: row('钱已收到', 'The money is in', 'moneyIn', 'paid', 'still', 'paid', 'paid', /无需撤销/, 'ask'),
  failed: row(
    '付款失败，没有扣款',
    'Payment failed. Nothing was charged',
    'cross',
    'clear',
    'still',
    'failed',
    'charge-again',
    /请顾客换卡/,
    'cancel',
  ),
  'not-found': row(
    '微信没有这笔订单',
    'WeChat has no such order',
    'search',
    'wait',
    'still',
    'look',
    NO,
    /请核对订单号/,
    'cancel ask',
  ),
  'handed-over': row(
    '已转平台退款，等结果',
    'Refund on platform: to be proved',
    'personDots',
    'wait',
    'still',
    null,
    NO,
    /请勿重复收款，查到退款会自动办结/,
    'ask',
  ),
  settled: row('店长已处理', 'Settled by manager', 'personCheck', 'wait', 'still', null, NO, /能否再收款，请问店长/),
  // One shape and one sound for all of them: fetch the manager. The headline says why.
  ...Object.fromEntries(
    causeSchema.options.map((cause) => [
      `attention-${cause}`,
      row(
        zh.cause[cause].title,
        en.cause[cause].title,
        'person',
        'alarm',
        'still',
        'manager',
        NO,
        /请叫店长到这台机器前/,
        'ask',
      ),
    ]),
  ),
};

const isOver = (name: string): boolean => name === 'ready';
const saidOf = (words: ReturnType<typeof phaseWords>): string => [...words.lines, words.next ?? ''].join('\n');

describe('an outcome', () => {
  test('stands in this table, whichever it is', () => {
    expect(Object.keys(table).sort()).toEqual(Object.keys(orders).sort());
    const shown = new Set(Object.entries(orders).map(([name, view]) => outcomeOf(view.phase, isOver(name))));
    expect([...shown].sort()).toEqual(Object.keys(looks).sort());
  });

  test.each(Object.entries(table))(
    '%s has its words, shape, colour, figure, sound, verdict and next step',
    (name, told) => {
      const view = viewOf(name);
      const over = isOver(name);
      const words = phaseWords(t, view, over, READER);
      const { next, ...shown } = told;
      const { tone, shape, figure } = lookOf(view.phase, over);
      const cue = over ? looks.ready.cue : cueOf(view);
      expect({
        zh: words.headline,
        en: phaseWords(tEn, view, over, READER).headline,
        shape,
        tone,
        figure,
        cue,
        verdict: view.verdict,
        buttons: view.actions.join(' '),
      }).toEqual(shown);
      expect(saidOf(words)).toMatch(next);
      expect(saidOf(phaseWords(tEn, view, over, READER)).length).toBeGreaterThan(10);
    },
  );

  test('that lets the customer be charged again is never told in the colour of a wait, and no other in the colour of an end', () => {
    for (const [name, view] of Object.entries(orders)) {
      const { tone } = lookOf(view.phase, isOver(name));
      expect(tone === 'paid' || tone === 'clear', name).toBe(view.verdict !== 'do-not-charge');
      expect(tone === 'paid', name).toBe(view.verdict === 'paid');
    }
  });

  test('differs from every other of its colour by its shape, unless both mean the same to the cashier', () => {
    const alike: readonly (readonly Outcome[])[] = [['asking', 'unknown']];
    const named = Object.entries(looks);
    const pairs = named.flatMap(([one, look], index) =>
      named.slice(index + 1).map(([other, otherLook]) => ({
        names: [one, other],
        same: look.tone === otherLook.tone && look.shape === otherLook.shape,
      })),
    );
    expect(pairs.filter(({ same }) => same).map(({ names }) => names)).toEqual(alike);
  });
});

describe('what WeChat or the network said', () => {
  const waiting = (lastResult: string, recall: 'Y' | null): OrderView =>
    order({
      name: 'reversing',
      activity: 'waiting',
      attempt: 2,
      nextInMs: 8_000,
      recall,
      lastResult,
      escalated: false,
    });

  test.each(noAnswerSchema.options)('%s has words with a next step, in both languages, and no code', (reason) => {
    const said = advisedWords(t, reason, READER, false);
    expect(said).toMatch(/^\p{Script=Han}[^A-Za-z]+，(?:.+，)?(?:程序会再查|请联系店长|请检查网络)$/u);
    expect(advisedWords(tEn, reason, READER, false)).toMatch(
      /^[^;]{8,}; (?:the app asks again|call the manager|check the network)$/,
    );
    expect(saidOf(phaseWords(t, waiting(reason, null), false, READER))).toContain(said);
  });

  test.each([...tradeStateSchema.options, 'NOTFOUND'] as const)(
    '%s is told in words while the window runs, beside what happens at zero',
    (answer) => {
      for (const translate of [t, tEn]) {
        const said = saidOf(
          phaseWords(
            translate,
            order({ name: 'armed', firesInMs: 9_000, lastLook: false }, { lastAnswer: answer }),
            false,
            READER,
          ),
        );
        expect(said).toContain(translate(`tradeState.${answer}`));
        expect(said).toContain(translate('countdown.zeroArmed'));
        expect(said).not.toContain(answer);
      }
    },
  );

  test('is unknown, and not "cancel again", where WeChat did not ask for it', () => {
    expect(outcomeOf(waiting('SYSTEMERROR', 'Y').phase, false)).toBe('recall');
    expect(outcomeOf(waiting('timeout', null).phase, false)).toBe('unknown');
  });
});

function viewOf(name: string): OrderView {
  const view = orders[name];
  if (view === undefined) throw new Error(`no made-up order is called ${name}`);
  return view;
}

test('while the customer types a password the screen says what the customer does now', () => {
  const paying = order({ name: 'paying', windowEndsInMs: 12_000, declined: null, cancelFirst: false });
  const lines = (view: OrderView): readonly string[] => phaseWords(t, view, false, READER).lines;
  expect(lines({ ...paying, lastAnswer: 'USERPAYING' })).toContain(zh.phase.password);
  expect(lines({ ...paying, lastAnswer: 'NOTPAY' })).not.toContain(zh.phase.password);
});

test('a missing permission or binding tells a cashier whom to call, and all others to bind the device again', () => {
  for (const code of ['NOAUTH', 'APPID_MCHID_NOT_MATCH']) {
    expect(advisedWords(t, code, READER, false)).toContain(zh.advice.manager);
    for (const role of ['manager', 'technician'] as const)
      expect(advisedWords(t, code, { ...READER, role }, false)).toContain(zh.advice['bind-again']);
  }
});
