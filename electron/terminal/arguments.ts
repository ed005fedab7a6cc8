/** The terminal's command line as data, every part of it checked; what is wrong is named, and nothing is started. */
import { parseArgs } from 'node:util';
import { outTradeNoSchema, transactionIdSchema } from '../../shared/order.ts';
import { scenarioSchema, type Scenario } from '../../shared/scenarios.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { FieldProblem } from '../app/merchant-file.ts';
import type { EnteredNumbers } from '../app/orders-desk.ts';
import type { OrderFilter } from '../orders/order-search.ts';
import { readFilter } from './order-filter.ts';
import { payTimeOf } from '../orders/pay-time.ts';

export type Command =
  | { readonly name: 'init'; readonly from: string }
  | { readonly name: 'cancel'; readonly numbers: EnteredNumbers; readonly paidAtMs: number | null; readonly waitMs: number }
  | { readonly name: 'query'; readonly numbers: EnteredNumbers; readonly waitMs: number }
  | { readonly name: 'settle'; readonly numbers: EnteredNumbers; readonly reason: string }
  | { readonly name: 'orders'; readonly stuck: boolean; readonly filter: OrderFilter; readonly limit: number }
  | { readonly name: 'resume'; readonly waitMs: number }
  | { readonly name: 'practice'; readonly port: number; readonly scenario: Scenario; readonly folder: string | null }
  | { readonly name: 'audit'; readonly act: 'verify' | 'export'; readonly file: string | null }
  | { readonly name: 'doctor' }
  | { readonly name: 'demo' }
  | { readonly name: 'help' };

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
  stuck: { type: 'boolean' },
  number: { type: 'string' },
  day: { type: 'string' },
  state: { type: 'string' },
  amount: { type: 'string' },
  limit: { type: 'string' },
  reason: { type: 'string' },
  port: { type: 'string' },
  scenario: { type: 'string' },
  folder: { type: 'string' },
  file: { type: 'string' },
} as const;

const parsed = (args: readonly string[]): ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>> =>
  parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, strict: true });
type Values = ReturnType<typeof parsed>['values'];

const COMMON = ['profile', 'json', 'help'];
const ALLOWED: Readonly<Record<Command['name'], readonly string[]>> = {
  init: ['from'],
  cancel: ['transaction-id', 'paid-at', 'wait'],
  query: ['transaction-id', 'wait'],
  settle: ['transaction-id', 'reason'],
  orders: ['stuck', 'number', 'day', 'state', 'amount', 'limit'],
  resume: ['wait'],
  practice: ['port', 'scenario', 'folder'],
  audit: ['file'],
  doctor: [],
  demo: [],
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
  const takesOrder = name === 'cancel' || name === 'query' || name === 'settle';
  const stray = takesOrder || name === 'audit' ? rest : positionals.slice(1);
  const problems = [
    ...(values.profile === '' ? [{ field: '--profile', code: 'missing' }] : []),
    ...foreign.map((option) => ({ field: `--${option}`, code: 'unknown-option' })),
    ...stray.map((word) => ({ field: word, code: 'unknown-option' })),
  ];
  if (problems.length > 0) return fail(problems);
  const command = values.help === true ? ok({ name: 'help' as const }) : commandOf(name, order, values, wallMs);
  if (!command.ok) return command;
  return ok({ command: command.value, profile: values.profile ?? null, json: values.json === true });
}

/** parseArgs throws on an unknown option, a missing value and a value too many, and names the option in quotes. */
function optionProblem(message: string): FieldProblem {
  const field = /'(?:-\w, )?(-[^' =]*)/.exec(message)?.[1] ?? 'options';
  if (message.includes('does not take an argument')) return { field, code: 'takes-no-value' };
  return { field, code: message.startsWith('Unknown option') ? 'unknown-option' : 'missing' };
}

function commandOf(name: Command['name'], order: string | undefined, values: Values, wallMs: number): Result<Command, Problems> {
  switch (name) {
    case 'init':
      return values.from === undefined ? fail([{ field: '--from', code: 'missing' }]) : ok({ name, from: values.from });
    case 'audit':
      if (order !== 'verify' && order !== 'export') return fail([{ field: 'audit', code: 'verify-or-export' }]);
      if (values.file === '') return fail([{ field: '--file', code: 'missing' }]);
      return ok({ name, act: order, file: values.file ?? null });
    case 'orders':
      return ordersOf(values);
    case 'doctor':
    case 'demo':
    case 'help':
      return ok({ name });
    case 'resume': {
      const waitMs = waitOf(values);
      return waitMs.ok ? ok({ name, waitMs: waitMs.value }) : fail([waitMs.error]);
    }
    case 'practice': {
      const port = numberOf('--port', values.port ?? '0', 65_535);
      const scenario = scenarioSchema.safeParse(values.scenario ?? 'never-answers');
      if (port.ok && scenario.success) return ok({ name, port: port.value, scenario: scenario.data, folder: values.folder ?? null });
      return fail([...(port.ok ? [] : [port.error]), ...(scenario.success ? [] : [{ field: '--scenario', code: 'unknown-scenario' }])]);
    }
    case 'query': {
      const numbers = numbersOf(order, values);
      const waitMs = waitOf(values);
      if (numbers.ok && waitMs.ok) return ok({ name, numbers: numbers.value, waitMs: waitMs.value });
      return fail([...(numbers.ok ? [] : numbers.error), ...(waitMs.ok ? [] : [waitMs.error])]);
    }
    case 'settle': {
      const numbers = numbersOf(order, values);
      const reason = reasonOf(values);
      if (numbers.ok && reason.ok) return ok({ name, numbers: numbers.value, reason: reason.value });
      return fail([...(numbers.ok ? [] : numbers.error), ...(reason.ok ? [] : [reason.error])]);
    }
    case 'cancel': {
      const numbers = numbersOf(order, values);
      const waitMs = waitOf(values);
      const paidAt = paidAtOf(values, wallMs);
      if (numbers.ok && waitMs.ok && paidAt.ok) {
        return ok({ name, numbers: numbers.value, waitMs: waitMs.value, paidAtMs: paidAt.value });
      }
      return fail([...(numbers.ok ? [] : numbers.error), ...[waitMs, paidAt].flatMap((part) => (part.ok ? [] : [part.error]))]);
    }
  }
}

function ordersOf(values: Values): Result<Command, Problems> {
  const stuck = values.stuck === true;
  const filters = [values.number, values.day, values.state, values.amount];
  if (stuck && filters.some((filter) => filter !== undefined)) return fail([{ field: '--stuck', code: 'not-with-filters' }]);
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
    return checked === null || checked.success ? [] : [{ field, code: checked.error.issues[0]?.message ?? 'bad-characters' }];
  });
  return problems.length > 0 ? fail(problems) : ok({ outTradeNo: order, transactionId });
}

const REASON_MAX = 200;

function reasonOf(values: Values): Result<string, FieldProblem> {
  const reason = values.reason?.trim() ?? '';
  if (reason === '') return fail({ field: '--reason', code: 'missing' });
  return reason.length > REASON_MAX ? fail({ field: '--reason', code: 'reason-too-long' }) : ok(reason);
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

function paidAtOf(values: Values, wallMs: number): Result<number | null, FieldProblem> {
  const text = values['paid-at'];
  if (text === undefined) return ok(null);
  const paidAt = payTimeOf(text, wallMs);
  return paidAt.ok ? ok(paidAt.value.toMs) : fail({ field: '--paid-at', code: paidAt.error });
}
