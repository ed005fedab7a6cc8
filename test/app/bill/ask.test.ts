/** A manager's question about a row of the bill goes to WeChat as one query, and changes no order. */
import { expect, it } from 'vitest';
import { billHandlers } from '../../../electron/app/bill/bill-handlers.ts';
import type { Services } from '../../../electron/app/core/services.ts';
import type { QueryAnswer } from '../../../electron/wechat/answers.ts';
import type { OrderRef } from '../../../electron/wechat/face-pay.ts';
import { noExports } from '../../support/terminal/no-host.ts';

const ANSWERS: readonly (readonly [QueryAnswer, object, string])[] = [
  [
    { kind: 'seen', tradeState: 'SUCCESS', outTradeNo: 'o', transactionId: null, amountFen: 1_280 },
    { kind: 'seen', tradeState: 'SUCCESS', amountFen: 1_280 },
    'SUCCESS',
  ],
  [{ kind: 'not-found' }, { kind: 'not-found' }, 'not-found'],
  [{ kind: 'refused', errCode: 'NOAUTH' }, { kind: 'refused', errCode: 'NOAUTH' }, 'refused'],
  [{ kind: 'no-answer', why: 'timeout', text: null }, { kind: 'no-answer', why: 'timeout' }, 'no-answer'],
];

it.each(ANSWERS)('%j', async (answer, told, outcome) => {
  const asked: OrderRef[] = [];
  const notes: unknown[] = [];
  // Only what the handler may use: it gets no engine and no journal to write to.
  const services = {
    gateway: { query: (ref: OrderRef) => (asked.push(ref), Promise.resolve({ answer, host: 'h', latencyMs: 1 })) },
    merchant: { family: 'micropay' },
    journal: { find: () => null },
    audit: { note: (...about: unknown[]) => notes.push(about.slice(1)) },
  } as unknown as Services;
  const handler = billHandlers(noExports())['bill.ask'];
  if ('withoutServices' in handler) throw new Error('it needs the gateway');
  const numbers = { outTradeNo: 'o', transactionId: null };
  expect(await handler(services, numbers, { who: 'screen', role: 'manager' })).toEqual({ ok: true, value: told });
  expect(asked).toEqual([{ family: 'micropay', ...numbers }]);
  expect(notes).toEqual([['bill-asked', outcome, 'o']]);
});
