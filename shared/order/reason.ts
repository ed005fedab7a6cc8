/** Why a person acted on an order: a code to count by, and a few words if the code does not say it. */
import { z } from 'zod';

export const reasonCodeSchema = z.enum(['customer-cancelled', 'wrong-amount', 'duplicate', 'device-fault', 'other']);
export type ReasonCode = z.infer<typeof reasonCodeSchema>;

export const NOTE_MAX = 200;

/** What the journal itself writes where a person's words would otherwise be. No person's words may look like it. */
const SAME_AS = 'same-as:';
const REFUND_MADE = 'refund-made:';

/** A person's own words, of one line. The error of each rule is a stable code. */
export const noteSchema = z
  .string({ error: 'missing' })
  .trim()
  .min(1, { error: 'missing' })
  .max(NOTE_MAX, { error: 'too-long' })
  .regex(/^\P{Cc}*$/u, { error: 'bad-characters' })
  .refine((note) => !note.startsWith(SAME_AS) && !note.startsWith(REFUND_MADE), { error: 'bad-characters' });

/** "Other" alone says nothing, so it needs words. */
export const reasonSchema = z
  .strictObject({ code: reasonCodeSchema, note: noteSchema.nullable() })
  .refine(({ code, note }) => code !== 'other' || note !== null, { path: ['note'], error: 'missing' });
export type Reason = z.infer<typeof reasonSchema>;

/** A refund's number in the merchant platform: WeChat's own (refund_id), or the shop's (out_refund_no). */
export const refundNumberSchema = z
  .string({ error: 'missing' })
  .trim()
  .min(1, { error: 'missing' })
  .max(64, { error: 'too-long' })
  .regex(/^[0-9A-Za-z_\-|*@]+$/, { error: 'bad-characters' });

/** The settled reason of an order that is another entry's under its other number. */
export const sameAsReason = (orderId: string): string => `${SAME_AS}${orderId}`;

/**
 * The entry that goes on in place of an order settled for this reason; `null` if the order is not another order's
 * duplicate.
 */
export const sameAsOf = (reason: string): string | null =>
  reason.startsWith(SAME_AS) ? reason.slice(SAME_AS.length) : null;

/**
 * The settled reason of an order that a manager states was refunded in the merchant platform, with the refund's number
 * if known.
 */
export const refundMadeReason = (refundNumber: string | null): string => `${REFUND_MADE}${refundNumber ?? ''}`;

/** The refund's number in such a reason (`''` if it was not given); `null` if the order was settled in another way. */
export const refundMadeOf = (reason: string): string | null =>
  reason.startsWith(REFUND_MADE) ? reason.slice(REFUND_MADE.length) : null;
