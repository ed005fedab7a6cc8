/** `facepay reconcile`: WeChat's bill of a day compared with the journal. Exit 4 if something differs. */
import type { Comparison, Difference, OddField } from '../../shared/contract/bill.ts';
import { formatYuan } from '../../shared/money.ts';
import { differencesCsv } from '../app/bill/differences-csv.ts';
import { reconcile, type Refused } from '../app/bill/reconcile.ts';
import { csvWords } from '../app/exports/csv-words.ts';
import { onePiece, writeDraft } from '../app/exports/draft-file.ts';
import type { Command } from './arguments.ts';
import { problem, type Terminal } from './commands.ts';
import { noteLooked, withJournal } from './journal-session.ts';
import { whyNotNew } from './new-file.ts';
import { EXIT, type ExitCode } from './output.ts';

export async function reconcileBill(
  terminal: Terminal,
  { bill, day, out }: Extract<Command, { name: 'reconcile' }>,
): Promise<ExitCode> {
  const taken = out === null ? null : whyNotNew(out);
  if (out !== null && taken !== null) return problem(terminal, out, taken);
  return withJournal(terminal, async ({ journal, environment, settings }) => {
    const { merchant, terminal: own } = settings;
    if (merchant === null) return problem(terminal, '--profile', 'not-set-up');
    const result = await reconcile({ journal, merchant, terminal: own }, bill, day);
    if (!result.ok) {
      noteLooked(terminal, environment, 'bill-compared', result.error.problem, null);
      for (const { day: held, rows } of result.error.days)
        terminal.output.say(`${held}: ${String(rows)} rows`, { type: 'day', day: held, rows });
      return problem(terminal, whereOf(bill, result.error), result.error.problem);
    }
    const { value } = result;
    noteLooked(
      terminal,
      environment,
      'bill-compared',
      'ok',
      `${value.day}: ${String(value.rows)} rows, ${String(value.matched)} match, ${String(differing(value))} differ`,
    );
    say(terminal, value);
    const written =
      out === null
        ? null
        : await writeDraft(
            out,
            onePiece(Buffer.from([...differencesCsv(value.differences, settings.terminal.language)].join(''))),
          );
    if (out !== null && written?.ok === false) return problem(terminal, out, written.error);
    return differing(value) === 0 ? EXIT.cancelled : EXIT.needsManager;
  });
}

const whereOf = (bill: string, { line }: Refused): string => (line === null ? bill : `${bill}, line ${String(line)}`);
const differing = ({ counts }: Comparison): number => counts.reduce((sum, { count }) => sum + count, 0);

function say({ output }: Terminal, comparison: Comparison): void {
  const { day, rows, otherDays, odd, matched, paidFen, refundedFen, others, counts, differences } = comparison;
  for (const difference of differences) output.say(lineOf(difference), { type: 'difference', ...difference });
  for (const { line, field, text } of odd.shown)
    output.say(`line ${String(line)} left aside: ${ODD_WORDS[field]}: ${text}`, { type: 'odd-row', line, field, text });
  const left = differing(comparison) - differences.length;
  output.say(
    [
      ...(left > 0 ? [`... and ${String(left)} more`] : []),
      ...(odd.count > odd.shown.length ? [`... ${String(odd.count - odd.shown.length)} more left aside`] : []),
      ...(otherDays > 0 ? [`${String(otherDays)} rows are of other days.`] : []),
      `Bill of ${day}: ${String(rows)} rows. ${String(matched)} orders match, ${String(differing(comparison))} differ.`,
      `Of this terminal: ${formatYuan(paidFen)} yuan paid, ${formatYuan(refundedFen)} yuan refunded. Not known to it: ${String(others.rows)} rows, ${formatYuan(others.paidFen)} yuan.`,
    ].join('\n'),
    { type: 'reconcile', day, rows, otherDays, oddRows: odd.count, matched, paidFen, refundedFen, others, counts },
  );
}

const ODD_WORDS: Readonly<Record<OddField, string>> = {
  row: 'too few or too many fields',
  transactionId: 'WeChat’s number',
  outTradeNo: 'order number',
  time: 'time',
  state: 'state',
  amount: 'amount',
};

function lineOf({ kind, outTradeNo, transactionId, hereFen, billFen, refundedFen, line }: Difference): string {
  const sums = [
    hereFen === null ? null : `here ${formatYuan(hereFen)}`,
    billFen === null ? null : `bill ${formatYuan(billFen)}`,
    refundedFen === null ? null : `refunded ${formatYuan(refundedFen)}`,
    line === null ? null : `line ${String(line)}`,
  ];
  return `${outTradeNo ?? transactionId ?? '?'}: ${csvWords.en.kind[kind]} (${sums.filter((sum) => sum !== null).join(', ')})`;
}
