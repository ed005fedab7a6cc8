/** The filter of `facepay orders`, with each part checked. */
import { dayFromIso } from '../../shared/beijing-day.ts';
import { historyFilterSchema, orderStateSchema } from '../../shared/contract/history.ts';
import { parseYuanRange } from '../../shared/money.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { FieldProblem } from '../app/setup/merchant-file.ts';
import { ALL_ORDERS } from '../orders/search/order-search.ts';
import type { OrderFilter } from '../orders/search/order-filter.ts';

export interface FilterTexts {
  readonly number?: string | undefined;
  readonly day?: string | undefined;
  readonly state?: string | undefined;
  readonly amount?: string | undefined;
  readonly limit?: string | undefined;
}

export const LISTED_MAX = 100_000;
const LISTED = 1_000;

export interface ReadFilter {
  readonly filter: OrderFilter;
  readonly limit: number;
}

export function readFilter({
  number,
  day,
  state,
  amount,
  limit,
}: FilterTexts): Result<ReadFilter, readonly FieldProblem[]> {
  const text = historyFilterSchema.shape.text.safeParse(number ?? null);
  const days = day === undefined ? null : dayFromIso(day);
  const states = orderStateSchema.array().safeParse(state?.split(',') ?? []);
  const amountFen = amount === undefined ? null : parseYuanRange(amount);
  const listed = limit === undefined ? LISTED : /^[1-9]\d{0,5}$/.test(limit) ? Number(limit) : Number.NaN;
  const problems = [
    ...(text.success
      ? []
      : [
          {
            field: '--number',
            code: number === '' ? 'missing' : (number ?? '').length > 32 ? 'too-long' : 'bad-characters',
          },
        ]),
    ...(day !== undefined && days === null ? [{ field: '--day', code: 'not-a-day' }] : []),
    ...(states.success ? [] : [{ field: '--state', code: 'unknown-state' }]),
    ...(amount !== undefined && amountFen === null ? [{ field: '--amount', code: 'not-an-amount' }] : []),
    ...(listed <= LISTED_MAX ? [] : [{ field: '--limit', code: 'not-a-limit' }]),
  ];
  if (problems.length > 0 || !text.success || !states.success) return fail(problems);
  return ok({
    filter: { ...ALL_ORDERS, text: text.data, fromDay: days, toDay: days, states: states.data, amountFen },
    limit: listed,
  });
}
