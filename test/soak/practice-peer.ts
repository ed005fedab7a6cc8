/** A practice gateway in a process of its own, controlled through its console. Many commands may run at once. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Scenario } from '../../shared/practice/scenarios.ts';
import { tradeStateSchema } from '../../shared/order/order.ts';

const CLI = resolve(import.meta.dirname, '../../electron/cli.ts');

const firstLine = z.object({ merchantFile: z.string() });
const lineSchema = z.discriminatedUnion('ok', [
  z.looseObject({ ok: z.literal(true) }),
  z.object({ ok: z.literal(false), error: z.string() }),
]);
const orderLine = z.object({
  order: z.object({ reverses: z.number(), scenario: z.string() }),
  verdict: z.object({ charged: z.boolean(), refunded: z.boolean(), state: tradeStateSchema }),
});
/** The order in the gateway's ledger. */
export type LedgerEntry = z.infer<typeof orderLine>;

export interface PaidElsewhere {
  readonly outTradeNo: string;
  readonly transactionId: string;
  readonly state: 'SUCCESS' | 'NOTPAY';
  readonly scenario: Scenario;
}

export interface PracticePeer {
  readonly merchantFile: string;
  /** Enters an order whose pay call was made an hour ago. */
  seed(order: PaidElsewhere): Promise<void>;
  ledgerEntry(outTradeNo: string): Promise<LedgerEntry>;
  /** Reverses that came too early. There must be none. */
  violations(): Promise<number>;
  residentBytes(): number;
  stop(): Promise<void>;
}

const HOUR_MS = 3_600_000;

/** `residentBytes` reads the size of the process if the machine can report it. */
export async function startPracticePeer(folder: string, residentBytes: (pid: number) => number): Promise<PracticePeer> {
  const child = spawn(process.execPath, [CLI, 'practice', '--json', '--folder', folder], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const waiting: { readonly resolve: (line: string) => void; readonly reject: (error: Error) => void }[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.resolve(line));
  void ended.then(() => {
    for (const { reject } of waiting) reject(new Error('the practice gateway has ended'));
  });
  const nextLine = (): Promise<string> =>
    new Promise((resolve, reject) => {
      waiting.push({ resolve, reject });
    });
  const { merchantFile } = firstLine.parse(JSON.parse(await nextLine()));
  const tell = async (command: string): Promise<object> => {
    child.stdin.write(`${command}\n`);
    const said = lineSchema.parse(JSON.parse(await nextLine()));
    if (!said.ok) throw new Error(said.error);
    return said;
  };
  return {
    merchantFile,
    seed: async ({ outTradeNo, transactionId, state, scenario }) => {
      const paidAt = new Date(Date.now() - HOUR_MS).toISOString();
      await tell(`seed ${JSON.stringify({ outTradeNo, transactionId, state, scenario, paidAt })}`);
    },
    ledgerEntry: async (outTradeNo) => orderLine.parse(await tell(`order ${outTradeNo}`)),
    violations: async () =>
      z.object({ violations: z.array(z.unknown()) }).parse(await tell('ledger')).violations.length,
    residentBytes: () => residentBytes(child.pid ?? 0),
    stop: async () => {
      child.stdin.end('quit\n');
      await ended;
    },
  };
}
