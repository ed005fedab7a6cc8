/**
 * An order as the till software sees it. It has its own schema, separate from the screen's: what is here stays within
 * /v1.
 */
import { z } from 'zod';
import { cancelOutcomeSchema, verdictSchema, type OrderView } from '../../shared/order/order.ts';

const number = z.string().nullable();
const inMs = z.number().int().nonnegative().nullable();
const time = z.iso.datetime();

export const orderMessageSchema = z.strictObject({
  outTradeNo: number,
  transactionId: number,
  amountFen: z.number().int().nullable(),
  /** The field to decide by: may this customer be charged again? */
  verdict: verdictSchema,
  /**
   * `open`: the terminal still works on it. `attention`: it waits for a manager. `done`: nothing more is needed here.
   * An order that was only registered needs nothing until it is cancelled.
   */
  standing: z.enum(['open', 'attention', 'done']),
  phase: z.enum([
    'paying',
    'paid',
    'failed',
    'not-found',
    'armed',
    'choosing',
    'reversing',
    'confirming',
    'cancelled',
    'attention',
    'settled',
  ]),
  /**
   * How a cancel ended: never charged; paid and refunded; or accepted for an order never seen paid, and anything
   * deducted goes back by itself.
   */
  outcome: cancelOutcomeSchema.nullable(),
  /** Why it failed, or why it is before a manager: a stable code. */
  cause: z.string().nullable(),
  /** What may be requested now. Anything else is refused, and changes nothing. */
  actions: z.array(z.enum(['cancel', 'withdraw', 'ask'])),
  /** How long until the cancel leaves, or could leave at the earliest. */
  windowEndsInMs: inMs,
  /** How many reverse calls have been made. */
  attempts: z.number().int(),
  /** How long until the next one, if one is planned. */
  nextTryInMs: inMs,
  /**
   * When the pay call was made. If that is not known: when the terminal learned of the order. The 15 s count from it.
   */
  paidAt: time,
  registeredAt: time,
  /** Rises with every change of the order. */
  version: z.number().int(),
});
export type OrderMessage = z.infer<typeof orderMessageSchema>;

const OFFERED = ['cancel', 'withdraw', 'ask'] as const;

/** `paidAtMs`: when the order's pay call was made, UTC ms. */
export function messageOf(view: OrderView, paidAtMs: number): OrderMessage {
  const { outTradeNo, transactionId, amountFen, verdict, standing, phase, version } = view;
  return {
    outTradeNo,
    transactionId,
    amountFen,
    verdict,
    standing,
    phase: phase.name,
    outcome: phase.name === 'cancelled' ? phase.outcome : null,
    cause: causeOf(phase),
    actions: OFFERED.filter((action) => view.actions.includes(action)),
    windowEndsInMs: phase.name === 'paying' ? phase.windowEndsInMs : phase.name === 'armed' ? phase.firesInMs : null,
    attempts: view.attemptCount,
    nextTryInMs: phase.name === 'reversing' || phase.name === 'confirming' ? phase.nextInMs : null,
    paidAt: new Date(paidAtMs).toISOString(),
    registeredAt: new Date(view.createdAtMs).toISOString(),
    version,
  };
}

function causeOf(phase: OrderView['phase']): string | null {
  switch (phase.name) {
    case 'failed':
    case 'attention':
      return phase.cause;
    case 'paying':
      return phase.declined;
    default:
      // What a manager wrote about a settled order is only for people.
      return null;
  }
}
