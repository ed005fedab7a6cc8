/**
 * The IPC contract: every command with its input, its output and the codes with which it may fail, and every event.
 * Main and renderer both derive their types from it, and both parse with it. Each command states who may give it. This
 * file has the till's commands, which the page has from the start. The back office's are in contract/back-office.ts, and
 * contract/all.ts has all of them.
 */
import { z } from 'zod';
import { stuckCommands } from './contract/stuck.ts';
import { kioskCommands } from './contract/kiosk.ts';
import type { backOfficeCommands, backOfficeEvents } from './contract/back-office.ts';
import { nothing, orderRef, type CommandSpec } from './contract/spec.ts';
import { shiftCommands } from './contract/shift.ts';
import { openOrderSchema } from './contract/pos.ts';
import { soundCommands } from './contract/sound.ts';
import { staffCommands, staffViewSchema } from './contract/staff.ts';
import { trainingCommands } from './contract/training.ts';
import { amountFenSchema } from './money.ts';
import { paymentCodeSchema } from './order/payment-code.ts';
import {
  looksLikeTransactionId,
  typedOutTradeNoSchema,
  orderIdSchema,
  orderViewSchema,
  refusedActSchema,
  timelineRowSchema,
} from './order/order.ts';
import { ANYBODY, roleSchema } from './role.ts';
import { languageSchema, returnSecondsSchema, soundSchema } from './settings.ts';
import { practiceCodeSchema } from './practice/codes.ts';
import { scenarioSchema } from './practice/scenarios.ts';

/**
 * How customers pay at this till: by their face, with a payment code that a scanner or another device reads, or not at
 * all.
 */
export const paySourceSchema = z.enum(['face', 'code', 'none']);
export type PaySource = z.infer<typeof paySourceSchema>;

/** The payment whose customer is to act now, or the order that it became. At most one at a time on a terminal. */
export const paymentStageSchema = z.discriminatedUnion('name', [
  z.object({ name: z.literal('none') }),
  // The face device and WeChat's permit for it are being prepared.
  z.object({ name: z.literal('preparing'), amountFen: z.number().int() }),
  // The customer should look at the camera. Nothing has been charged or sent.
  z.object({ name: z.literal('look'), amountFen: z.number().int() }),
  // The customer should show a payment code. Nothing has been charged or sent.
  z.object({ name: z.literal('code'), amountFen: z.number().int() }),
  // The order exists and its pay call is leaving; `orderId` names the order.
  z.object({ name: z.literal('order'), amountFen: z.number().int(), orderId: orderIdSchema }),
  // It became no order and nothing was charged. `code` says why.
  z.object({
    name: z.literal('stopped'),
    amountFen: z.number().int(),
    code: z.enum([
      'by-cashier',
      'by-customer',
      'no-face',
      'no-code',
      'wants-scan',
      'not-permitted',
      'device',
      'no-permit',
      'not-saved',
    ]),
  }),
]);
export type PaymentStage = z.infer<typeof paymentStageSchema>;

/** Whether a customer is about to pay. Nothing has been charged, and it can still be stopped. */
export const waitsForCustomer = ({ name }: Pick<PaymentStage, 'name'>): boolean =>
  name === 'preparing' || name === 'look' || name === 'code';

/** Notices for the whole terminal, shown until they are over. */
export const noticeSchema = z.object({
  code: z.enum([
    'journal-failing',
    // Records are lost, and no manager has confirmed it yet (`manager.acknowledge-damage`): the file was damaged or
    // gone, or its end is gone. Also the numbers of orders that could not be read from it.
    'journal-was-damaged',
    // Orders are under way and no process drives them: who holds the leader lock, or what is wrong with its file.
    'nobody-drives',
    // The settings were gone at the start and were restored from their copy.
    'settings-restored',
    'journal-was-missing',
    'journal-cut-off',
    'journal-orders-lost',
    // The file was damaged, and this many entries are lost: up to the newest, or only others. Orders that were only in
    // those entries are unknown. Or it is not known whether the newest entries are lost.
    'journal-newest-lost',
    'journal-entries-lost',
    'journal-end-unknown',
    // Some rows cannot be read, while the rest can.
    'journal-rows-unreadable',
    // A later version of the app has written to the journal.
    'journal-of-later-version',
    'offline',
    'pos-api-stopped',
    // A file of the profile can neither be read nor restored from its copy, and this stops work. Till software is
    // refused, no one can sign in, or cashiers have no names. The detail is the file's name.
    'pos-settings-unreadable',
    'pins-unreadable',
    'crew-unreadable',
    // The list of cashiers was damaged and has been set aside: its names must be entered again.
    'crew-set-aside',
    // Files of the profile are gone together with their copies. The detail has their names.
    'files-gone',
    // The merchant's certificate: weeks left, for managers and technicians; at most a day left; expired.
    'certificate-expiring',
    'certificate-ends',
    'certificate-expired',
    // This machine shows a time before its software was made. The detail is the date that it shows.
    'clock-before-build',
    // The server that answers under WeChat Pay's name cannot prove its identity. Nothing is sent to it.
    'server-not-trusted',
    // The scanner on a serial port cannot be read. The detail says why (`contract/scanner.ts`).
    'scanner-not-connected',
  ]),
  on: z.boolean(),
  /** A file or figure that belongs to the notice, for the technician. For an expiring certificate: the days left. */
  detail: z.string().nullable(),
});
export type Notice = z.infer<typeof noticeSchema>;

/**
 * Why a scan over the serial port was not used; the scan itself stays in main. `only-codes`: it is none, and nothing waits
 * for one.
 */
export const scanSaidSchema = z.enum(['no-payment', 'second-code', 'other-scan', 'alipay', 'unionpay', 'only-codes']);
export type ScanSaid = z.infer<typeof scanSaidSchema>;

/** Which code this is. `null` if it was bundled outside a checkout; not `clean` if files differed from the commit. */
export const buildSchema = z.object({ commit: z.string().regex(/^[0-9a-f]{7,40}$/), clean: z.boolean() }).nullable();
export type Build = z.infer<typeof buildSchema>;

/** The runtime of the app. The stand-in names the Electron that it replaces. */
export const hostSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('electron'), electron: z.string(), chromium: z.string() }),
  z.object({ kind: z.literal('stand-in'), electron: z.string() }),
]);
export type Host = z.infer<typeof hostSchema>;

/** At most this many orders before a manager are sent with a snapshot. The manager's list shows the rest. */
export const SNAPSHOT_ATTENTION_MAX = 100;

export const snapshotSchema = z.object({
  environment: z.enum(['practice', 'live']),
  storeName: z.string(),
  deviceId: z.string(),
  language: languageSchema,
  sound: soundSchema,
  returnSeconds: returnSecondsSchema,
  version: z.string(),
  build: buildSchema,
  host: hostSchema,
  /** Whether a packed app is signed; absent if the app runs from its sources. */
  signed: z.boolean().exactOptional(),
  role: roleSchema,
  /** `null` if no scenario can be chosen: live, or a practice gateway that runs elsewhere. */
  scenario: scenarioSchema.nullable(),
  paySource: paySourceSchema,
  stage: paymentStageSchema,
  /** Everything open or before a manager, and also the order on the till. */
  orders: z.array(orderViewSchema),
  notices: z.array(noticeSchema),
});
export type Snapshot = z.infer<typeof snapshotSchema>;

/** A number as typed or scanned, of either kind. */
export const orderNumberSchema = typedOutTradeNoSchema.transform((number) =>
  looksLikeTransactionId(number) ? { transactionId: number } : { outTradeNo: number },
);

/**
 * Which number the person says it is, where its shape does not tell: shop software may make numbers that look like WeChat
 * Pay's own, or like a payment code.
 */
export const numberKindSchema = z.enum(['order-number', 'wechat-pay-number']);
export type NumberKind = z.infer<typeof numberKindSchema>;

/** At most this many orders can be requested with a snapshot. */
export const SNAPSHOT_ALSO_MAX = 50;

// A technician tries the till, with the cashier's rights and no more.
const orderAct = {
  roles: ANYBODY,
  input: orderRef,
  output: orderViewSchema,
  codes: [...refusedActSchema.options, 'not-saved'],
} as const;

export const tillCommands = {
  // `also`: more orders that the screen holds, besides those that it receives anyway.
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
  // Starts a payment. Answers at once; its progress comes as `payment.stage` and `orders.changed`.
  'payment.take': {
    roles: ANYBODY,
    // `by`: with a payment code, where the customer shows no face; left out, as this till is set up.
    input: z.strictObject({ amountFen: amountFenSchema, by: z.literal('code').optional() }),
    output: z.null(),
    codes: ['busy', 'nobody-on-shift'],
  },
  // The customer's payment code, for the payment that waits for one. Only the first is taken; main forgets it as soon as the
  // pay call is over.
  'payment.show-code': {
    roles: ANYBODY,
    input: z.strictObject({ paymentCode: paymentCodeSchema }),
    output: z.null(),
    codes: ['no-code-wanted'],
  },
  // Ends a payment whose pay call has not left. Once it may have, `order.cancel` is needed.
  'payment.stop': { roles: ANYBODY, input: nothing, output: z.null(), codes: ['too-late'] },
  // Returns the till to the keypad. An unresolved order goes on in the tray.
  'payment.clear': { roles: ANYBODY, input: nothing, output: z.null(), codes: ['busy'] },
  // Looks an order up by either number. If this terminal does not know it, registers it and asks WeChat; a number that
  // may be something else needs its kind first. A customer's payment code is kept nowhere.
  'order.find': {
    roles: ANYBODY,
    input: z.strictObject({ number: z.string().max(64), kind: numberKindSchema.exactOptional() }),
    output: orderViewSchema,
    codes: ['missing', 'too-long', 'bad-characters', 'not-saved', 'which-number', 'payment-code'],
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
  // How the next payments are practised. Payments of a merchant that is set up follow its set-up.
  'practice.set-source': {
    roles: ANYBODY,
    input: z.strictObject({ source: paySourceSchema.exclude(['none']) }),
    output: z.null(),
    codes: ['not-practice', 'busy'],
  },
  // Fresh payment codes of each kind. They are worth nothing outside this practice gateway.
  'practice.codes': {
    roles: ANYBODY,
    input: nothing,
    output: z.array(practiceCodeSchema),
    codes: ['not-practice'],
  },
  ...stuckCommands,
  ...staffCommands,
  ...shiftCommands,
  ...trainingCommands,
  ...soundCommands,
  ...kioskCommands,
} as const satisfies Record<string, CommandSpec>;

// contract/all.ts has the same as values, which the page must not load at the start.
type Commands = typeof tillCommands & typeof backOfficeCommands;
type Events = typeof tillEvents & typeof backOfficeEvents;
export type CommandName = keyof Commands;
export type EventName = keyof Events;

export type CommandInput<Name extends CommandName> = z.input<Commands[Name]['input']>;
export type CommandParsed<Name extends CommandName> = z.output<Commands[Name]['input']>;
export type CommandOutput<Name extends CommandName> = z.output<Commands[Name]['output']>;

/**
 * `bad-input` names the field. `not-started` names the part of the terminal and why it could not be opened, as
 * `part:code`. `bug` is logged by main and says nothing more.
 */
export const commonCodes = ['bad-input', 'forbidden', 'not-started', 'bug'] as const;
export type CommandCode<Name extends CommandName> = Commands[Name]['codes'][number] | (typeof commonCodes)[number];

/** The result of every command on the bridge. Expected failures are values: Electron forwards only an error's text. */
export type CommandReply<Name extends CommandName> =
  | { readonly ok: true; readonly value: CommandOutput<Name> }
  | { readonly ok: false; readonly code: CommandCode<Name>; readonly field: string | null };

export const tillEvents = {
  // Each order once, with its latest view: changes close together are sent together (ORDERS_NOTIFY_EACH_MS).
  'orders.changed': z.array(orderViewSchema).min(1),
  'payment.stage': paymentStageSchema,
  'scanner.said': scanSaidSchema,
  'app.notice': noticeSchema,
  // The terminal was closed and opened with another set-up: nothing that was sent before is valid any more.
  'app.reopened': z.null(),
  'app.open-order': openOrderSchema,
  // Who is at the screen, and the state of the PINs.
  'staff.changed': staffViewSchema,
} as const satisfies Record<string, z.ZodType>;
export type TillEventName = keyof typeof tillEvents;

export type EventPayload<Name extends EventName> = z.output<Events[Name]>;
