/**
 * The IPC contract: every command with its input, its output and the codes it may fail with, and every event. Main and
 * renderer both derive their types from it and both parse with it. Each command says who may
 * give it. Here are the till's, which the page has from the start; the desk's are in contract/desk.ts, all in contract/all.ts.
 */
import { z } from 'zod';
import { stuckCommands } from './contract/stuck.ts';
import { kioskCommands } from './contract/kiosk.ts';
import type { deskCommands, deskEvents } from './contract/desk.ts';
import { nothing, orderRef, type CommandSpec } from './contract/spec.ts';
import { shiftCommands } from './contract/shift.ts';
import { openOrderSchema } from './contract/pos.ts';
import { soundCommands } from './contract/sound.ts';
import { staffCommands, staffViewSchema } from './contract/staff.ts';
import { trainingCommands } from './contract/training.ts';
import { amountFenSchema } from './money.ts';
import {
  looksLikeTransactionId,
  orderIdSchema,
  orderViewSchema,
  outTradeNoSchema,
  refusedActSchema,
  timelineRowSchema,
} from './order.ts';
import { ANYBODY, roleSchema } from './role.ts';
import { languageSchema, soundSchema } from './settings.ts';
import { scenarioSchema } from './scenarios.ts';

/** The payment now before the camera, or the order that came of it. At most one at a time on a terminal. */
export const paymentStageSchema = z.discriminatedUnion('name', [
  z.object({ name: z.literal('none') }),
  // The face device and WeChat's permit for it are being prepared.
  z.object({ name: z.literal('preparing'), amountFen: z.number().int() }),
  // The customer is to look at the camera. Nothing has been charged and nothing sent.
  z.object({ name: z.literal('look'), amountFen: z.number().int() }),
  // The order exists and its pay call is leaving; `orderId` says which of the orders it is.
  z.object({ name: z.literal('order'), amountFen: z.number().int(), orderId: orderIdSchema }),
  // No order came of it and nothing was charged. `code` says why.
  z.object({
    name: z.literal('stopped'),
    amountFen: z.number().int(),
    code: z.enum(['by-cashier', 'by-customer', 'no-face', 'device', 'no-permit', 'not-saved']),
  }),
]);
export type PaymentStage = z.infer<typeof paymentStageSchema>;

/** Things the whole terminal should know, said until they are over. */
export const noticeSchema = z.object({
  code: z.enum([
    'journal-failing',
    // Records are lost, until a manager has taken note (`manager.acknowledge-damage`): the file was damaged, or gone, or its
    // end is; and the numbers of orders that could not be read from it.
    'journal-was-damaged',
    // Orders are under way and no process drives them: who holds the seat, or what is wrong with its lock.
    'nobody-drives',
    // The settings were gone at the start and were put back from their copy.
    'settings-restored',
    'journal-was-missing',
    'journal-cut-off',
    'journal-orders-lost',
    // The file was damaged, and so many entries are lost, up to the newest or only others: orders that stood in them alone are
    // unknown. Or nobody can tell whether the newest are lost.
    'journal-newest-lost',
    'journal-entries-lost',
    'journal-end-unknown',
    // Rows that do not read, while the rest does.
    'journal-rows-unreadable',
    // A later version of the app has written to the journal.
    'journal-of-later-version',
    'offline',
    'pos-api-stopped',
    // A file of the profile can neither be read nor taken from its copy, and somebody cannot work for it: till software is
    // refused, nobody signs in, cashiers have no names. The detail is its name.
    'pos-settings-unreadable',
    'pins-unreadable',
    'crew-unreadable',
    // The list of cashiers was damaged and has been put aside: its names must be entered anew.
    'crew-set-aside',
    // The merchant's certificate: weeks to go, for managers and technicians; a day at most; over.
    'certificate-expiring',
    'certificate-ends',
    'certificate-expired',
    // This machine shows a time before its software was made; the detail is the date that it shows.
    'clock-before-build',
    // Whoever answers under WeChat Pay's name cannot prove to be it; nothing is sent to them.
    'server-not-trusted',
  ]),
  on: z.boolean(),
  /** A file or figure that belongs to it, for the technician; of an expiring certificate the days that are left. */
  detail: z.string().nullable(),
});
export type Notice = z.infer<typeof noticeSchema>;

/** Which code this is. `null` where it was bundled outside a checkout; not `clean` where files differed from the commit. */
export const buildSchema = z.object({ commit: z.string().regex(/^[0-9a-f]{7,40}$/), clean: z.boolean() }).nullable();
export type Build = z.infer<typeof buildSchema>;

/** What the app runs in. The stand-in names the Electron whose place it takes. */
export const hostSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('electron'), electron: z.string(), chromium: z.string() }),
  z.object({ kind: z.literal('stand-in'), electron: z.string() }),
]);
export type Host = z.infer<typeof hostSchema>;

/** At most this many orders before a manager are sent with a snapshot; the rest is for the manager's list. */
export const SNAPSHOT_ATTENTION_MAX = 100;

export const snapshotSchema = z.object({
  environment: z.enum(['practice', 'live']),
  storeName: z.string(),
  deviceId: z.string(),
  language: languageSchema,
  sound: soundSchema,
  version: z.string(),
  build: buildSchema,
  host: hostSchema,
  /** Whether a packed app bears a signature; absent where the app runs from its sources. */
  signed: z.boolean().exactOptional(),
  role: roleSchema,
  /** `null` where no scenario can be chosen: live, or a practice gateway that runs elsewhere. */
  scenario: scenarioSchema.nullable(),
  stage: paymentStageSchema,
  /** Everything open or before a manager, and the order on the till if it is neither. */
  orders: z.array(orderViewSchema),
  notices: z.array(noticeSchema),
});
export type Snapshot = z.infer<typeof snapshotSchema>;

/** A number as typed or scanned: blanks around and within groups of digits are dropped; either kind of number. */
export const orderNumberSchema = z
  .string({ error: 'missing' })
  .transform((text) => text.trim())
  .pipe(outTradeNoSchema)
  .transform((number) => (looksLikeTransactionId(number) ? { transactionId: number } : { outTradeNo: number }));

/** At most this many orders can be asked for with a snapshot. */
export const SNAPSHOT_ALSO_MAX = 50;

// A technician tries the till out, with the cashier's rights and no more.
const orderAct = {
  roles: ANYBODY,
  input: orderRef,
  output: orderViewSchema,
  codes: [...refusedActSchema.options, 'not-saved'],
} as const;

export const tillCommands = {
  // `also`: orders that the screen holds besides those it is told anyway.
  'app.snapshot': {
    roles: ANYBODY,
    input: z.strictObject({ also: z.array(orderIdSchema).max(SNAPSHOT_ALSO_MAX).default([]) }),
    output: snapshotSchema,
    codes: [],
  },
  'app.set-language': {
    roles: ANYBODY,
    input: z.strictObject({ language: languageSchema }),
    output: z.null(),
    codes: ['not-saved'],
  },
  // Starts a face payment. Answers at once; how it goes comes as `payment.stage` and `orders.changed`.
  'payment.take': {
    roles: ANYBODY,
    input: z.strictObject({ amountFen: amountFenSchema }),
    output: z.null(),
    codes: ['busy', 'nobody-on-shift'],
  },
  // Ends a payment that is still before the camera. Once the pay call may have left it is `order.cancel`.
  'payment.stop': { roles: ANYBODY, input: nothing, output: z.null(), codes: ['too-late'] },
  // Puts the till back to the keypad. The order, if it is unresolved, goes on in the tray.
  'payment.clear': { roles: ANYBODY, input: nothing, output: z.null(), codes: ['busy'] },
  // Looks an order up by either number and, if this terminal does not know it, takes it in and asks WeChat.
  'order.find': {
    roles: ANYBODY,
    input: z.strictObject({ number: z.string().max(64) }),
    output: orderViewSchema,
    codes: ['missing', 'too-long', 'bad-characters', 'not-saved'],
  },
  'order.cancel': orderAct,
  'order.withdraw': orderAct,
  'order.keep': orderAct,
  'order.refund': orderAct,
  'order.ask': orderAct,
  'order.try-now': orderAct,
  'order.timeline': {
    roles: ANYBODY,
    input: orderRef,
    output: z.array(timelineRowSchema),
    codes: ['order-not-found'],
  },
  'practice.set-scenario': {
    roles: ANYBODY,
    input: z.strictObject({ scenario: scenarioSchema }),
    output: z.null(),
    codes: ['not-practice'],
  },
  ...stuckCommands,
  ...staffCommands,
  ...shiftCommands,
  ...trainingCommands,
  ...soundCommands,
  ...kioskCommands,
} as const satisfies Record<string, CommandSpec>;

// contract/all.ts has the same as values, which the page must not carry from the start.
type Commands = typeof tillCommands & typeof deskCommands;
type Events = typeof tillEvents & typeof deskEvents;
export type CommandName = keyof Commands;
export type EventName = keyof Events;

export type CommandInput<Name extends CommandName> = z.input<Commands[Name]['input']>;
export type CommandParsed<Name extends CommandName> = z.output<Commands[Name]['input']>;
export type CommandOutput<Name extends CommandName> = z.output<Commands[Name]['output']>;

/**
 * `bad-input` names the field; `not-started` the part of the terminal and why it could not be opened, as `part:code`;
 * `bug` is logged by main and says nothing more.
 */
export const commonCodes = ['bad-input', 'forbidden', 'not-started', 'bug'] as const;
export type CommandCode<Name extends CommandName> = Commands[Name]['codes'][number] | (typeof commonCodes)[number];

/** What crosses the bridge for every command. Expected failures are values: Electron forwards only an error's text. */
export type CommandReply<Name extends CommandName> =
  | { readonly ok: true; readonly value: CommandOutput<Name> }
  | { readonly ok: false; readonly code: CommandCode<Name>; readonly field: string | null };

export const tillEvents = {
  // Each order once, with its latest view: what changes fast is told together (ORDERS_TOLD_EACH_MS).
  'orders.changed': z.array(orderViewSchema).min(1),
  'payment.stage': paymentStageSchema,
  'app.notice': noticeSchema,
  // The terminal was closed and opened with another set-up: nothing that was said of it before is true of this one.
  'app.reopened': z.null(),
  'app.open-order': openOrderSchema,
  // Who is at the screen, and how the PINs stand.
  'staff.changed': staffViewSchema,
} as const satisfies Record<string, z.ZodType>;
export type TillEventName = keyof typeof tillEvents;

export type EventPayload<Name extends EventName> = z.output<Events[Name]>;
