/** The differences between a bill and the journal, as a table. */
import { beijingTime } from '../../../shared/beijing.ts';
import type { Difference } from '../../../shared/contract/bill.ts';
import { formatYuan } from '../../../shared/money.ts';
import type { Language } from '../../../shared/settings.ts';
import { CSV_BEGIN, csvLine, type Cell } from '../exports/csv.ts';
import { csvWords, DIFFERENCE_COLUMNS, type DifferenceColumn } from '../exports/csv-words.ts';

export function* differencesCsv(differences: readonly Difference[], language: Language): Generator<string> {
  const { difference: heads, kind, here } = csvWords[language];
  yield CSV_BEGIN + csvLine(DIFFERENCE_COLUMNS.map((column) => ({ text: heads[column] })));
  for (const differing of differences) {
    const cells: Readonly<Record<DifferenceColumn, Cell>> = {
      kind: { text: kind[differing.kind] },
      outTradeNo: idOrNothing(differing.outTradeNo),
      transactionId: idOrNothing(differing.transactionId),
      here: { text: here[differing.here] },
      hereAmount: yuan(differing.hereFen),
      billAmount: yuan(differing.billFen),
      billRefund: yuan(differing.refundedFen),
      line: differing.line === null ? null : { number: String(differing.line) },
      at: differing.atMs === null ? null : { text: beijingTime(differing.atMs) },
    };
    yield csvLine(DIFFERENCE_COLUMNS.map((column) => cells[column]));
  }
}

const idOrNothing = (id: string | null): Cell => (id === null ? null : { id });
const yuan = (fen: number | null): Cell => (fen === null ? null : { number: formatYuan(fen) });
