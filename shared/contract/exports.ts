/**
 * What leaves the terminal as a file or on paper. Main asks where to save it and writes it; the screen never sees a
 * path.
 */
import { z } from 'zod';
import { daySchema } from '../beijing.ts';
import { causeSchema, tradeStateSchema } from '../order/order.ts';
import { ANYBODY, MANAGER, OFFICE, roleSchema } from '../role.ts';
import { printCodes } from './printers.ts';
import { nothing, orderRef, type CommandSpec } from './spec.ts';

/** Which orders: all, or those with one result. */
export const orderGroupSchema = z.enum(['all', 'paid', 'cancelled', 'unresolved', 'failed', 'settled']);
export type OrderGroup = z.infer<typeof orderGroupSchema>;

export const ordersWantedSchema = z
  .strictObject({ fromDay: daySchema, toDay: daySchema, group: orderGroupSchema })
  .refine(({ fromDay, toDay }) => fromDay <= toDay, { error: 'ends-before-it-begins', path: ['toDay'] });
export type OrdersWanted = z.infer<typeof ordersWantedSchema>;

/** What was written: only the file's name; `null` if the person chose no file. */
export const savedSchema = z.object({ fileName: z.string(), count: z.number().int().nullable() }).nullable();
export type Saved = z.infer<typeof savedSchema>;

/** Why a file could not be written. */
export const fileCodes = ['disk-full', 'read-only', 'not-permitted', 'io'] as const;

export const paperSchema = z.enum(['58mm', '80mm', 'a4']);
export type Paper = z.infer<typeof paperSchema>;

/** `heightMm`: the slip's length on paper of that width. An A4 sheet has a fixed height. */
export const slipPageSchema = z.strictObject({ paper: paperSchema, heightMm: z.number().int().min(20).max(1_000) });
export type SlipPage = z.infer<typeof slipPageSchema>;

/** How an order ended, in the words that a slip may use. */
export const slipEndSchema = z.discriminatedUnion('name', [
  z.object({ name: z.literal('closed'), proof: tradeStateSchema }),
  z.object({ name: z.literal('refunded'), proof: tradeStateSchema }),
  z.object({ name: z.literal('revoked'), proof: tradeStateSchema }),
  z.object({ name: z.literal('settled'), reason: z.string() }),
  z.object({ name: z.literal('attention'), cause: causeSchema, handedOver: z.boolean() }),
]);
export type SlipEnd = z.infer<typeof slipEndSchema>;

/** `who` is `screen`, or the user of the terminal command. */
export const personSchema = z.object({ who: z.string(), role: roleSchema });
export type Person = z.infer<typeof personSchema>;

export const slipSchema = z.object({
  environment: z.enum(['practice', 'live']),
  storeName: z.string(),
  deviceId: z.string(),
  outTradeNo: z.string().nullable(),
  transactionId: z.string().nullable(),
  amountFen: z.number().int().nullable(),
  /** Whether a verified answer ever said that the customer had paid. */
  knownPaid: z.boolean(),
  end: slipEndSchema,
  /** UTC ms. `endedAtMs`: when it ended, by the journal. */
  createdAtMs: z.number(),
  endedAtMs: z.number(),
  attemptCount: z.number().int(),
  takenBy: personSchema.nullable(),
  /** Who cancelled it, or settled it. */
  endedBy: personSchema.nullable(),
});
export type Slip = z.infer<typeof slipSchema>;

/** The result of walking the chain of entries. */
export const auditReportSchema = z.object({
  entries: z.number().int(),
  /** Older than the chain: covered as a whole. */
  beforeChain: z.number().int(),
  fromMs: z.number().nullable(),
  toMs: z.number().nullable(),
  findings: z
    .array(z.object({ kind: z.string(), seq: z.number().int().nullable(), about: z.string().nullable() }))
    .readonly(),
});
export type AuditReport = z.infer<typeof auditReportSchema>;

/** Why the audit trail could not be walked. */
export const auditReportCodes = [
  'disk-full',
  'read-only',
  'journal-busy',
  'io',
  'newer-file',
  'older-file',
  'audit-unreadable',
] as const;

export const exportsCommands = {
  'export.orders': { roles: MANAGER, input: ordersWantedSchema, output: savedSchema, codes: [...fileCodes] },
  'export.diagnostics': { roles: OFFICE, input: nothing, output: savedSchema, codes: [...fileCodes] },
  'audit.verify': { roles: OFFICE, input: nothing, output: auditReportSchema, codes: [...auditReportCodes] },
  'audit.export': { roles: OFFICE, input: nothing, output: savedSchema, codes: [...auditReportCodes, 'not-permitted'] },
  'slip.read': { roles: ANYBODY, input: orderRef, output: slipSchema, codes: ['order-not-found', 'no-slip'] },
  // Both print what the screen shows of the slip.
  'slip.print': {
    roles: ANYBODY,
    input: orderRef.extend({ page: slipPageSchema }),
    output: z.null(),
    codes: ['order-not-found', ...printCodes],
  },
  // It opens the system's own dialog over the till, from which a person can reach everything on the machine.
  'slip.save': {
    roles: OFFICE,
    input: orderRef.extend({ page: slipPageSchema }),
    output: savedSchema,
    codes: ['order-not-found', 'not-printed', ...fileCodes],
  },
} as const satisfies Record<string, CommandSpec>;
