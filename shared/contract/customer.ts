/**
 * What the customer's screen receives: an amount and the state of the payment, and nothing else about anyone or
 * anything.
 */
import { z } from 'zod';

const amountFen = z.number().int().positive();

export const customerViewSchema = z.discriminatedUnion('name', [
  // The terminal is not open: the screen is dark.
  z.strictObject({ name: z.literal('off') }),
  // No payment is under way.
  z.strictObject({ name: z.literal('welcome') }),
  // The camera is on. Nothing has been charged.
  z.strictObject({ name: z.literal('look'), amountFen }),
  // The customer is to show a payment code. Nothing has been charged.
  z.strictObject({ name: z.literal('code'), amountFen }),
  // A payment or cancel is under way, and its result is unknown.
  z.strictObject({ name: z.literal('wait'), amountFen }),
  z.strictObject({ name: z.literal('paid'), amountFen }),
  // Proved: no money of this payment was taken.
  z.strictObject({ name: z.literal('not-charged'), amountFen }),
  // Proved: the cancel was accepted. Whether anything was deducted is not known. If so, it goes back by itself.
  z.strictObject({ name: z.literal('revoked'), amountFen }),
  // It was paid and then refunded.
  z.strictObject({ name: z.literal('going-back'), amountFen }),
  // A person has to decide or to look.
  z.strictObject({ name: z.literal('ask-staff'), amountFen }),
]);
export type CustomerView = z.infer<typeof customerViewSchema>;

export const customerShownSchema = z.strictObject({
  /** Whether no real money moves. People on both sides of the counter must see that. */
  practice: z.boolean(),
  view: customerViewSchema,
});
export type CustomerShown = z.infer<typeof customerShownSchema>;
