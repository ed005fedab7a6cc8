/** One process of the terminal: the real engine, till and operations over simulated time, disk and network. */
import { JOURNAL_POLL_MS, REVERSE_WINDOW_MS } from '../../../shared/timing.ts';
import type { RefusedAct } from '../../../shared/order/order.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { merchantSchema, terminalSchema } from '../../../shared/settings.ts';
import { watchedClock, type WatchedClock } from '../../../electron/base/watched-clock.ts';
import type { Log } from '../../../electron/base/log.ts';
import { findOrEnter, type EnteredNumbers } from '../../../electron/app/orders/orders-service.ts';
import { createEngine, type Engine } from '../../../electron/orders/engine/engine.ts';
import type { OrderEvent } from '../../../electron/orders/machine/event.ts';
import type { FaceDevice } from '../../../electron/orders/engine/face-device.ts';
import type { Journal, Stored } from '../../../electron/orders/journal/journal.ts';
import { createTill, type Till } from '../../../electron/orders/engine/take-payment.ts';
import type { Answered } from '../../../electron/wechat/answers.ts';
import type { OrderRef } from '../../../electron/wechat/face-pay.ts';
import { createGateway, gatewayOver, type Gateway } from '../../../electron/wechat/gateway.ts';
import type { CallName, Checks } from './checks.ts';
import type { Choices } from './choices.ts';
import type { ClaimFault, CodeFault, DiskFault, Swarm, TimedFault } from './faults.ts';
import type { MachineRoom } from './machine-room.ts';
import type { MemoryDisk, WriteFate } from './memory-journal.ts';
import type { Call, Caller, Network } from './network.ts';
import { API_KEY, shortCalls, SIM_MERCHANT, wireTransport } from './wire.ts';

/**
 * kill -9, seen from inside the process: whatever it was doing ends here. One error object for all, since stacks cost
 * time.
 */
export class Killed extends Error {}
const KILLED = new Killed('killed');

/** The number of processes of one life that faults may kill. */
const RUNS_MAX = 60;

export const FACE_CODE = 'FACE-CODE-CANARY-0123456789';
/** Payment codes of the simulation: the mark, then eight digits. */
export const CODE_MARK = '1377777777';
export const OPENID = 'OPENID-CANARY-9876543210';

const TERMINAL = terminalSchema.parse({});
const MERCHANT = merchantSchema.parse(SIM_MERCHANT);
const SOMEBODY = { who: 'pos:simulated', role: 'cashier' } as const;

/** State that all processes of one terminal share. */
export interface TerminalRoom {
  readonly room: MachineRoom;
  readonly disk: MemoryDisk;
  readonly network: Network;
  readonly checks: Checks;
  readonly choices: Choices;
  readonly swarm: Swarm;
  /** Real bytes through the real signed call, or the short way. */
  readonly wire: boolean;
  readonly hit: (fault: DiskFault | ClaimFault | CodeFault | TimedFault) => void;
  /** The disk refuses every write while it is not `null`. */
  diskTrouble: 'disk-full' | 'read-only' | 'busy' | null;
  wild: boolean;
  /** The process that holds the leader lock. */
  lock: SimProcess | null;
  readonly processes: Set<SimProcess>;
  runs: number;
  readonly shown: (process: SimProcess, stored: Stored) => void;
  readonly gone: (process: SimProcess) => void;
  /** A pay call is connecting, and has not left yet. */
  readonly payBegins: () => void;
  readonly trace: ((line: string) => void) | null;
}

export class SimProcess {
  readonly run: string;
  readonly engine: Engine;
  readonly till: Till;
  readonly clock: WatchedClock;
  heldUntilMonoMs = -Infinity;
  #alive = true;
  readonly #terminal: TerminalRoom;
  readonly #journal: Journal;
  readonly #calls = new Set<Call>();
  #look: (() => void) | null = null;
  #lookDue = false;
  #diesAfterWrite = false;

  constructor(terminal: TerminalRoom) {
    this.#terminal = terminal;
    const { room, disk, processes } = terminal;
    if (processes.size === 0) disk.recover();
    this.run = `boot-${String(room.boots)}/run-${String((terminal.runs += 1))}`;
    this.clock = watchedClock(room.clockOf(this.run, this), REVERSE_WINDOW_MS);
    this.#journal = disk.open({
      before: () => this.#fateOfWrite(),
      after: (before, next, entries) => {
        terminal.checks.written(before, next, entries);
        if (terminal.trace !== null)
          terminal.trace(
            `${this.run} wrote ${next.orderId} ${entries.map(({ event, effects }) => [event.type, ...effects.map(({ kind }) => kind)].join(' -> ')).join(', ')}: ${next.phase.name}`,
          );
        for (const other of processes) if (other !== this) other.#othersWrote();
        if (this.#diesAfterWrite) this.#die();
      },
    });
    const gateway = this.#gateway();
    const log = this.#log();
    this.engine = createEngine({
      journal: this.#journal,
      gateway,
      clock: this.clock,
      lock: this.#lock(),
      watch: (look) => {
        this.#look = look;
        return () => {
          this.#look = null;
        };
      },
      log,
      onChange: (stored) => {
        terminal.checks.shown(stored);
        terminal.shown(this, stored);
      },
      onTrouble: () => undefined,
      onUnreadable: (orderIds) => {
        terminal.checks.violate('every row parses', orderIds.join());
      },
    });
    this.till = createTill({
      engine: this.engine,
      gateway,
      face: FACE_DEVICE,
      paySource: () => terminal.swarm.paySource,
      clock: this.clock,
      log,
      family: 'facepay',
      storeName: 'shop',
      terminalIp: '127.0.0.1',
      callTimeoutMs: SIM_MERCHANT.callTimeoutMs,
      terminalPart: '271828182',
      random: (belowMax) => terminal.choices.between(0, belowMax - 1),
      onStage: () => undefined,
    });
    processes.add(this);
  }

  get #mayDie(): boolean {
    return this.#terminal.runs < RUNS_MAX;
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Registers an order that was paid elsewhere, as the screen, a command and the till software do. */
  enter(numbers: EnteredNumbers, paidAtMs: number | null): void {
    findOrEnter(
      { journal: this.#journal, engine: this.engine, merchant: MERCHANT, clock: this.clock },
      numbers,
      paidAtMs,
      SOMEBODY,
    );
  }

  /** Alive, and not standing still. */
  get running(): boolean {
    return this.#alive && this.heldUntilMonoMs <= this.#terminal.room.monoMs;
  }

  start(): void {
    this.engine.start();
  }

  /** SIGSTOP, until SIGCONT `ms` later: its timers and all its events wait. */
  standStill(ms: number): void {
    const { room, trace } = this.#terminal;
    this.heldUntilMonoMs = Math.max(this.heldUntilMonoMs, Math.ceil(room.monoMs) + ms);
    trace?.(`${this.run} stands still`);
  }

  whenRunning(act: () => void): void {
    const { room } = this.#terminal;
    if (this.running || !this.#alive) act();
    else room.inAwake(Math.max(1, this.heldUntilMonoMs - room.monoMs), () => this.whenRunning(act));
  }

  /** What a person does at this process. */
  tell(orderId: string, event: OrderEvent): Result<Stored, RefusedAct | 'not-saved'> {
    const told = this.engine.tell(orderId, event);
    this.#terminal.trace?.(
      `${this.run} told ${orderId} ${event.type}: ${told.ok ? told.value.order.phase.name : told.error}`,
    );
    return told;
  }

  kill(): void {
    if (!this.#alive) return;
    this.#alive = false;
    this.#terminal.trace?.(`${this.run} is gone`);
    for (const call of this.#calls) this.#terminal.checks.ended(call);
    this.#calls.clear();
    this.#journal.close();
    this.#terminal.processes.delete(this);
    if (this.#terminal.lock === this) this.#terminal.lock = null;
    this.#terminal.gone(this);
  }

  /** Ends properly, as open-services.ts does it, and is gone within `withinMs`. */
  stop(withinMs: number): void {
    // A process that stands still learns of it when it goes on; nobody waits for that.
    if (!this.running) {
      this.kill();
      return;
    }
    void this.engine.stop(withinMs).then(() => {
      this.kill();
    });
    this.#terminal.room.unsettled = true;
  }

  /** From inside: whatever this process was doing ends here. */
  #die(): never {
    this.kill();
    throw KILLED;
  }

  #fateOfWrite(): WriteFate {
    const { diskTrouble, wild, swarm, choices, hit } = this.#terminal;
    if (diskTrouble !== null) return { trouble: diskTrouble, kept: false };
    const fault = wild ? swarm.disk.draw(choices) : null;
    if (fault === null) return null;
    hit(fault);
    switch (fault) {
      case 'write-io-error':
        return { trouble: 'io', kept: false };
      case 'write-io-error-kept':
        return { trouble: 'io', kept: true };
      case 'busy':
        return { trouble: 'busy', kept: false };
      case 'killed-before-write':
        return this.#mayDie ? this.#die() : null;
      case 'killed-after-write':
        this.#diesAfterWrite = this.#mayDie;
        return null;
    }
  }

  /** Another process wrote: a file sends no messages, so this process notices at its next poll. */
  #othersWrote(): void {
    if (this.#lookDue) return;
    this.#lookDue = true;
    this.clock.after(JOURNAL_POLL_MS, () => {
      this.#lookDue = false;
      this.#look?.();
    });
  }

  #lock(): { take(): boolean; release(): void } {
    return {
      take: () => {
        this.#terminal.lock ??= this;
        return this.#terminal.lock === this;
      },
      release: () => {
        if (this.#terminal.lock === this) this.#terminal.lock = null;
      },
    };
  }

  #gateway(): Gateway {
    const { network, checks, choices, wire, trace } = this.#terminal;
    const caller: Caller = {
      clock: this.clock,
      alive: () => this.#alive,
      whenRunning: (act) => this.whenRunning(act),
      isDrivenByAnother: () => this.#terminal.lock !== null && this.#terminal.lock !== this,
      stop: () => this.standStill(heldMs(choices)),
      mayDie: () => this.#mayDie,
      die: () => this.#die(),
      began: (call) => {
        this.#calls.add(call);
        trace?.(`${this.run} calls ${call.operation} ${call.number}`);
        checks.began(call);
        if (call.operation === 'pay') this.#terminal.payBegins();
      },
      left: (call) => {
        checks.left(call);
      },
      ended: (call) => {
        if (this.#calls.delete(call)) checks.ended(call);
      },
    };
    const parts = { merchant: SIM_MERCHANT, terminal: TERMINAL, clock: this.clock };
    let nonces = 0;
    const gateway = wire
      ? createGateway({
          ...parts,
          apiKey: API_KEY,
          transport: wireTransport(network, caller, SIM_MERCHANT),
          nonce: () => `nonce${String((nonces += 1))}`,
        })
      : gatewayOver(shortCalls(network, caller), parts);
    const noted = async <Ref extends OrderRef, Answer>(
      kind: 'query' | 'reverse',
      ref: Ref,
      call: (ref: Ref) => Promise<Answered<Answer>>,
    ): Promise<Answered<Answer>> => {
      const name = this.#nameOf(kind, ref);
      const answered = await call(ref);
      if (name !== null) checks.answered(name, answered.answer);
      return answered;
    };
    return {
      ...gateway,
      query: (ref) => noted('query', ref, (asked) => gateway.query(asked)),
      reverse: (ref) => noted('reverse', ref, (meant) => gateway.reverse(meant)),
    };
  }

  /** Which call of which order this is, by the calls that are out on the disk. */
  #nameOf(kind: 'query' | 'reverse', { outTradeNo, transactionId }: OrderRef): CallName | null {
    const order = this.#terminal.disk.find(outTradeNo ?? transactionId ?? '')?.order;
    const out = order?.[kind].out;
    return order === undefined || out === null || out === undefined
      ? null
      : `${kind} ${String(out.n)} of ${order.orderId}`;
  }

  /** The product logs what it takes for a bug; here every such line is a violation. */
  #log(): Log {
    const error = (fields: object, message: string): void => {
      const bug = 'error' in fields ? fields.error : null;
      if (this.#alive && bug instanceof Error && !(bug instanceof Killed))
        this.#terminal.checks.violate('nothing breaks', `${message}: ${bug.stack ?? bug.message}`);
    };
    return { info: () => undefined, warn: () => undefined, error };
  }
}

const HOUR_MS = 3_600_000;

/** How long a process stands still: mostly long enough that a call is out, or a window over, when it goes on. */
export const heldMs = (choices: Choices): number =>
  choices.pick([
    choices.between(1_000, 12_000),
    choices.between(12_000, 60_000),
    choices.chance(0.1) ? 5 * HOUR_MS : 120_000,
  ]);

/** Recognises a face at once. */
const FACE_DEVICE: FaceDevice = {
  init: () => Promise.resolve(ok(null)),
  getWxpayfaceRawdata: () => Promise.resolve(ok('raw')),
  getWxpayfaceCode: () => Promise.resolve(ok({ face_code: FACE_CODE, openid: OPENID })),
  updateWxpayfacePayResult: () => Promise.resolve(),
  stop: () => Promise.resolve(),
};
