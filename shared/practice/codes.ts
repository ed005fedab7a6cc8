/** The payment codes that practice offers, so that a scanner can be tried before there is a customer. */
import { z } from 'zod';

export const practiceCodeKindSchema = z.enum([
  'usual', // paid, or whatever the chosen scenario does
  'needs-password', // USERPAYING, then charged
  'spent', // AUTH_CODE_ERROR: used before
  'other-wallet', // Alipay's: the till names it and sends nothing
]);
export type PracticeCodeKind = z.infer<typeof practiceCodeKindSchema>;

export const practiceCodeSchema = z.object({ kind: practiceCodeKindSchema, code: z.string() });
export type PracticeCode = z.infer<typeof practiceCodeSchema>;
