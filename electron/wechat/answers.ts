/**
 * The result of a call to the gateway, once its reply has passed or failed the checks. Closed unions: of everything on
 * the wire, the order machine uses only these for its decisions.
 */
import { z } from 'zod';
import { noAnswerSchema, recallSchema, refundedPartSchema, tradeStateSchema } from '../../shared/order/order.ts';

/** No reply that counts. `text` is an untrusted hint for the timeline (return_msg, an error's code), cut short. */
export const noResponseSchema = z.object({
  kind: z.literal('no-answer'),
  why: noAnswerSchema,
  text: z.string().nullable(),
});
export type NoResponse = z.infer<typeof noResponseSchema>;

export const payAnswerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('paid'), transactionId: z.string() }),
  // Verified, and the code says that this payment failed. A query must still agree (electron/wechat/README.md, "Pay: err_codes").
  z.object({ kind: z.literal('declined'), errCode: z.string() }),
  // Verified, with this order's number and another amount than ours: it is another till's order.
  z.object({ kind: z.literal('other-amount'), amountFen: z.number().int() }),
  // Verified, and the code says that the result is unknown: SYSTEMERROR, BANKERROR, USERPAYING and any code that we do
  // not know.
  z.object({ kind: z.literal('in-doubt'), errCode: z.string() }),
  noResponseSchema,
]);
export type PayAnswer = z.infer<typeof payAnswerSchema>;

/** What pay/refundquery says of an order, all pages together. */
export const refundsAnswerSchema = z.discriminatedUnion('kind', [
  // `refundedFen`: refunds that are complete (SUCCESS) or under way (PROCESSING). The whole is the order's own amount.
  refundedPartSchema.extend({
    kind: z.literal('summed'),
    /** How many refunds there are, the failed ones too. Rows of older versions lack it. */
    count: z.number().int().nonnegative().optional(),
  }),
  z.object({ kind: z.literal('not-found') }),
  z.object({ kind: z.literal('refused'), errCode: z.string() }),
  noResponseSchema,
]);
export type RefundsAnswer = z.infer<typeof refundsAnswerSchema>;

export const refundAnswerSchema = z.discriminatedUnion('kind', [
  // WeChat holds this refund, which is no proof that the money arrived. `customerFen`: what the customer gets without
  // coupons (cash_refund_fee), fen; `null` if the reply does not say.
  z.object({
    kind: z.literal('accepted'),
    refundId: z.string(),
    fen: z.number().int(),
    customerFen: z.number().int().nullable(),
  }),
  z.object({ kind: z.literal('refused'), errCode: z.string() }),
  noResponseSchema,
]);
export type RefundAnswer = z.infer<typeof refundAnswerSchema>;

/** The states of a refund in today's names (electron/wechat/README.md, "Refund query"). */
export const refundStatusSchema = z.enum(['SUCCESS', 'PROCESSING', 'CHANGE', 'REFUNDCLOSE']);
export type RefundStatus = z.infer<typeof refundStatusSchema>;

/** What pay/refundquery says of one refund, asked by our out_refund_no. */
export const refundSeenSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('seen'),
    status: refundStatusSchema,
    refundId: z.string(),
    fen: z.number().int(),
    /** The whole order's amount, fen. */
    totalFen: z.number().int(),
    /** What the customer gets without coupons, fen; `null` if the reply does not say. */
    customerFen: z.number().int().nullable(),
    /** When the money arrived: `yyyy-MM-dd HH:mm:ss`, Beijing; `null` unless a real time is told. */
    arrivedAt: z.string().nullable(),
    /** Where to, in WeChat's words (a bank and a card's last digits, say): at most 64 characters, safe to show. */
    arrivedTo: z.string().nullable(),
  }),
  // Verified, with a status that no document names. `name` is safe to show: at most 32 plain characters.
  z.object({ kind: z.literal('unknown-status'), name: z.string() }),
  // REFUNDNOTEXIST. It does not say whether a request that is on its way will still be accepted.
  z.object({ kind: z.literal('not-found') }),
  z.object({ kind: z.literal('refused'), errCode: z.string() }),
  noResponseSchema,
]);
export type RefundSeen = z.infer<typeof refundSeenSchema>;

const seenFields = {
  outTradeNo: z.string(),
  transactionId: z.string().nullable(),
  amountFen: z.number().int().nullable(),
};

export const queryAnswerSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('seen'),
    tradeState: tradeStateSchema,
    ...seenFields,
    /** Only with REFUND: how much went back by refunds that have a number. Rows of older versions may lack it. */
    refunds: refundsAnswerSchema.optional(),
  }),
  // Verified, with a state that no document names. `name` is that state, safe to show: at most 32 plain characters.
  z.object({ kind: z.literal('unknown-state'), name: z.string(), ...seenFields }),
  z.object({ kind: z.literal('not-found') }),
  z.object({ kind: z.literal('refused'), errCode: z.string() }),
  noResponseSchema,
]);
export type QueryAnswer = z.infer<typeof queryAnswerSchema>;

export const reverseAnswerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('accepted'), recall: recallSchema }),
  z.object({ kind: z.literal('refused'), errCode: z.string(), recall: recallSchema }),
  noResponseSchema,
]);
export type ReverseAnswer = z.infer<typeof reverseAnswerSchema>;

/** An answer, with its host and its duration. */
export interface Answered<Answer> {
  readonly answer: Answer;
  /** The host that was asked, without scheme; `-` if no host was reached. */
  readonly host: string;
  readonly latencyMs: number;
}
