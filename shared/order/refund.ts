/** A refund of an order as both sides see it. The words for its codes are in the locales under `refund.`. */
import { z } from 'zod';
import { refundStopSchema } from './refund-stop.ts';

/** Why a refund is before a manager: what sending the same request again cannot mend. */
export const refundCauseSchema = z.enum([
  ...refundStopSchema.options,
  'not-enough', // the merchant's account holds too little
  'refused', // a reason that only WeChat's text names, or none that we know
  'other-refund', // WeChat holds a refund under this number with other sums, or shows one refund for two numbers
]);
export type RefundCause = z.infer<typeof refundCauseSchema>;

/** Why nothing went back. */
export const refundFailureSchema = z.enum([
  'not-paid', // the order is not paid, or is cancelled; nothing was sent
  'over-rest', // less than that is left of the order; nothing was sent
  'closed', // WeChat accepted it, and closed it unpaid (REFUNDCLOSE)
]);
export type RefundFailure = z.infer<typeof refundFailureSchema>;

export const refundViewSchema = z.object({
  outRefundNo: z.string(),
  refundId: z.string().nullable(),
  fen: z.number().int(),
  customerFen: z.number().int().nullable(),
  askedAtMs: z.number(),
  state: z.enum(['asked', 'sending', 'accepted', 'paid', 'stuck', 'failed', 'attention', 'settled']),
  /** A manager must look at it. */
  needsManager: z.boolean(),
  cause: refundCauseSchema.nullable(),
  failure: refundFailureSchema.nullable(),
  errCode: z.string().nullable(),
  /** Beijing time, as WeChat wrote it. */
  arrivedAt: z.string().nullable(),
  arrivedTo: z.string().nullable(),
});
export type RefundView = z.infer<typeof refundViewSchema>;
