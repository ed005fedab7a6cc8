/** Orders as a table for people's spreadsheets. */
import { beijingTime } from '../../../shared/beijing.ts';
import type { OrderGroup } from '../../../shared/contract/exports.ts';
import { formatYuan } from '../../../shared/money.ts';
import type { Language } from '../../../shared/settings.ts';
import { redactText } from '../../base/redact.ts';
import type { PageActor, PageRow } from '../../orders/journal/journal.ts';
import { outcomeOf, restsAs, type Order, type Phase } from '../../orders/machine/order.ts';
import {
  causeWord,
  csvWords,
  ORDER_COLUMNS,
  personWord,
  reasonWord,
  stateWord,
  type OrderColumn,
} from './csv-words.ts';
import { CSV_BEGIN, csvLine, type Cell } from './csv.ts';

/** The file, piece by piece. `onRow` counts the orders as they are written. */
export async function* ordersCsv(
  rows: AsyncIterable<PageRow>,
  group: OrderGroup,
  language: Language,
  onRow: () => void,
): AsyncGenerator<string> {
  const { order: heads } = csvWords[language];
  yield CSV_BEGIN + csvLine(ORDER_COLUMNS.map((column) => ({ text: heads[column] })));
  for await (const row of rows) {
    if (!belongs(row, group)) continue;
    onRow();
    const cells = cellsOf(row, language);
    yield csvLine(ORDER_COLUMNS.map((column) => cells[column] ?? null));
  }
}

/**
 * A duplicate that rests under another entry belongs to that entry's line. A row that no longer parses is in every
 * group, so that it is not missed.
 */
function belongs({ stored }: PageRow, group: OrderGroup): boolean {
  if (stored === null) return true;
  return restsAs(stored.order) === null && (group === 'all' || group === groupOf(stored.order.phase));
}

function groupOf({ name }: Phase): Exclude<OrderGroup, 'all'> {
  switch (name) {
    case 'paid':
    case 'cancelled':
    case 'settled':
      return name;
    case 'failed':
    case 'not-found':
      return 'failed';
    case 'paying':
    case 'armed':
    case 'choosing':
    case 'reversing':
    case 'confirming':
    case 'attention':
      return 'unresolved';
  }
}

type Cells = Readonly<Partial<Record<OrderColumn, Cell>>>;

function cellsOf({ stored, orderId, createdAtMs, takenBy, lastActedBy, reason }: PageRow, language: Language): Cells {
  const createdAt = { text: beijingTime(createdAtMs) };
  if (stored === null)
    return { outTradeNo: { id: orderId }, createdAt, state: { text: csvWords[language].unreadable } };
  const { order } = stored;
  return {
    outTradeNo: idOrNothing(order.outTradeNo),
    transactionId: idOrNothing(order.transactionId),
    amount: order.amountFen === null ? null : { number: formatYuan(order.amountFen) },
    currency: { text: 'CNY' },
    createdAt,
    state: { text: stateWord(language, order.phase) },
    ...(reason === null ? {} : { reason: whyCell(reason, language) }),
    ...endOf(order, language),
    attempts: { number: String(order.reverse.count) },
    takenBy: personOf(takenBy, language),
    lastActedBy: personOf(lastActedBy, language),
    lastAnswer: textOrNothing(order.unknownState?.name ?? order.lastSeen),
  };
}

function endOf({ phase, refunds }: Order, language: Language): Cells {
  switch (phase.name) {
    case 'cancelled':
      return { outcome: { text: csvWords[language].outcome[outcomeOf(phase)] }, proof: { text: phase.proof } };
    case 'attention':
      return {
        reason: {
          text: [causeWord(language, phase.cause), phase.errCode, partWord(refunds)]
            .filter((part) => part !== null)
            .join(' '),
        },
      };
    case 'failed':
      return { reason: { text: phase.cause } };
    case 'settled':
      return { reason: { text: redactText(phase.reason) } };
    default:
      return {};
  }
}

const personOf = (actor: PageActor | null, language: Language): Cell =>
  actor === null ? null : { text: personWord(language, actor) };

const whyCell = ({ code, note }: NonNullable<PageRow['reason']>, language: Language): Cell => ({
  text: [reasonWord(language, code), note === null ? null : redactText(note)]
    .filter((part) => part !== null)
    .join(' · '),
});

/** `refunded/whole`, in yuan. */
const partWord = (refunds: Order['refunds']): string | null =>
  refunds === null ? null : `${formatYuan(refunds.refundedFen)}/${formatYuan(refunds.totalFen)}`;

const idOrNothing = (id: string | null): Cell => (id === null ? null : { id });
const textOrNothing = (text: string | null): Cell => (text === null ? null : { text });
