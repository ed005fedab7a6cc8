/** `facepay reconcile`: WeChat's bill of a day compared with the journal. Exit 4 if something differs. */
import type { BillMissing, Comparison, Difference, OddField } from '../../shared/contract/bill.ts';
import { formatYuan } from '../../shared/money.ts';
import type { Language } from '../../shared/settings.ts';
import { differencesCsv } from '../app/bill/differences-csv.ts';
import { comparisonText, differingIn } from '../app/bill/note-comparison.ts';
import type { BillRefused } from '../app/core/bill-service.ts';
import { reconcile } from '../app/bill/reconcile.ts';
import { csvWords } from '../app/exports/csv-words.ts';
import { onePiece, writeDraft } from '../app/exports/draft-file.ts';
import type { Command } from './arguments.ts';
import { problem, withServices, type Terminal } from './commands.ts';
import { noteLooked, withJournal } from './journal-session.ts';
import { whyNotNew } from './new-file.ts';
import { EXIT, type ExitCode } from './output.ts';
import { atTerminal } from './session.ts';

type Reconcile = Extract<Command, { name: 'reconcile' }>;

export async function reconcileBill(terminal: Terminal, command: Reconcile): Promise<ExitCode> {
  const { out } = command;
  const taken = out === null ? null : whyNotNew(out);
  if (out !== null && taken !== null) return problem(terminal, out, taken);
  return command.bill === null
    ? ofWechat(terminal, command.day, out)
    : ofFile(terminal, command.bill, command.day, out);
}

/** A bill that somebody downloaded. */
const ofFile = (terminal: Terminal, bill: string, day: string | null, out: string | null): Promise<ExitCode> =>
  withJournal(terminal, async ({ journal, environment, settings }) => {
    const { merchant, terminal: own } = settings;
    if (merchant === null) return problem(terminal, '--profile', 'not-set-up');
    const result = await reconcile(
      { journal, merchant, terminal: own, isOurRefund: (outRefundNo) => journal.findRefund(outRefundNo) !== null },
      { path: bill, day },
    );
    if (!result.ok) {
      noteLooked(terminal, environment, 'bill-compared', result.error.problem, null);
      for (const { day: held, rows } of result.error.days)
        terminal.output.say(`${held}: ${String(rows)} rows`, { type: 'day', day: held, rows });
      return problem(terminal, whereOf(bill, result.error), result.error.problem);
    }
    noteLooked(terminal, environment, 'bill-compared', 'ok', comparisonText(result.value));
    return told(terminal, result.value, own.language, out);
  });

/** WeChat is asked for the day's bill. It is kept beside the journal, and the app's calendar knows it. */
const ofWechat = (terminal: Terminal, day: string, out: string | null): Promise<ExitCode> =>
  withServices(terminal, async ({ bills, terminal: own }) => {
    const done = await bills.day(day, true, atTerminal());
    if (!done.ok) return problem(terminal, '--day', done.error);
    if (done.value.kind === 'missing') {
      const { why } = done.value;
      const exit = problem(terminal, '--day', `bill-${why}`);
      return LATER.has(why) ? EXIT.unresolved : exit;
    }
    const { comparison, from } = done.value;
    if (from === 'none')
      terminal.output.say(
        `WeChat has no bill of ${day}: it knows no trade of that day by this merchant's API. Compared with no rows.`,
        { type: 'no-bill', day },
      );
    return told(terminal, comparison, own.language, out);
  });

/** The same command may succeed later. */
const LATER: ReadonlySet<BillMissing> = new Set(['creating', 'busy', 'too-often', 'no-answer']);

async function told(
  terminal: Terminal,
  comparison: Comparison,
  language: Language,
  out: string | null,
): Promise<ExitCode> {
  say(terminal, comparison);
  const text = [...differencesCsv(comparison.differences, language)].join('');
  const written = out === null ? null : await writeDraft(out, onePiece(Buffer.from(text)));
  if (out !== null && written?.ok === false) return problem(terminal, out, written.error);
  return differingIn(comparison) === 0 ? EXIT.cancelled : EXIT.needsManager;
}

const whereOf = (bill: string, { line }: BillRefused): string =>
  line === null ? bill : `${bill}, line ${String(line)}`;

function say({ output }: Terminal, comparison: Comparison): void {
  const { day, rows, otherDays, odd, matched, paidFen, refundedFen, others, counts, differences, sums } = comparison;
  for (const difference of differences) output.say(lineOf(difference), { type: 'difference', ...difference });
  for (const { line, field, text } of odd.shown)
    output.say(`line ${String(line)} left aside: ${ODD_WORDS[field]}: ${text}`, { type: 'odd-row', line, field, text });
  const left = differingIn(comparison) - differences.length;
  output.say(
    [
      ...(left > 0 ? [`... and ${String(left)} more`] : []),
      ...(odd.count > odd.shown.length ? [`... ${String(odd.count - odd.shown.length)} more left aside`] : []),
      ...(otherDays > 0 ? [`${String(otherDays)} rows are of other days.`] : []),
      `Bill of ${day}: ${String(rows)} rows. ${String(matched)} orders match, ${String(differingIn(comparison))} differ.`,
      `Of this terminal: ${formatYuan(paidFen)} yuan paid, ${formatYuan(refundedFen)} yuan refunded. Not known to it: ${String(others.rows)} rows, ${formatYuan(others.paidFen)} yuan.`,
    ].join('\n'),
    {
      type: 'reconcile',
      day,
      rows,
      otherDays,
      oddRows: odd.count,
      matched,
      paidFen,
      refundedFen,
      sums,
      others,
      counts,
    },
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
