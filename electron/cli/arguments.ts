/** The terminal command line as data, every part of it checked. Errors are named, and nothing is started. */
import { parseArgs } from 'node:util';
import { pinRoleSchema, type PinRole } from '../../shared/contract/staff.ts';
import { daySchema } from '../../shared/beijing.ts';
import { ordersWantedSchema, type OrdersWanted } from '../../shared/contract/exports.ts';
import { languageSchema, type Language } from '../../shared/settings.ts';
import { amountFenSchema, parseYuan, type AmountFen } from '../../shared/money.ts';
import { normalizedAmount } from '../../shared/order/number-text.ts';
import { outTradeNoSchema, transactionIdSchema } from '../../shared/order/order.ts';
import { looksLikePaymentCode } from '../../shared/order/payment-code.ts';
import { noteSchema, reasonCodeSchema, type Reason, type ReasonCode } from '../../shared/order/reason.ts';
import { scenarioSchema, type Scenario } from '../../shared/practice/scenarios.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { REFUND_AGE_MAX_MS } from '../../shared/timing.ts';
import { versionSchema } from '../../shared/contract/updates.ts';
import type { FieldProblem } from '../app/setup/merchant-file.ts';
import type { EnteredNumbers } from '../app/orders/orders-service.ts';
import type { OrderFilter } from '../orders/search/order-filter.ts';
import { readFilter } from './order-filter.ts';
import { DEFAULT_CHANNEL } from '../updates/update-settings.ts';
import { steadyAt } from '../base/watched-clock.ts';
import { payTimeOf } from '../orders/views/pay-time.ts';

export type Command =
  | { readonly name: 'init'; readonly from: string }
  | {
      readonly name: 'cancel';
      readonly numbers: EnteredNumbers;
      readonly paidAtMs: number | null;
      readonly why: Reason | null;
      readonly waitMs: number;
    }
  | {
      readonly name: 'pay';
      readonly amountFen: AmountFen;
      /** `null`: a number of this terminal's own. */
      readonly outTradeNo: string | null;
      readonly waitMs: number;
    }
  | {
      readonly name: 'refund';
      readonly numbers: EnteredNumbers;
      readonly paidAtMs: number | null;
      /** `again`: the refund that stands before a manager, with its own sum and number. */
      readonly fen: number | 'all' | 'again';
      readonly why: Reason;
      readonly waitMs: number;
    }
  | { readonly name: 'accept'; readonly out: string | null; readonly waitMs: number }
  | { readonly name: 'query'; readonly numbers: EnteredNumbers; readonly waitMs: number }
  | {
      readonly name: 'settle';
      readonly numbers: EnteredNumbers;
      readonly reason: string;
      readonly code: ReasonCode | null;
    }
  | { readonly name: 'orders'; readonly stuck: boolean; readonly filter: OrderFilter; readonly limit: number }
  | { readonly name: 'resume'; readonly waitMs: number }
  | { readonly name: 'practice'; readonly port: number; readonly scenario: Scenario; readonly folder: string | null }
  | { readonly name: 'audit'; readonly act: 'verify' | 'export'; readonly file: string | null }
  | {
      readonly name: 'provision';
      readonly act: 'make';
      readonly from: string;
      readonly out: string;
      readonly terminal: string | null;
      readonly device: string | null;
      readonly key: string | null;
    }
  | { readonly name: 'provision'; readonly act: 'apply'; readonly file: string; readonly acceptWeak: boolean }
  | { readonly name: 'pin'; readonly role: PinRole }
  | { readonly name: 'export'; readonly wanted: OrdersWanted; readonly language: Language; readonly out: string }
  | { readonly name: 'diagnostics'; readonly out: string }
  | { readonly name: 'reconcile'; readonly bill: string; readonly day: string | null; readonly out: string | null }
  /** Without a file: WeChat is asked for the bill of the day. */
  | { readonly name: 'reconcile'; readonly bill: null; readonly day: string; readonly out: string | null }
  | {
      readonly name: 'update';
      readonly folder: string;
      readonly key: string;
      readonly version: string | null;
      readonly minimum: string | null;
      readonly channel: string;
      readonly staging: number;
    }
  | { readonly name: 'doctor' }
  | { readonly name: 'demo' }
  | { readonly name: 'version' }
  /** `about`: the command whose own page is wanted; `null` for all of them. */
  | { readonly name: 'help'; readonly about: 'init' | null };

export interface CommandLine {
  readonly command: Command;
  readonly profile: string | null;
  readonly json: boolean;
}

type Problems = readonly FieldProblem[];

const OPTIONS = {
  profile: { type: 'string' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  from: { type: 'string' },
  'transaction-id': { type: 'string' },
  'paid-at': { type: 'string' },
  wait: { type: 'string' },
  'code-stdin': { type: 'boolean' },
  order: { type: 'string' },
  stuck: { type: 'boolean' },
  number: { type: 'string' },
  day: { type: 'string' },
  state: { type: 'string' },
  amount: { type: 'string' },
  limit: { type: 'string' },
  reason: { type: 'string' },
  'reason-code': { type: 'string' },
  port: { type: 'string' },
  scenario: { type: 'string' },
  folder: { type: 'string' },
  file: { type: 'string' },
  out: { type: 'string' },
  terminal: { type: 'string' },
  device: { type: 'string' },
  key: { type: 'string' },
  'accept-weak-protection': { type: 'boolean' },
  again: { type: 'boolean' },
  to: { type: 'string' },
  language: { type: 'string' },
  bill: { type: 'string' },
  version: { type: 'string' },
  minimum: { type: 'string' },
  channel: { type: 'string' },
  staging: { type: 'string' },
} as const;

const parsed = (
  args: readonly string[],
): ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>> =>
  parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, strict: true });
type Values = ReturnType<typeof parsed>['values'];

const COMMON = ['profile', 'json', 'help'];
const ALLOWED: Readonly<Record<Command['name'], readonly string[]>> = {
  init: ['from'],
  cancel: ['transaction-id', 'paid-at', 'reason', 'reason-code', 'wait'],
  pay: ['code-stdin', 'order', 'wait'],
  accept: ['code-stdin', 'out', 'wait'],
  query: ['transaction-id', 'wait'],
  settle: ['transaction-id', 'reason', 'reason-code'],
  refund: ['transaction-id', 'paid-at', 'amount', 'again', 'reason', 'reason-code', 'wait'],
  orders: ['stuck', 'number', 'day', 'state', 'amount', 'limit'],
  resume: ['wait'],
  practice: ['port', 'scenario', 'folder'],
  audit: ['file'],
  provision: ['from', 'out', 'terminal', 'device', 'key', 'file', 'accept-weak-protection'],
  pin: [],
  export: ['from', 'to', 'state', 'language', 'out'],
  diagnostics: ['out'],
  reconcile: ['bill', 'day', 'out'],
  update: ['key', 'version', 'minimum', 'channel', 'staging'],
  doctor: [],
  demo: [],
  version: [],
  help: [],
};

const isCommandName = (name: string): name is Command['name'] => Object.hasOwn(ALLOWED, name);

/** `args` without node and script. `wallMs` is now, for --paid-at. */
export function readCommandLine(args: readonly string[], wallMs: number): Result<CommandLine, Problems> {
  let line: ReturnType<typeof parsed>;
  try {
    line = parsed(args);
  } catch (error) {
    return fail([optionProblem(error instanceof Error ? error.message : '')]);
  }
  const { values, positionals } = line;
  const [name = 'help', order, ...rest] = positionals;
  if (!isCommandName(name)) return fail([{ field: name, code: 'unknown-command' }]);
  const foreign = Object.keys(values).filter((option) => ![...COMMON, ...ALLOWED[name]].includes(option));
  const takesWord = ['pay', 'cancel', 'query', 'settle', 'refund'].includes(name);
  const stray =
    name === 'pin' || name === 'update'
      ? rest.slice(1)
      : takesWord || name === 'audit' || name === 'provision'
        ? rest
        : positionals.slice(1);
  const problems = [
    ...(values.profile === '' ? [{ field: '--profile', code: 'missing' }] : []),
    ...foreign.map((option) => ({ field: `--${option}`, code: 'unknown-option' })),
    // What stands there too much may be the customer's code, and is not repeated.
    ...stray.map((word) =>
      name === 'pay' || name === 'accept' ? CODE_AS_ARGUMENT : { field: word, code: 'unknown-option' },
    ),
  ];
  if (problems.length > 0) return fail(problems);
  const command =
    values.help === true
      ? ok({ name: 'help' as const, about: name === 'init' ? name : null })
      : commandOf(name, order, rest, values, wallMs);
  if (!command.ok) return command;
  return ok({ command: command.value, profile: values.profile ?? null, json: values.json === true });
}

/** parseArgs throws on an unknown option, a missing value and an extra value, and names the option in quotes. */
function optionProblem(message: string): FieldProblem {
  const field = /'(?:-\w, )?(-[^' =]*)/.exec(message)?.[1] ?? 'options';
  if (message.includes('does not take an argument')) return { field, code: 'takes-no-value' };
  return { field, code: message.startsWith('Unknown option') ? 'unknown-option' : 'missing' };
}

function commandOf(
  name: Command['name'],
  order: string | undefined,
  rest: readonly string[],
  values: Values,
  wallMs: number,
): Result<Command, Problems> {
  switch (name) {
    case 'init':
      return values.from === undefined ? fail([{ field: '--from', code: 'missing' }]) : ok({ name, from: values.from });
    case 'audit':
      if (order !== 'verify' && order !== 'export') return fail([{ field: 'audit', code: 'verify-or-export' }]);
      if (values.file === '') return fail([{ field: '--file', code: 'missing' }]);
      return ok({ name, act: order, file: values.file ?? null });
    case 'provision':
      return provisionOf(order, values);
    case 'pin': {
      const role = pinRoleSchema.safeParse(rest[0]);
      return order === 'reset' && role.success
        ? ok({ name, role: role.data })
        : fail([{ field: 'pin', code: 'pin-reset-whom' }]);
    }
    case 'export':
      return exportOf(values);
    case 'diagnostics': {
      const out = fileOf('--out', values.out);
      return out.ok ? ok({ name, out: out.value }) : fail([out.error]);
    }
    case 'reconcile':
      return reconcileOf(values);
    case 'orders':
      return ordersOf(values);
    case 'update':
      return updateOf(order, rest[0], values);
    case 'doctor':
    case 'demo':
    case 'version':
      return ok({ name });
    case 'help':
      return ok({ name, about: null });
    case 'resume': {
      const waitMs = waitOf(values);
      return waitMs.ok ? ok({ name, waitMs: waitMs.value }) : fail([waitMs.error]);
    }
    case 'practice':
      return practiceOf(values);
    case 'pay':
      return payOf(order, values);
    case 'accept':
      return acceptOf(values);
    case 'query':
      return queryOf(order, values);
    case 'settle':
      return settleOf(order, values);
    case 'cancel':
      return cancelOf(order, values, wallMs);
    case 'refund':
      return refundOf(order, values, wallMs);
  }
}

function practiceOf(values: Values): Result<Command, Problems> {
  const port = numberOf('--port', values.port ?? '0', 65_535);
  const scenario = scenarioSchema.safeParse(values.scenario ?? 'never-answers');
  if (port.ok && scenario.success)
    return ok({ name: 'practice', port: port.value, scenario: scenario.data, folder: values.folder ?? null });
  return fail([
    ...(port.ok ? [] : [port.error]),
    ...(scenario.success ? [] : [{ field: '--scenario', code: 'unknown-scenario' }]),
  ]);
}

function acceptOf(values: Values): Result<Command, Problems> {
  const waitMs = waitOf(values);
  const out = values.out === undefined ? ok(null) : fileOf('--out', values.out);
  if (values['code-stdin'] === true && waitMs.ok && out.ok)
    return ok({ name: 'accept', out: out.value, waitMs: waitMs.value });
  return fail([
    ...(values['code-stdin'] === true ? [] : [NO_CODE_STDIN]),
    ...[waitMs, out].flatMap((part) => (part.ok ? [] : [part.error])),
  ]);
}

const NO_CODE_STDIN: FieldProblem = { field: '--code-stdin', code: 'code-only-stdin' };
const CODE_AS_ARGUMENT: FieldProblem = { field: 'code', code: 'code-as-argument' };

function payOf(yuan: string | undefined, values: Values): Result<Command, Problems> {
  const amount = amountFenSchema.safeParse(parseYuan(normalizedAmount(yuan ?? '')));
  const number = values.order;
  const outTradeNo = number === undefined ? null : outTradeNoSchema.safeParse(number);
  const waitMs = waitOf(values);
  const problems = [
    ...(amount.success ? [] : [{ field: 'YUAN', code: 'not-a-sum' }]),
    ...(values['code-stdin'] === true ? [] : [NO_CODE_STDIN]),
    ...(outTradeNo?.success === false
      ? [{ field: '--order', code: outTradeNo.error.issues[0]?.message ?? 'bad-characters' }]
      : number !== undefined && looksLikePaymentCode(number)
        ? [CODE_AS_ARGUMENT]
        : []),
    ...(waitMs.ok ? [] : [waitMs.error]),
  ];
  if (problems.length > 0 || !amount.success || !waitMs.ok) return fail(problems);
  return ok({ name: 'pay', amountFen: amount.data, outTradeNo: number ?? null, waitMs: waitMs.value });
}

function queryOf(order: string | undefined, values: Values): Result<Command, Problems> {
  const numbers = numbersOf(order, values);
  const waitMs = waitOf(values);
  if (numbers.ok && waitMs.ok) return ok({ name: 'query', numbers: numbers.value, waitMs: waitMs.value });
  return fail([...(numbers.ok ? [] : numbers.error), ...(waitMs.ok ? [] : [waitMs.error])]);
}

function settleOf(order: string | undefined, values: Values): Result<Command, Problems> {
  const numbers = numbersOf(order, values);
  const reason = reasonOf(values);
  const code = reasonCodeOf(values);
  if (numbers.ok && reason.ok && code.ok)
    return ok({ name: 'settle', numbers: numbers.value, reason: reason.value, code: code.value });
  return fail([
    ...(numbers.ok ? [] : numbers.error),
    ...[reason, code].flatMap((part) => (part.ok ? [] : [part.error])),
  ]);
}

function refundOf(order: string | undefined, values: Values, wallMs: number): Result<Command, Problems> {
  const numbers = numbersOf(order, values);
  const paidAt = paidAtOf(values, wallMs, REFUND_AGE_MAX_MS);
  const waitMs = waitOf(values);
  const why = whyOf(values);
  const fen = refundSumOf(values);
  const reason = why.ok && why.value === null ? fail({ field: '--reason-code', code: 'missing' }) : why;
  if (numbers.ok && waitMs.ok && paidAt.ok && reason.ok && reason.value !== null && fen.ok)
    return ok({
      ...{ name: 'refund', numbers: numbers.value, paidAtMs: paidAt.value },
      ...{ fen: fen.value, why: reason.value, waitMs: waitMs.value },
    });
  return fail([
    ...(numbers.ok ? [] : numbers.error),
    ...[fen, waitMs, paidAt, reason].flatMap((part) => (part.ok ? [] : [part.error])),
  ]);
}

function refundSumOf({ again, amount }: Values): Result<number | 'all' | 'again', FieldProblem> {
  const field = '--amount';
  if (again === true) return amount === undefined ? ok('again') : fail({ field, code: 'again-has-its-sum' });
  if (amount === undefined) return fail({ field, code: 'missing' });
  if (amount === 'all') return ok('all');
  const sum = amountFenSchema.safeParse(parseYuan(normalizedAmount(amount)));
  return sum.success ? ok(sum.data) : fail({ field, code: 'not-a-sum' });
}

function cancelOf(order: string | undefined, values: Values, wallMs: number): Result<Command, Problems> {
  const numbers = numbersOf(order, values);
  const waitMs = waitOf(values);
  const paidAt = paidAtOf(values, wallMs);
  const why = whyOf(values);
  if (numbers.ok && waitMs.ok && paidAt.ok && why.ok) {
    return ok({
      name: 'cancel',
      numbers: numbers.value,
      waitMs: waitMs.value,
      paidAtMs: paidAt.value,
      why: why.value,
    });
  }
  return fail([
    ...(numbers.ok ? [] : numbers.error),
    ...[waitMs, paidAt, why].flatMap((part) => (part.ok ? [] : [part.error])),
  ]);
}

/** Each of the two acts has its own options. */
const PROVISION_OPTIONS = {
  make: ['from', 'out', 'terminal', 'device', 'key'],
  apply: ['file', 'accept-weak-protection'],
} as const;

function provisionOf(act: string | undefined, values: Values): Result<Command, Problems> {
  if (act !== 'make' && act !== 'apply') return fail([{ field: 'provision', code: 'make-or-apply' }]);
  const other = PROVISION_OPTIONS[act === 'make' ? 'apply' : 'make'];
  const foreign = other
    .filter((option) => values[option] !== undefined)
    .map((option) => ({ field: `--${option}`, code: 'unknown-option' }));
  const own = PROVISION_OPTIONS[act].filter((option) => values[option] === '');
  const needed = act === 'make' ? (['from', 'out'] as const) : (['file'] as const);
  const absent = needed.filter((option) => values[option] === undefined);
  const problems = [...foreign, ...[...own, ...absent].map((option) => ({ field: `--${option}`, code: 'missing' }))];
  if (problems.length > 0) return fail(problems);
  const { from = '', out = '', terminal = null, device = null, key = null, file = '' } = values;
  return act === 'make'
    ? ok({ name: 'provision', act, from, out, terminal, device, key })
    : ok({ name: 'provision', act, file, acceptWeak: values['accept-weak-protection'] === true });
}

function ordersOf(values: Values): Result<Command, Problems> {
  const stuck = values.stuck === true;
  const filters = [values.number, values.day, values.state, values.amount];
  if (stuck && filters.some((filter) => filter !== undefined))
    return fail([{ field: '--stuck', code: 'not-with-filters' }]);
  const read = readFilter(values);
  return read.ok ? ok({ name: 'orders', stuck, ...read.value }) : read;
}

function numbersOf(order: string | undefined, values: Values): Result<EnteredNumbers, Problems> {
  const transactionId = values['transaction-id'];
  if (order === undefined && transactionId === undefined) return fail([{ field: 'ORDER', code: 'both-missing' }]);
  const checks = [
    { field: 'ORDER', text: order, schema: outTradeNoSchema },
    { field: '--transaction-id', text: transactionId, schema: transactionIdSchema },
  ];
  const problems = checks.flatMap(({ field, text, schema }) => {
    const checked = text === undefined ? null : schema.safeParse(text);
    return checked === null || checked.success
      ? []
      : [{ field, code: checked.error.issues[0]?.message ?? 'bad-characters' }];
  });
  return problems.length > 0 ? fail(problems) : ok({ outTradeNo: order, transactionId });
}

const REASON_PROBLEMS: Readonly<Record<string, string>> = {
  'too-long': 'reason-too-long',
  'bad-characters': 'reason-characters',
};

const fileOf = (field: string, text: string | undefined): Result<string, FieldProblem> =>
  text === undefined || text === '' ? fail({ field, code: 'missing' }) : ok(text);

function exportOf(values: Values): Result<Command, Problems> {
  const wanted = ordersWantedSchema.safeParse({
    fromDay: values.from,
    toDay: values.to ?? values.from,
    group: values.state ?? 'all',
  });
  const language = languageSchema.safeParse(values.language ?? 'zh-CN');
  const out = fileOf('--out', values.out);
  if (wanted.success && language.success && out.ok)
    return ok({ name: 'export', wanted: wanted.data, language: language.data, out: out.value });
  // Without --to only --from can be wrong.
  const wrong = wanted.success
    ? []
    : wanted.error.issues.filter(({ path }) => values.to !== undefined || path[0] !== 'toDay');
  return fail([
    ...wrong.map(({ path, message }) => wantedProblem(path[0], message)),
    ...(language.success ? [] : [{ field: '--language', code: 'unknown-language' }]),
    ...(out.ok ? [] : [out.error]),
  ]);
}

function wantedProblem(field: unknown, message: string): FieldProblem {
  if (field === 'group') return { field: '--state', code: 'unknown-group' };
  return { field: field === 'fromDay' ? '--from' : '--to', code: message };
}

function reconcileOf(values: Values): Result<Command, Problems> {
  // Without a file the day says which bill to fetch.
  const isFetched = values.bill === undefined && values.day !== undefined;
  const bill = isFetched ? ok(null) : fileOf('--bill', values.bill);
  const day = values.day === undefined ? null : daySchema.safeParse(values.day);
  const out = values.out === undefined ? null : fileOf('--out', values.out);
  const isDay = day === null || day.success;
  if (bill.ok && isDay && (out === null || out.ok)) {
    const common = { name: 'reconcile', out: out?.value ?? null } as const;
    if (bill.value !== null) return ok({ ...common, bill: bill.value, day: day?.data ?? null });
    if (day?.success === true) return ok({ ...common, bill: null, day: day.data });
  }
  return fail([
    ...(bill.ok ? [] : [bill.error]),
    ...(isDay ? [] : [{ field: '--day', code: 'not-a-day' }]),
    ...(out === null || out.ok ? [] : [out.error]),
  ]);
}

function reasonOf(values: Values): Result<string, FieldProblem> {
  const reason = noteSchema.safeParse(values.reason);
  if (reason.success) return ok(reason.data);
  const code = reason.error.issues[0]?.message ?? 'missing';
  return fail({ field: '--reason', code: REASON_PROBLEMS[code] ?? code });
}

/** A code, words, or both. Words alone mean "other", and "other" needs words. */
function whyOf(values: Values): Result<Reason | null, FieldProblem> {
  const code = reasonCodeOf(values);
  if (!code.ok) return code;
  if (values.reason === undefined && code.value !== 'other')
    return ok(code.value === null ? null : { code: code.value, note: null });
  const note = reasonOf(values);
  return note.ok ? ok({ code: code.value ?? 'other', note: note.value }) : note;
}

function reasonCodeOf(values: Values): Result<ReasonCode | null, FieldProblem> {
  const text = values['reason-code'];
  if (text === undefined) return ok(null);
  const code = reasonCodeSchema.safeParse(text);
  return code.success ? ok(code.data) : fail({ field: '--reason-code', code: 'unknown-reason' });
}

/** `update sign <folder>`. */
function updateOf(
  act: string | undefined,
  folder: string | undefined,
  { key, version, minimum, channel, staging }: Values,
): Result<Command, Problems> {
  if (act !== 'sign') return fail([{ field: 'update', code: 'update-sign-what' }]);
  const percent = numberOf('--staging', staging ?? '100', 100);
  const versions = [
    ['--version', version],
    ['--minimum', minimum],
  ] as const;
  const problems = [
    ...(folder === undefined ? [{ field: 'update sign', code: 'update-sign-what' }] : []),
    ...(key === undefined || key === '' ? [{ field: '--key', code: 'missing' }] : []),
    ...versions.flatMap(([field, text]) =>
      text === undefined || versionSchema.safeParse(text).success ? [] : [{ field, code: 'not-a-version' }],
    ),
    ...(percent.ok ? [] : [percent.error]),
  ];
  if (problems.length > 0 || folder === undefined || key === undefined || !percent.ok) return fail(problems);
  return ok({
    name: 'update',
    folder,
    key,
    version: version ?? null,
    minimum: minimum ?? null,
    channel: channel ?? DEFAULT_CHANNEL,
    staging: percent.value,
  });
}

const WAIT_DEFAULT_S = '120';
const WAIT_MAX_S = 7 * 24 * 60 * 60;

function waitOf(values: Values): Result<number, FieldProblem> {
  const seconds = numberOf('--wait', values.wait ?? WAIT_DEFAULT_S, WAIT_MAX_S);
  return seconds.ok ? ok(seconds.value * 1_000) : seconds;
}

function numberOf(field: string, text: string, max: number): Result<number, FieldProblem> {
  const value = /^\d{1,7}$/.test(text) ? Number(text) : Number.NaN;
  return value <= max ? ok(value) : fail({ field, code: 'not-a-number' });
}

function paidAtOf(values: Values, wallMs: number, ageMaxMs?: number): Result<number | null, FieldProblem> {
  const text = values['paid-at'];
  if (text === undefined) return ok(null);
  const paidAt = payTimeOf(text, steadyAt(wallMs), ageMaxMs);
  if (paidAt.ok) return ok(paidAt.value.toMs);
  const isTooOld = paidAt.error === 'order-too-old' && ageMaxMs !== undefined;
  return fail({ field: '--paid-at', code: isTooOld ? 'refund-too-old' : paidAt.error });
}
