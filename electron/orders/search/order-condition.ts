/** A filter as SQL over `order_facts AS f`. */
import { likeOf } from './trigram-index.ts';
import type { OrderFilter } from './order-filter.ts';

type Values = Readonly<Record<string, string | number>>;

export interface Condition {
  readonly where: readonly string[];
  readonly values: Values;
}

export function statesCondition({ states }: OrderFilter): Condition | null {
  if (states.length === 0) return null;
  const values = Object.fromEntries(states.map((state, index) => [`state${String(index)}`, state]));
  return {
    where: [
      `f.state IN (${Object.keys(values)
        .map((name) => `:${name}`)
        .join(', ')})`,
    ],
    values,
  };
}

export const amountCondition = ({ amountFen }: OrderFilter): Condition | null =>
  amountFen === null
    ? null
    : { where: ['f.amount_fen BETWEEN :min AND :max'], values: { min: amountFen.min, max: amountFen.max } };

export const cashierCondition = ({ cashier }: OrderFilter): Condition | null =>
  cashier === null
    ? null
    : { where: ['f.cashier = (SELECT cashier FROM cashiers WHERE who = :who)'], values: { who: cashier } };

/** The whole filter except the text. */
const conditionOf = (filter: OrderFilter): Condition => {
  const { fromDay, toDay } = filter;
  return together([
    fromDay === null ? null : { where: ['f.day >= :fromDay'], values: { fromDay } },
    toDay === null ? null : { where: ['f.day <= :toDay'], values: { toDay } },
    statesCondition(filter),
    amountCondition(filter),
    cashierCondition(filter),
  ]);
};

/** The whole filter, for the row ids between `:low` (not included) and `:high`. Each number is compared. */
export const wholeCondition = (filter: OrderFilter): Condition =>
  together([
    { where: ['f.place > :low', 'f.place <= :high'], values: {} },
    filter.text === null
      ? null
      : { where: ["f.numbers LIKE :like ESCAPE '\\'"], values: { like: likeOf(filter.text) } },
    conditionOf(filter),
  ]);

const together = (parts: readonly (Condition | null)[]): Condition =>
  parts.reduce<Condition>(
    (all, part) =>
      part === null ? all : { where: [...all.where, ...part.where], values: { ...all.values, ...part.values } },
    { where: [], values: {} },
  );

/** Whether every order matches. */
export const isEverything = ({ text, fromDay, toDay, states, amountFen, cashier }: OrderFilter): boolean =>
  text === null && fromDay === null && toDay === null && states.length === 0 && amountFen === null && cashier === null;
