/** What the terminal command prints: lines for people, or one JSON object per line for scripts. Never both. */
import { beijingTime } from '../../shared/beijing.ts';
import type { OrderView } from '../../shared/order/order.ts';
import { attemptsOf } from '../orders/views/timeline.ts';
import type { TimelineRow } from '../../shared/order/order.ts';
import type { FieldProblem } from '../app/setup/merchant-file.ts';
import { formatYuan } from '../../shared/money.ts';
import { phaseWords, problemWords, refundWords, rowWords } from './words.ts';

export const EXIT = {
  cancelled: 0,
  bug: 1,
  badInput: 2,
  unresolved: 3,
  needsManager: 4,
  faulty: 5,
  notCharged: 6,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export interface Output {
  /** A line for people; scripts get `fields`. */
  say(text: string, fields: Readonly<Record<string, unknown>> & { readonly type: string }): void;
  /** A line that is the same for people and scripts. */
  line(text: string): void;
  row(row: TimelineRow): void;
  orders(views: readonly OrderView[]): void;
  result(view: OrderView, timeline: readonly TimelineRow[]): void;
  /** Bad input, or a terminal that cannot start: each problem with its field, its reason and what to do. */
  problems(problems: readonly FieldProblem[]): void;
}

export interface Streams {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

export function createOutput({ out, err }: Streams, json: boolean): Output {
  const line = (fields: object): void => {
    out(JSON.stringify(fields));
  };
  return {
    say(text, fields) {
      if (json) line(fields);
      else out(text);
    },
    line(text) {
      out(text);
    },
    row(row) {
      if (json) line({ type: 'timeline', ...row });
      else out(rowWords(row));
    },
    orders(views) {
      for (const view of views) {
        if (json) line({ type: 'order', order: orderJson(view, []) });
        else out(orderLine(view));
      }
      if (!json && views.length === 0) out('No orders.');
    },
    result(view, timeline) {
      if (json) line({ type: 'result', order: orderJson(view, timeline) });
      else out(`${numberOf(view)}: ${phaseWords(view)}`);
    },
    problems(problems) {
      for (const problem of problems) {
        const words = problemWords(problem);
        if (json) line({ type: 'error', ...problem, message: words });
        else err(`${problem.field}: ${words}`);
      }
    },
  };
}

const numberOf = (view: OrderView): string => view.outTradeNo ?? view.transactionId ?? view.orderId;

function orderLine(view: OrderView): string {
  const amount = view.amountFen === null ? '?' : `¥${formatYuan(view.amountFen)}`;
  const words = [phaseWords(view), ...view.ourRefunds.map(refundWords)].join('; ');
  return `${beijingTime(view.createdAtMs)}  ${numberOf(view).padEnd(32)}  ${amount.padStart(10)}  ${words}`;
}

/** The order as scripts get it. Its shape is guaranteed (build/guide/en/terminal-command.md, "What it prints"). */
function orderJson(view: OrderView, timeline: readonly TimelineRow[]): object {
  const { phase } = view;
  const attempts = attemptsOf(timeline);
  return {
    outTradeNo: view.outTradeNo,
    transactionId: view.transactionId,
    phase: phase.name,
    recall: attempts.at(-1)?.recall ?? null,
    outcome: phase.name === 'cancelled' ? phase.outcome : null,
    cause: phase.name === 'attention' || phase.name === 'failed' ? phase.cause : null,
    lastAnswer: view.lastAnswer,
    unknownState: view.unknownState,
    refunds: view.refunds,
    ourRefunds: view.ourRefunds.map(({ outRefundNo, fen, state }) => ({ outRefundNo, amountFen: fen, state })),
    amountFen: view.amountFen,
    attempts,
  };
}

/** Of a payment: 0 once it is paid, 6 once it is sure that nothing was taken or all went back, else as above. */
export function exitCodeOfPayment({ verdict, standing }: OrderView): ExitCode {
  if (verdict === 'paid') return EXIT.cancelled;
  if (verdict === 'charge-again') return EXIT.notCharged;
  return standing === 'attention' ? EXIT.needsManager : EXIT.unresolved;
}

/** 0 once the order is proved cancelled, 4 before a manager, 3 while it is still under way. */
export function exitCodeFor(view: OrderView): ExitCode {
  switch (view.phase.name) {
    case 'cancelled':
      return EXIT.cancelled;
    case 'attention':
    case 'choosing':
      return EXIT.needsManager;
    default:
      return EXIT.unresolved;
  }
}
