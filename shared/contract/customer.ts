/** What the customer's screen is told: an amount and how the payment stands, and nothing else of anybody or anything. */
import { z } from 'zod';

const amountFen = z.number().int().positive();

export const customerViewSchema = z.discriminatedUnion('name', [
  // The terminal is not open: the screen is dark.
  z.strictObject({ name: z.literal('off') }),
  // Nobody is paying.
  z.strictObject({ name: z.literal('welcome') }),
  // The camera is on. Nothing has been charged.
  z.strictObject({ name: z.literal('look'), amountFen }),
  // Something is under way, and its result is not known.
  z.strictObject({ name: z.literal('wait'), amountFen }),
  z.strictObject({ name: z.literal('paid'), amountFen }),
  // Proved: no money of this payment was taken.
  z.strictObject({ name: z.literal('not-charged'), amountFen }),
  // Proved: the cancel was accepted. Whether anything was deducted is not known; if so, it goes back by itself.
  z.strictObject({ name: z.literal('revoked'), amountFen }),
  // It was paid and is refunded.
  z.strictObject({ name: z.literal('going-back'), amountFen }),
  // A person has to decide or to look.
  z.strictObject({ name: z.literal('ask-staff'), amountFen }),
]);
export type CustomerView = z.infer<typeof customerViewSchema>;

export const customerShownSchema = z.strictObject({
  /** Whether no real money moves, which must be seen from either side of the counter. */
  practice: z.boolean(),
  view: customerViewSchema,
});
export type CustomerShown = z.infer<typeof customerShownSchema>;
