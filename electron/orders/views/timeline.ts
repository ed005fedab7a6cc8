import type { TimelineRow } from '../../../shared/order/order.ts';
import type { ReasonCode } from '../../../shared/order/reason.ts';
import type {
  PayAnswer,
  QueryAnswer,
  RefundAnswer,
  RefundsAnswer,
  RefundSeen,
  ReverseAnswer,
} from '../../wechat/answers.ts';
import type { HistoryRow } from '../journal/journal.ts';
import { outcomeOf } from '../machine/order.ts';

type Bare = Pick<TimelineRow, 'what'> & Partial<Omit<TimelineRow, 'what' | 'seq' | 'atMs'>>;

/** An order's history as people read it: one line for each thing that mattered, none for internal steps. */
export function timelineOf(history: readonly HistoryRow[]): TimelineRow[] {
  let before: string | undefined;
  return history.flatMap((row) => {
    const lines = [...fromEvent(row), ...fromPhase(row, before), ...fromEffects(row)];
    before = row.phase?.name ?? before;
    return lines.map((line) => ({ ...EMPTY, ...line, seq: row.seq, atMs: row.atMs }));
  });
}

const EMPTY = {
  attempt: null,
  host: null,
  latencyMs: null,
  result: null,
  errCode: null,
  recall: null,
  reason: null,
  note: null,
};

function fromEvent({ event }: HistoryRow): Bare[] {
  switch (event.type) {
    case 'registered':
      return [{ what: 'registered' }];
    case 'pay-left':
      return [{ what: 'pay-left' }];
    case 'pay-ended':
      return [{ what: 'pay-answered', ...where(event), ...payResult(event.answer) }];
    case 'query-ended':
      return [{ what: 'query-answered', attempt: event.n, ...where(event), ...queryResult(event.answer) }];
    case 'reverse-ended':
      return [{ what: 'reverse-answered', attempt: event.n, ...where(event), ...reverseResult(event.answer) }];
    case 'cancel-tapped':
      return [{ what: 'cancel-armed', result: event.by, ...whyOf(event) }];
    case 'cancel-handed-over':
      return [{ what: 'cancel-armed', result: event.by }];
    case 'cancel-withdrawn':
      return [{ what: 'cancel-withdrawn' }];
    case 'keep-chosen':
      return [{ what: 'payment-kept' }];
    case 'refund-chosen':
      return [{ what: 'refund-chosen', ...whyOf(event) }];
    case 'asked-by-hand':
      return [{ what: 'asked-by-hand' }];
    case 'tried-by-hand':
      return [{ what: 'tried-by-hand', result: event.by, ...whyOf(event) }];
    case 'manager-settled':
      return [{ what: 'settled-by-manager', result: event.reason, reason: event.code ?? null }];
    case 'refund-handed-over':
      return [{ what: 'refund-handed-over', ...whyOf(event) }];
    case 'refund-made':
      return [{ what: 'refund-made', result: event.refundNumber, ...whyOf(event) }];
    case 'refund-not-made':
      return [{ what: 'refund-not-made', ...whyOf(event) }];
    case 'refund-asked':
      return [{ what: 'refund-asked', result: refundWord(event), ...whyOf(event) }];
    case 'refund-ended':
      return [{ what: 'refund-answered', attempt: event.n, ...where(event), ...refundResult(event.answer) }];
    case 'refund-looked':
      return [{ what: 'refund-looked', attempt: event.n, ...where(event), ...lookResult(event.answer) }];
    case 'refund-retried':
      return [{ what: 'refund-retried', result: event.outRefundNo, ...whyOf(event) }];
    case 'refund-settled':
      return [{ what: 'refund-settled', result: event.outRefundNo, ...whyOf(event) }];
    case 'same-as':
      return [{ what: 'settled-by-manager', result: event.orderId }];
    case 'started-again':
      return [{ what: 'resumed' }];
    case 'unknown':
      return [{ what: 'unknown-entry', result: event.kind }];
    // A refused act changed nothing. It belongs to the audit trail, not to the history of the money.
    case 'noted':
    case 'timer':
      return [];
  }
}

function fromPhase({ phase }: HistoryRow, before: string | undefined): Bare[] {
  if (phase === null || phase.name === before) return [];
  if (phase.name === 'cancelled') return [{ what: 'cancelled', result: outcomeOf(phase), errCode: phase.proof }];
  if (phase.name === 'attention') return [{ what: 'attention', result: phase.cause, errCode: phase.errCode }];
  return [];
}

const fromEffects = ({ effects }: HistoryRow): Bare[] =>
  effects.flatMap(({ kind, n: attempt }): Bare[] => {
    if (kind === 'send-reverse') return [{ what: 'reverse-left', attempt }];
    return kind === 'send-refund' ? [{ what: 'refund-left', attempt }] : [];
  });

const whyOf = ({
  code,
  note,
}: {
  readonly code?: ReasonCode | undefined;
  readonly note?: string | undefined;
}): Pick<TimelineRow, 'reason' | 'note'> => ({
  reason: code ?? null,
  note: note ?? null,
});

const where = ({ host, latencyMs }: { host: string; latencyMs: number }): Pick<TimelineRow, 'host' | 'latencyMs'> => ({
  host,
  latencyMs,
});

type Outcome = Pick<TimelineRow, 'result'> & Partial<Pick<TimelineRow, 'errCode' | 'recall'>>;

function payResult(answer: PayAnswer): Outcome {
  switch (answer.kind) {
    case 'paid':
      return { result: 'SUCCESS' };
    case 'declined':
    case 'in-doubt':
      return { result: 'FAIL', errCode: answer.errCode };
    case 'other-amount':
      return { result: 'other-amount' };
    case 'no-answer':
      return { result: answer.why };
  }
}

function queryResult(answer: QueryAnswer): Outcome {
  switch (answer.kind) {
    case 'seen':
      return {
        result: answer.tradeState,
        ...(answer.refunds === undefined ? {} : { errCode: refundsWord(answer.refunds) }),
      };
    case 'unknown-state':
      return { result: answer.name };
    case 'not-found':
      return { result: 'NOTFOUND' };
    case 'refused':
      return { result: 'FAIL', errCode: answer.errCode };
    case 'no-answer':
      return { result: answer.why };
  }
}

/**
 * What pay/refundquery said, as short as the codes beside it: the sums in fen, its err_code, or the reason for no
 * answer.
 */
function refundsWord(refunds: RefundsAnswer): string {
  switch (refunds.kind) {
    case 'summed':
      return `refunded ${String(refunds.refundedFen)}/${String(refunds.totalFen)}`;
    case 'not-found':
      return 'REFUNDNOTEXIST';
    case 'refused':
      return refunds.errCode;
    case 'no-answer':
      return refunds.why;
  }
}

/** The sum in fen and the number, as short as the codes beside it. */
const refundWord = ({ fen, outRefundNo }: { readonly fen: number; readonly outRefundNo: string }): string =>
  `${String(fen)} ${outRefundNo}`;

function refundResult(answer: RefundAnswer): Outcome {
  switch (answer.kind) {
    case 'accepted':
      return { result: 'SUCCESS' };
    case 'refused':
      return { result: 'FAIL', errCode: answer.errCode };
    case 'no-answer':
      return { result: answer.why };
  }
}

function lookResult(answer: RefundSeen): Outcome {
  switch (answer.kind) {
    case 'seen':
      return { result: answer.status };
    case 'unknown-status':
      return { result: answer.name };
    case 'not-found':
      return { result: 'REFUNDNOTEXIST' };
    case 'refused':
      return { result: 'FAIL', errCode: answer.errCode };
    case 'no-answer':
      return { result: answer.why };
  }
}

function reverseResult(answer: ReverseAnswer): Outcome {
  switch (answer.kind) {
    case 'accepted':
      return { result: 'SUCCESS', recall: answer.recall };
    case 'refused':
      return { result: 'FAIL', errCode: answer.errCode, recall: answer.recall };
    case 'no-answer':
      return { result: answer.why };
  }
}

/** One reverse as the terminal command's JSON shows it. `result` is `null` if the attempt's answer never came. */
export interface Attempt {
  readonly n: number;
  readonly at: string;
  readonly host: string | null;
  readonly result: string | null;
  readonly errCode: string | null;
  readonly recall: string | null;
}

/** The reverses of a timeline, each with its answer. */
export function attemptsOf(timeline: readonly TimelineRow[]): Attempt[] {
  return timeline
    .filter((row) => row.what === 'reverse-left')
    .map((left) => {
      const answer = timeline.find((row) => row.what === 'reverse-answered' && row.attempt === left.attempt);
      return {
        n: left.attempt ?? 0,
        at: new Date(left.atMs).toISOString(),
        host: answer?.host ?? null,
        result: answer?.result ?? null,
        errCode: answer?.errCode ?? null,
        recall: answer?.recall ?? null,
      };
    });
}
