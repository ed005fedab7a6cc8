/** What a command of the contract consists of, and the inputs that several share. */
import { z } from 'zod';
import { orderIdSchema } from '../order.ts';

export interface CommandSpec {
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  /** Beside the ones every command may fail with (`commonCodes`). */
  readonly codes: readonly string[];
}

export const nothing = z.strictObject({});
export const orderRef = z.strictObject({ orderId: orderIdSchema });
