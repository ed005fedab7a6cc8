/** The real terminal command as child processes: none of it runs in the test's own process. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { clockWatchedIn } from './watched-terminal.ts';

/** The command's sources, or the bundle if `npm test` has made one for all tests. */
const COMMAND = process.env['FACEPAY_COMMAND'] ?? resolve(import.meta.dirname, '../../electron/cli.ts');

type Env = Readonly<Record<string, string>>;

function start(args: readonly string[], env: Env = {}): ChildProcessWithoutNullStreams {
  const profile = args[args.indexOf('--profile') + 1];
  if (args.includes('--paid-at') && args.includes('--profile') && profile !== undefined) clockWatchedIn(profile);
  return spawn(process.execPath, [COMMAND, ...args], {
    env: {
      ...process.env,
      NO_COLOR: '1',
      FACEPAY_PASSPHRASE: '',
      FACEPAY_PROFILE: '',
      FACEPAY_PROVISION_PASSPHRASE: '',
      ...env,
    },
  });
}

const lineSchema = z.looseObject({ type: z.string() });
export type Line = z.infer<typeof lineSchema>;

export interface Ended {
  readonly exitCode: number | null;
  /** Standard output as JSON lines. */
  readonly lines: readonly Line[];
  readonly last: Line | undefined;
  /** All its output, on both streams. */
  readonly said: string;
}

/** Runs `facepay ARGS --json` to its end. */
export const facepay = (...args: readonly string[]): Promise<Ended> => facepayWith({}, ...args);

/** The same with more variables in its environment. */
export const facepayWith = (env: Env, ...args: readonly string[]): Promise<Ended> => answered(args, env, '');

/** The same with text on its standard input. */
export const facepayTyping = (typed: string, ...args: readonly string[]): Promise<Ended> => answered(args, {}, typed);

async function answered(args: readonly string[], env: Env, typed: string): Promise<Ended> {
  const { exitCode, out, err } = await ended(start([...args, '--json'], env), typed);
  const lines = linesOf(out);
  return { exitCode, lines, last: lines.at(-1), said: out + err };
}

/** The command's output for scripts, line by line. */
export const linesOf = (out: string): Line[] =>
  out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => lineSchema.parse(JSON.parse(line)));

/** Runs `facepay ARGS` to its end, as a person would. */
export const plain = (...args: readonly string[]): Promise<Spoken> => ended(start(args, {}), '');

interface Spoken {
  readonly exitCode: number | null;
  readonly out: string;
  readonly err: string;
}

async function ended(child: ChildProcessWithoutNullStreams, typed: string): Promise<Spoken> {
  child.stdin.end(typed);
  const [out, err] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    child.exitCode ?? once(child, 'close'),
  ]);
  return { exitCode: child.exitCode, out, err };
}

const orderSchema = z.looseObject({
  outTradeNo: z.string(),
  state: z.string(),
  paidFen: z.number(),
  refundedFen: z.number(),
  reverses: z.number(),
  transactionId: z.string(),
});
const requestSchema = z.looseObject({
  at: z.object({ monoMs: z.number() }),
  host: z.string(),
  path: z.string(),
  fields: z.record(z.string(), z.string()),
});
export type GatewayOrder = z.infer<typeof orderSchema>;
export type GatewayRequest = z.infer<typeof requestSchema>;
const replySchema = z.looseObject({ ok: z.literal(true) });

/** A practice gateway in a process of its own, which gets its commands line by line. */
export class PracticeProcess {
  readonly merchantFile: string;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;
  /** By the changed fields of merchant.json. */
  readonly #terminals = new Map<string, string>();

  private constructor(child: ChildProcessWithoutNullStreams, lines: AsyncIterator<string>, merchantFile: string) {
    this.#child = child;
    this.#lines = lines;
    this.merchantFile = merchantFile;
  }

  static async start(folder: string, ...args: readonly string[]): Promise<PracticeProcess> {
    const child = start(['practice', '--folder', folder, '--json', ...args]);
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const said = z.object({ merchantFile: z.string() }).parse(JSON.parse(z.string().parse((await lines.next()).value)));
    return new PracticeProcess(child, lines, said.merchantFile);
  }

  /**
   * Sets up a terminal for this gateway, with some fields of its merchant.json changed. New terminals of one kind are
   * copies of the first, which the command itself has set up.
   */
  async setUp(profile: string, changes: Readonly<Record<string, unknown>> = {}): Promise<void> {
    if (existsSync(profile)) return this.#init(profile, changes);
    const kind = JSON.stringify(changes);
    const first =
      this.#terminals.get(kind) ?? join(dirname(this.merchantFile), `terminal-${String(this.#terminals.size)}`);
    if (!this.#terminals.has(kind)) {
      await this.#init(first, changes);
      this.#terminals.set(kind, first);
    }
    cpSync(first, profile, { recursive: true });
    // Otherwise a copied folder would be open to everybody.
    for (const name of ['', ...readdirSync(first, { recursive: true, encoding: 'utf8' })])
      chmodSync(join(profile, name), statSync(join(first, name)).mode);
  }

  async #init(profile: string, changes: Readonly<Record<string, unknown>>): Promise<void> {
    const merchant = z.looseObject({}).parse(JSON.parse(readFileSync(this.merchantFile, 'utf8')));
    const file = `${profile}-merchant.json`;
    writeFileSync(file, JSON.stringify({ ...merchant, ...changes }));
    const { exitCode, said } = await facepay('init', '--from', file, '--profile', profile);
    if (exitCode !== 0) throw new Error(said);
  }

  /** One command on the gateway's console; fails if the gateway reports that it could not do it. */
  async tell(command: string): Promise<Record<string, unknown>> {
    this.#child.stdin.write(`${command}\n`);
    const { value: line, done } = await this.#lines.next();
    if (done === true)
      throw new Error(`the practice gateway has ended (${String(this.#child.signalCode ?? this.#child.exitCode)})`);
    return replySchema.parse(JSON.parse(line));
  }

  /** Enters an order that was paid elsewhere, by default a minute ago. */
  async seed(order: {
    outTradeNo: string;
    transactionId?: string;
    amountFen?: number;
    scenario?: string;
    state?: string;
    paidAt?: string;
  }): Promise<GatewayOrder> {
    const told = await this.tell(`seed ${JSON.stringify({ paidAt: secondsAgo(60), ...order })}`);
    return orderSchema.parse(told['order']);
  }

  async order(outTradeNo: string): Promise<GatewayOrder> {
    return orderSchema.parse((await this.tell(`order ${outTradeNo}`))['order']);
  }

  async violations(): Promise<unknown> {
    return (await this.tell('ledger'))['violations'];
  }

  /** The requests about an order to paths that begin like this. */
  async requestsTo(path: string, outTradeNo: string): Promise<GatewayRequest[]> {
    const requests = z.array(requestSchema).parse((await this.tell('requests'))['requests']);
    return requests.filter((each) => each.path.startsWith(path) && each.fields['out_trade_no'] === outTradeNo);
  }

  reversesOf(outTradeNo: string): Promise<GatewayRequest[]> {
    return this.requestsTo('/secapi/', outTradeNo);
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) {
      this.#child.kill();
      await once(this.#child, 'close');
    }
  }
}

export const secondsAgo = (seconds: number): string => new Date(Date.now() - seconds * 1_000).toISOString();

/** A folder that is removed after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'facepay-test-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}
