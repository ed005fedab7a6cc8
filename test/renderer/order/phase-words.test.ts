import { createTranslator } from 'use-intl/core';
import { describe, expect, test } from 'vitest';
import en from '../../../shared/locales/en.json';
import zh from '../../../shared/locales/zh-CN.json';
import { phaseWords, wasWords } from '../../../renderer/order/phase-words.ts';
import {
  ageWords,
  answerWords,
  durationWords,
  nextStepWords,
  refusalWords,
  resultWords,
  startReason,
} from '../../../renderer/i18n/code-words.ts';
import { secondsLeft } from '../../../renderer/i18n/seconds-left.ts';
import { REVERSE_WINDOW_MS, TRANSIT_MARGIN_MS } from '../../../shared/timing.ts';
import type { TimelineRow } from '../../../shared/order/order.ts';
import { order, orders } from '../../support/screen/fake-orders.ts';

const t = createTranslator({ locale: 'zh-CN', messages: zh });
const tEn = createTranslator({ locale: 'en', messages: en });
/** A cashier, with the customer there. */
const READER = { role: 'cashier', aged: false } as const;

describe('the words for a phase', () => {
  test('exist for every phase, and show no code', () => {
    for (const [name, view] of Object.entries(orders)) {
      const { headline, lines, next } = phaseWords(t, view, false, READER);
      expect([headline, ...lines, next ?? ''].join(''), name).not.toMatch(/[A-Z]{4,}|undefined|null/);
    }
  });

  test('say nothing of money when REVOKED proves only the cancel', () => {
    const revoked = order({ name: 'cancelled', outcome: 'revoked', proof: 'REVOKED' });
    expect(phaseWords(t, revoked, false, READER)).toMatchObject({
      headline: '已撤销',
      lines: ['如已扣款会自动原路退回'],
    });
  });

  test('offer the cancel when the wait is over', () => {
    const paying = order({ name: 'paying', windowEndsInMs: 0, declined: null, cancelFirst: false });
    expect([phaseWords(t, paying, false, READER).headline, phaseWords(t, paying, true, READER).headline]).toEqual([
      '付款结果确认中',
      '可以撤销',
    ]);
  });
});

describe('the words for a code', () => {
  test('are general where the code is unknown', () => {
    expect(answerWords(t, 'SOMETHING_NEW')).toBe(zh.errCode.other);
    expect(refusalWords(t, 'something-new', null, 'cashier')).toBe(refusalWords(t, 'bug', null, 'cashier'));
  });

  test('say what the terminal could not open', () => {
    expect(startReason(t, 'journal:disk-full')).toBe('订单记录：磁盘满了，请腾出空间');
    expect(startReason(t, null)).toBe(zh.start.reason.other);
  });

  test('name the field', () => {
    expect(refusalWords(t, 'missing', 'number', 'cashier')).toBe('订单号是空的。请输入或扫描。');
    expect(refusalWords(t, 'bad-input', 'unheard-of', 'cashier')).toBe('输入的内容不对。请检查后重新输入。');
  });
});

describe('the words for a line of the timeline', () => {
  const row = (what: TimelineRow['what'], result: string | null, errCode: string | null = null): TimelineRow => ({
    seq: 1,
    atMs: 0,
    what,
    attempt: null,
    host: null,
    latencyMs: null,
    result,
    errCode,
    recall: null,
    reason: null,
    note: null,
  });

  test('tell the SUCCESS of a payment from the SUCCESS of a command', () => {
    const rows = [row('pay-answered', 'SUCCESS'), row('query-answered', 'SUCCESS'), row('reverse-answered', 'SUCCESS')];
    expect(rows.map((each) => resultWords(t, each))).toEqual(['已付款', '已付款', '微信已受理']);
  });

  test('say why there was no answer, and what a code means', () => {
    expect(resultWords(t, row('query-answered', 'timeout'))).toBe(zh.noAnswer.timeout);
    expect(resultWords(t, row('reverse-answered', 'FAIL', 'SIGNERROR'))).toBe(zh.errCode.SIGNERROR);
    expect(resultWords(t, row('attention', 'expired', 'REVERSE_EXPIRE'))).toBe(zh.cause.expired.title);
  });

  test('are none for what was only done', () => {
    expect(resultWords(t, row('cancel-armed', 'cashier'))).toBeNull();
  });
});

describe('what a finished order was', () => {
  const closed = order(
    { name: 'cancelled', outcome: 'closed', proof: 'CLOSED' },
    { standing: 'done', createdAtMs: Date.UTC(2026, 10, 23, 4, 3), ageMs: 60_000 },
  );
  const noonMs = Date.UTC(2026, 10, 23, 6);

  test('is said with the time of its end, and not what to do now', () => {
    const held = { view: closed, bornAtMs: 1_000, deadline: null, endedAtMs: 61_000 };
    expect([wasWords(t, held, zh.phase.closed, noonMs), wasWords(tEn, held, en.phase.closed, noonMs)]).toEqual([
      '12:04 已撤销，未扣款',
      '12:04: Cancelled, never charged',
    ]);
  });

  test('is said with the order’s own time and day where nobody here saw it end', () => {
    const held = { view: closed, bornAtMs: 1_000, deadline: null, endedAtMs: null };
    const nextDayMs = noonMs + 86_400_000;
    expect(wasWords(t, held, zh.phase.closed, nextDayMs)).toBe('11/23 12:03 的订单：已撤销，未扣款');
    expect(wasWords(tEn, held, en.phase.closed, nextDayMs)).toBe('Order of 11/23 12:03: Cancelled, never charged');
  });
});

describe('the words for a time', () => {
  test('use the largest unit that still tells something', () => {
    const ages = [0, 59_999, 60_000, 3_600_000, 47 * 3_600_000, 48 * 3_600_000].map((ms) => ageWords(t, ms));
    expect(ages).toEqual(['0 秒前', '59 秒前', '1 分钟前', '1 小时前', '47 小时前', '2 天前']);
  });

  test('count the whole window as 15 s, and show the last second until it is over', () => {
    expect([REVERSE_WINDOW_MS, TRANSIT_MARGIN_MS + 1].map((ms) => durationWords(t, ms))).toEqual(['15 秒', '1 秒']);
    expect([TRANSIT_MARGIN_MS, 0, -5_000].map(secondsLeft)).toEqual([0, 0, 0]);
  });

  test('say a long wait in minutes or hours, and that it is about so many', () => {
    const waits = [99_000, 100_000, 480_000, 3_000_000, 3_600_000, 5_400_001].map((ms) => ms + TRANSIT_MARGIN_MS);
    expect(waits.map((ms) => durationWords(t, ms))).toEqual([
      '99 秒',
      '约 2 分钟',
      '约 8 分钟',
      '约 50 分钟',
      '约 1 小时',
      '约 2 小时',
    ]);
    expect(waits.map((ms) => durationWords(tEn, ms))).toEqual([
      '99 s',
      'about 2 min',
      'about 8 min',
      'about 50 min',
      'about 1 hour',
      'about 2 hours',
    ]);
  });
});

describe('the words in the tray for what comes next', () => {
  const reversing = {
    name: 'reversing',
    activity: 'waiting',
    attempt: 3,
    nextInMs: 1,
    recall: 'Y',
    lastResult: null,
    escalated: false,
  } as const;

  test('name the attempt and when the next one is', () => {
    expect(nextStepWords(t, reversing, 8_000)).toBe('第 3 次 · 8 秒后重试');
    expect(nextStepWords(tEn, reversing, 480_000)).toBe('Try 3 · next in about 8 min');
  });

  test('name the attempt alone while it is out or about to leave, and nothing before the first', () => {
    expect([null, 0, -1].map((leftMs) => nextStepWords(t, reversing, leftMs))).toEqual([
      '第 3 次',
      '第 3 次',
      '第 3 次',
    ]);
    expect(nextStepWords(t, { ...reversing, attempt: 0 }, 0)).toBe('');
  });

  test('name the moment when an armed cancel leaves', () => {
    expect(nextStepWords(t, { name: 'armed', firesInMs: 1, lastLook: false }, 9_000)).toBe('9 秒后自动撤销');
  });
});
