import { z } from 'zod';
import { normalizedNumber } from './number-text.ts';
import { reasonCodeSchema } from './reason.ts';
import { refundViewSchema } from './refund.ts';

/** The characters of an out_trade_no (electron/wechat/README.md, "Pay"). */
export const ORDER_NUMBER = /^[0-9A-Za-z_\-|*@]+$/;

/**
 * Order numbers as WeChat Pay v2 allows them. They are strings everywhere: 28 digits do not fit a float.
 * The error of each rule is a stable code; the words for it are in the locales under `problem.`.
 */
export const outTradeNoSchema = z
  .string({ error: 'missing' })
  .min(1, { error: 'missing' })
  .max(32, { error: 'too-long' })
  .regex(ORDER_NUMBER, { error: 'bad-characters' });

/** The same as people type, scan or copy it. */
export const typedOutTradeNoSchema = z.string({ error: 'missing' }).transform(normalizedNumber).pipe(outTradeNoSchema);

export const transactionIdSchema = z
  .string({ error: 'missing' })
  .min(1, { error: 'missing' })
  .max(32, { error: 'too-long' })
  .regex(/^[0-9A-Za-z]+$/, { error: 'bad-characters' });

/** WeChat's own numbers (transaction_id) as printed on a customer's phone: 28 digits that begin with 4. */
export const looksLikeTransactionId = (text: string): boolean => /^4\d{27}$/.test(text);

export const orderIdSchema = z.string().min(1).max(64);

/**
 * Which of WeChat Pay's two route families an order belongs to. It is remembered, never guessed
 * (electron/wechat/README.md, "Routes").
 */
export const familySchema = z.enum(['facepay', 'micropay']);
export type Family = z.infer<typeof familySchema>;

export const tradeStateSchema = z.enum([
  'SUCCESS',
  'REFUND',
  'NOTPAY',
  'CLOSED',
  'REVOKED',
  'USERPAYING',
  'PAYERROR',
  'ACCEPT',
]);
export type TradeState = z.infer<typeof tradeStateSchema>;

/** `missing` is a protocol error of its own: the reply lacks the field that says whether to call again. */
export const recallSchema = z.enum(['Y', 'N', 'missing']);
export type Recall = z.infer<typeof recallSchema>;

/** Why a call brought no answer that counts. Each of them leaves the outcome unknown, whatever it looks like. */
export const noAnswerSchema = z.enum([
  'not-sent', // nothing left this terminal: no route, refused, TLS not reached
  'server-not-trusted', // the other end could not prove that it is WeChat Pay; nothing was sent
  'timeout', // no full reply within the deadline
  'broken', // the connection ended after bytes had left
  'http-status', // an error page of a proxy or server
  'too-large', // over 64 KiB
  'bad-xml', // not the XML that WeChat Pay sends
  'bad-signature', // missing, wrong, or with another algorithm than the request's
  'wrong-merchant', // signed, but it names another appid, mch_id or order
  'bad-reply', // signed, but a required field is missing or malformed
  'unsigned-fail', // return_code FAIL: not signed, so it proves nothing
  'busy', // the same, and its text says that WeChat is busy: nothing is wrong here
  'too-often', // the same, and its text says that we call too often
  'certificate-refused', // the gateway did not accept our client certificate
  'interrupted', // this terminal stopped while waiting
]);
export type NoAnswer = z.infer<typeof noAnswerSchema>;

/** Why an order is before a manager: what retrying cannot mend. The words for it are in the locales (`cause.`). */
export const causeSchema = z.enum([
  'expired', // older than 7 days, by REVERSE_EXPIRE or by our own count
  'signature', // SIGNERROR, or replies whose signatures are always wrong: key or algorithm
  'wrong-merchant', // replies with right signatures that name another merchant or order
  'certificate-refused',
  'parameter', // PARAM_ERROR and similar
  'not-permitted', // INVALID_REQUEST, NOAUTH
  'trade-error', // TRADE_ERROR: risk control, account state
  'refused', // several refusals in a row, unsigned or of an unknown kind
  'contradiction', // reverse accepted, but the order is still not cancelled
  'order-not-found', // WeChat says there is no such order
  'undecided', // paid late, and no person chose
  'partly-refunded', // refunded elsewhere, and not proved to be the whole amount
  'other-order', // the number has another amount at WeChat Pay, or was used before: another till's order
  'unknown-state', // WeChat names a state that this app does not know, and repeats it
]);
export type Cause = z.infer<typeof causeSchema>;

export const refusedActSchema = z.enum([
  'order-not-found',
  'paid-needs-manager',
  'manager-only',
  'too-late', // a reverse may have left
  'nothing-to-choose',
  'already-settled',
  'order-too-old',
  'refund-too-early', // it can still be cancelled, and the 7 days do not end soon
  'still-cancelling', // the app goes on with it by itself
  'not-handed-over', // the steps of the refund were not started before
  'handed-over', // a manager is refunding it in the merchant platform
  'reason-needed', // a manager's act on money that did not pass the gate
  'never-reversed', // another till's order, or one with a refund: a reverse would move money that is not ours
  'has-refund', // a refund was asked for here: the order can no longer be cancelled
  'refund-under-way', // WeChat has not yet said what becomes of the last refund that was asked for here
  'refund-impossible', // not known to be paid, or being cancelled, or refunded in the merchant platform
  'reverse-instead', // the whole of a young order goes back by cancelling it
  'refund-too-old', // over a year
  'refund-too-much', // more than is left of the order
  'no-such-refund',
]);
export type RefusedAct = z.infer<typeof refusedActSchema>;

/** What the person at the screen may do next with an order. */
export const actionSchema = z.enum(['cancel', 'withdraw', 'keep', 'refund', 'ask', 'try-now']);
export type Action = z.infer<typeof actionSchema>;

/** Durations count from when the view was made. On arrival the screen turns them into deadlines of its own clock. */
const inMs = z.number().int().nonnegative();

const lastAnswerSchema = z.union([tradeStateSchema, z.literal('NOTFOUND')]).nullable();

/**
 * What a proved cancel means. `closed`: never charged. `revoked`: WeChat accepted the cancel of an order that was never
 * seen paid; if anything was deducted all the same, it goes back by itself. `refunded`: it was paid, and the whole
 * amount goes back.
 */
export const cancelOutcomeSchema = z.enum(['closed', 'refunded', 'revoked']);
export type CancelOutcome = z.infer<typeof cancelOutcomeSchema>;

/**
 * What went back of an order, according to pay/refundquery, in fen: the refunds that are complete or under way, and the
 * whole amount.
 */
export const refundedPartSchema = z.object({
  refundedFen: z.number().int().nonnegative(),
  totalFen: z.number().int().nonnegative(),
  /**
   * What no further refund can give back: the same, and refunds that are stuck (CHANGE) or in a state that we do not
   * know. Rows of older versions lack it.
   */
  takenFen: z.number().int().nonnegative().optional(),
});
export type RefundedPart = z.infer<typeof refundedPartSchema>;

export const phaseViewSchema = z.discriminatedUnion('name', [
  // The pay call left or is leaving; the result is unknown. `cancelFirst`: WeChat says that it failed, in a way that
  // has charged customers before. So cancel it before charging again.
  z.object({
    name: z.literal('paying'),
    windowEndsInMs: inMs,
    declined: z.string().nullable(),
    cancelFirst: z.boolean(),
  }),
  z.object({ name: z.literal('paid') }),
  // Verified not paid. `cause` is WeChat's err_code, or `never-sent`.
  z.object({ name: z.literal('failed'), cause: z.string() }),
  // Entered by hand, and WeChat does not know the number.
  z.object({ name: z.literal('not-found') }),
  // The cancel was tapped and is on disk. Nothing has been sent, so it can be taken back without cost.
  z.object({ name: z.literal('armed'), firesInMs: inMs, lastLook: z.boolean() }),
  // WeChat showed that the customer had paid after the cancel was armed. The cashier decides.
  z.object({ name: z.literal('choosing') }),
  // At least one reverse may have reached WeChat.
  z.object({
    name: z.literal('reversing'),
    activity: z.enum(['calling', 'asking', 'waiting']),
    attempt: z.number().int(),
    nextInMs: inMs.nullable(),
    recall: recallSchema.nullable(),
    lastResult: z.string().nullable(),
    escalated: z.boolean(),
  }),
  // Reverse accepted; waiting for a query to prove it.
  z.object({ name: z.literal('confirming'), attempt: z.number().int(), nextInMs: inMs.nullable() }),
  // Proved by a verified query. `proof` is its trade_state.
  z.object({
    name: z.literal('cancelled'),
    outcome: cancelOutcomeSchema,
    proof: tradeStateSchema,
  }),
  // `handedOver`: a manager took it to the merchant platform, and the refund there is not proved yet.
  z.object({
    name: z.literal('attention'),
    cause: causeSchema,
    errCode: z.string().nullable(),
    handedOver: z.boolean(),
  }),
  z.object({ name: z.literal('settled'), reason: z.string() }),
]);
export type PhaseView = z.infer<typeof phaseViewSchema>;
export const phaseNameSchema = z.enum(phaseViewSchema.options.map(({ shape }) => shape.name.value));

/** "May I charge this customer again?" The one question that the screen must answer at a glance. */
export const verdictSchema = z.enum(['charge-again', 'do-not-charge', 'paid']);
export type Verdict = z.infer<typeof verdictSchema>;

export const orderViewSchema = z.object({
  orderId: orderIdSchema,
  /** Rises with every change. Of two views the one with the higher number is right. */
  version: z.number().int(),
  outTradeNo: z.string().nullable(),
  transactionId: z.string().nullable(),
  amountFen: z.number().int().nullable(),
  origin: z.enum(['taken', 'entered']),
  createdAtMs: z.number(),
  ageMs: inMs,
  verdict: verdictSchema,
  standing: z.enum(['open', 'attention', 'done']),
  phase: phaseViewSchema,
  actions: z.array(actionSchema),
  lastAnswer: lastAnswerSchema,
  /** The state that WeChat names now and this app does not know; `null` if there is none. Shown as it is. */
  unknownState: z.string().nullable(),
  /** What went back by refunds made elsewhere, if that is known and is not the whole amount. */
  refunds: refundedPartSchema.nullable(),
  /** The refunds that were asked for at this terminal, oldest first. */
  ourRefunds: z.array(refundViewSchema),
  attemptCount: z.number().int(),
});
export type OrderView = z.infer<typeof orderViewSchema>;

/** One line of an order's timeline: what happened, when, and what the gateway said. Nothing secret. */
export const timelineRowSchema = z.object({
  seq: z.number().int(),
  atMs: z.number(),
  what: z.enum([
    'registered',
    'pay-left',
    'pay-answered',
    'query-answered',
    'reverse-left',
    'reverse-answered',
    'cancel-armed',
    'cancel-withdrawn',
    'payment-kept',
    'refund-chosen',
    'asked-by-hand',
    'tried-by-hand',
    'resumed',
    'settled-by-manager',
    'refund-handed-over',
    'refund-made',
    'refund-not-made',
    // A refund by the API: asked for, each request and its answer, each look at it, and what a manager did about it.
    'refund-asked',
    'refund-left',
    'refund-answered',
    'refund-looked',
    'refund-retried',
    'refund-settled',
    'cancelled',
    'attention',
    // Written by a later version of the app. `result` is its name there.
    'unknown-entry',
  ]),
  attempt: z.number().int().nullable(),
  host: z.string().nullable(),
  latencyMs: z.number().nullable(),
  /** trade_state, result_code, `NOTFOUND`, a no-answer reason, an outcome or a cause: short and stable. */
  result: z.string().nullable(),
  errCode: z.string().nullable(),
  recall: recallSchema.nullable(),
  /** Why a person did it, with their own words; `null` if no reason was given. */
  reason: reasonCodeSchema.nullable(),
  note: z.string().nullable(),
});
export type TimelineRow = z.infer<typeof timelineRowSchema>;
