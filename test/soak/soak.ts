/** Thousands of cancels through the real stack, and the resources that the process holds after each tenth of them. */
import { mkdtempSync, rmSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock, type Clock } from '../../electron/base/clock.ts';
import type { Order } from '../../electron/orders/machine/order.ts';
import { planned, type Planned } from './mix.ts';
import { startPracticePeer, type LedgerEntry } from './practice-peer.ts';
import { residentBytesOf, takeReadings, type Readings } from './readings.ts';
import { openTerminal } from './terminal.ts';

/** At once, as in a shop that settles its accounts. */
const IN_FLIGHT = 16;
/** The practice gateway's ledger keeps its last 1,000 orders: on a slow machine one must not outlive so many others. */
const IN_LEDGER = 900;
const TENTHS = 10;

export interface Tenth extends Readings {
  readonly done: number;
  readonly seconds: number;
  readonly gatewayBytes: number;
}

export interface SoakReport {
  readonly cancels: number;
  readonly tenths: readonly Tenth[];
  /** How the cancels ended, by ending. */
  readonly endings: Readonly<Record<string, number>>;
  readonly reverses: number;
  /**
   * Reverses that arrived once more although nothing was wrong with the first: deadlines too short for this machine, or
   * a client that loses answers. Calls that found no connection in time never left.
   */
  readonly needlessReverses: number;
  /** Cancels that ended in another way than they must, in words; there must be none. */
  readonly wrong: readonly string[];
  /** Before the services were opened, and after they were closed. */
  readonly before: Readings;
  readonly after: Readings;
}

const WRONG_MAX = 20;

/**
 * The machine's clock, `factor` times as fast from now on: a wait of 2 s lasts 20 ms at 100. It rises as steadily as the
 * real one and no timer fires before its time on it, but everything timed on it is as much shorter in real life: a call's
 * deadline of 60 s is 600 ms for a real network. Choose deadlines that leave real calls room.
 */
function fastClock(factor: number, real: Clock = systemClock()): Clock {
  const start = real.read();
  const passed = (): number => (real.read().monoMs - start.monoMs) * factor;
  return {
    read: () => ({ wallMs: Math.round(start.wallMs + passed()), monoMs: start.monoMs + passed(), run: start.run }),
    after: (ms, act) => real.after(ms / factor, act),
  };
}

/** Runs `cancels` cancels of the soak with this seed; the product's waits and deadlines pass `speedUp` times as fast as in life. `onTenth` hears of each tenth as it is done. Needs --expose-gc. */
export async function soak(
  cancels: number,
  seed: number,
  speedUp: number,
  onTenth: (tenth: Tenth) => void,
): Promise<SoakReport> {
  const folder = mkdtempSync(join(tmpdir(), 'facepay-soak-'));
  const gateway = await startPracticePeer(join(folder, 'gateway'), residentBytesOf);
  const journalOf = join(folder, 'profile', 'practice', 'journal.sqlite');
  // With its first watch a process opens a descriptor that it keeps for all other watches.
  watch(folder).close();
  const before = await takeReadings(journalOf);
  const terminal = await openTerminal(join(folder, 'profile'), gateway.merchantFile, fastClock(speedUp));
  const { engine, gateway: pool } = terminal.services;
  engine.start();

  const startedMs = performance.now();
  const endings: Record<string, number> = {};
  const wrong: string[] = [];
  const tenths: Tenth[] = [];
  let reverses = 0;
  let needlessReverses = 0;
  const one = async (nth: number): Promise<void> => {
    const plan = planned(nth, seed);
    await gateway.seed(plan);
    const order = await terminal.cancel(plan);
    const ledgerEntry = await gateway.ledgerEntry(plan.outTradeNo);
    const ending = endingOf(order);
    endings[ending] = (endings[ending] ?? 0) + 1;
    reverses += order.reverse.count;
    needlessReverses += Math.max(0, Math.min(order.reverse.count, ledgerEntry.order.reverses) - plan.reverses);
    const complaint = complaintAbout(plan, order, ledgerEntry);
    if (complaint !== null && wrong.length < WRONG_MAX) wrong.push(complaint);
  };

  for (let tenth = 1, next = 1; tenth <= TENTHS; tenth += 1) {
    const last = Math.round((cancels * tenth) / TENTHS);
    while (next <= last) {
      const end = Math.min(last, next + IN_LEDGER - 1);
      const worker = async (): Promise<void> => {
        while (next <= end) await one(next++);
      };
      await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
    }
    // Idle connections and the timer of a wake that is no longer needed go by themselves after a time. Whatever is left
    // after the pool is emptied and the engine has looked again has been forgotten somewhere.
    pool.close();
    engine.wake();
    await sleep(100);
    const readings = await takeReadings(terminal.journalPath);
    const seconds = (performance.now() - startedMs) / 1_000;
    const reading: Tenth = { ...readings, done: last, seconds, gatewayBytes: gateway.residentBytes() };
    tenths.push(reading);
    onTenth(reading);
  }

  const tooEarly = await gateway.violations();
  if (tooEarly > 0) wrong.push(`${String(tooEarly)} reverses came too early`);
  for (const notice of terminal.notices) wrong.push(`a notice: ${notice}`);
  await terminal.services.close(1_000);
  await sleep(100);
  const after = await takeReadings(journalOf);
  await gateway.stop();
  rmSync(folder, { recursive: true, force: true });
  return { cancels, tenths, endings, reverses, needlessReverses, wrong, before, after };
}

const endingOf = ({ phase }: Order): string =>
  phase.name === 'attention' ? phase.cause : phase.name === 'cancelled' ? phase.outcome : phase.name;

/** What is wrong with how a cancel ended, by the plan and by the gateway's own ledger. */
function complaintAbout(plan: Planned, order: Order, { verdict }: LedgerEntry): string | null {
  const { charged, refunded, state } = verdict;
  const ended = endingOf(order);
  const voided = state === 'REFUND' || state === 'CLOSED';
  const expected = plan.ending === 'cancelled' ? (charged ? 'refunded' : 'closed') : plan.ending;
  const moneyIsRight = plan.ending === 'cancelled' ? voided && charged === refunded : !voided && !refunded;
  if (ended === expected && moneyIsRight) return null;
  return `${plan.outTradeNo} (${plan.scenario}, ${plan.state}) ended ${ended}, not ${expected}; the ledger says ${JSON.stringify(verdict)}`;
}
