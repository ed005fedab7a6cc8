/**
 * The network between the terminal's processes and the gateway: what leaves when, what arrives, and what comes back.
 */
import type { NoAnswer } from '../../../shared/order/order.ts';
import type { Clock } from '../../../electron/base/clock.ts';
import type { Fields } from '../../../electron/wechat/sign.ts';
import type { Choices } from './choices.ts';
import type { ConnectFault, LeavingFault, Swarm, WayFault } from './faults.ts';
import type { Reply, SimLedger } from './ledger.ts';
import type { MachineRoom } from './machine-room.ts';

export const PRIMARY = 'https://primary.example';
export const BACKUP = 'https://backup.example';
export const CALL_TIMEOUT_MS = 10_000;
export const CONNECT_TIMEOUT_MS = 6_000;
/** How long each call takes while sixty old cancels are running. */
const SLOW_CALL_MS = 9_000;

export type Operation = 'authinfo' | 'pay' | 'query' | 'refund' | 'refundquery' | 'reverse';

/** A reply's shape on the wire: genuine, or damaged in one way. */
export type Shape =
  | 'genuine'
  | Extract<
      WayFault,
      | 'bad-gateway'
      | 'login-page'
      | 'truncated'
      | 'empty'
      | 'oversized'
      | 'field-twice'
      | 'wrong-sign'
      | 'no-sign'
      | 'md5-for-hmac'
      | 'other-key'
      | 'other-merchant'
      | 'unsigned-fail'
      | 'certificate-refused'
      | 'unsigned-busy'
      | 'unsigned-too-often'
      | 'sub-left-out'
    >;

/** The result of a call before the caller has checked it. */
export type Exchanged =
  | { readonly kind: 'nothing'; readonly why: NoAnswer }
  | { readonly kind: 'something'; readonly shape: Shape; readonly fields: Fields };

export interface Call {
  readonly operation: Operation;
  /** The order's number as the request has it. */
  readonly number: string;
  readonly fields: Fields;
}

/** The process that makes the call. */
export interface Caller {
  readonly clock: Clock;
  alive(): boolean;
  /** Does `act` when the process runs: at once, or when it goes on. */
  whenRunning(act: () => void): void;
  /** Whether another process holds the leader lock. */
  isDrivenByAnother(): boolean;
  /** It stands still from here on, up to hours, before it does its next step. */
  stop(): void;
  /** Whether faults may still kill it: no terminal crashes for ever. */
  mayDie(): boolean;
  /** kill -9, from within. Throws. */
  die(): never;
  began(call: Call): void;
  /** The last byte of the request is on its way. */
  left(call: Call): void;
  ended(call: Call): void;
}

/** When the request leaves, and the latest time at which it may leave, on the caller's monotonic clock. */
export interface Leaving {
  readonly onLeft?: (() => void) | undefined;
  readonly leaveByMonoMs?: number | undefined;
}

/** How a fault changes the exchange; fields that are missing here are as usual. */
interface Way {
  /** The call ends with this before any of it has left. */
  readonly unsent?: NoAnswer;
  /** The request left and never arrives. */
  readonly lost?: true;
  /** The connection ends: before the gateway has read the request, or instead of its reply. */
  readonly cut?: 'unread' | 'acted';
  /** The reply never comes. */
  readonly silent?: true;
  /** The reply comes as late as possible while it still counts. */
  readonly last?: true;
  readonly late?: true;
  readonly slow?: true;
  /** A proxy answers in place of the gateway. */
  readonly unread?: true;
  readonly shape?: Shape;
}

const WAYS: Readonly<Record<WayFault, Way>> = {
  refused: { unsent: 'not-sent' },
  'no-dns': { unsent: 'not-sent' },
  'server-not-trusted': { unsent: 'server-not-trusted' },
  'reset-before-request': { unsent: 'not-sent' },
  'reset-after-request': { cut: 'unread' },
  'reset-before-reply': { cut: 'acted' },
  'reset-in-reply': { cut: 'acted' },
  'request-lost': { lost: true },
  'reply-lost': { silent: true },
  'acts-after-deadline': { late: true },
  slow: { slow: true },
  'replies-at-the-deadline': { last: true },
  'bad-gateway': { unread: true, shape: 'bad-gateway' },
  'bad-gateway-after': { shape: 'bad-gateway' },
  'login-page': { unread: true, shape: 'login-page' },
  truncated: { shape: 'truncated' },
  empty: { shape: 'empty' },
  oversized: { shape: 'oversized' },
  'field-twice': { shape: 'field-twice' },
  'wrong-sign': { shape: 'wrong-sign' },
  'no-sign': { shape: 'no-sign' },
  'md5-for-hmac': { shape: 'md5-for-hmac' },
  'other-key': { shape: 'other-key' },
  'other-merchant': { shape: 'other-merchant' },
  'unsigned-fail': { unread: true, shape: 'unsigned-fail' },
  'certificate-refused': { unread: true, shape: 'certificate-refused' },
  'unsigned-busy': { unread: true, shape: 'unsigned-busy' },
  'unsigned-too-often': { unread: true, shape: 'unsigned-too-often' },
  'sub-left-out': { shape: 'sub-left-out' },
};

const USUAL: Way = {};

/** Somebody on the way answers in the gateway's name: a caller that believes it is told the opposite of what helps. */
const FORGED: ReadonlySet<Shape> = new Set(['wrong-sign', 'no-sign', 'md5-for-hmac', 'other-key', 'other-merchant']);

function forged({ operation, fields }: Call): Fields {
  const outTradeNo = fields['out_trade_no'] ?? 'unknown';
  const success = { result_code: 'SUCCESS', out_trade_no: outTradeNo };
  switch (operation) {
    case 'pay':
      return { ...success, transaction_id: '4200000000202611239999999999', total_fee: fields['total_fee'] ?? '' };
    case 'query':
      return { ...success, trade_state: 'REVOKED' };
    case 'refund':
      return { ...fields, ...success, refund_id: '50000000382019052709732678859' };
    default:
      return { ...success, recall: 'N' };
  }
}

export class Network {
  /** While it is true, nothing reaches the domain. */
  readonly down = { primary: false, backup: false };
  /** The answer to every call while this lasts. */
  overloaded: 'unsigned-busy' | 'unsigned-too-often' | 'other-merchant' | null = null;
  /** `false`: from now on nothing is lost or damaged. */
  wild = true;
  readonly #room: MachineRoom;
  readonly #choices: Choices;
  readonly #swarm: Swarm;
  readonly #ledger: SimLedger;
  readonly #hit: (fault: WayFault | LeavingFault | ConnectFault) => void;

  constructor(
    room: MachineRoom,
    choices: Choices,
    swarm: Swarm,
    ledger: SimLedger,
    hit: (fault: WayFault | LeavingFault | ConnectFault) => void,
  ) {
    this.#room = room;
    this.#choices = choices;
    this.#swarm = swarm;
    this.#ledger = ledger;
    this.#hit = hit;
  }

  exchange(
    caller: Caller,
    origin: string,
    call: Call,
    { onLeft, leaveByMonoMs = Infinity }: Leaving,
  ): Promise<Exchanged> {
    const leaving = this.wild && caller.mayDie() ? this.#swarm.leaving.draw(this.#choices) : null;
    if (leaving !== null) this.#hit(leaving);
    if (leaving === 'killed-before-sending') caller.die();
    if (leaving === 'stopped-before-sending' || this.#stopsForAnother(caller, call)) caller.stop();
    const fault = this.wild && call.operation !== 'authinfo' ? this.#swarm.way.draw(this.#choices) : null;
    if (fault !== null) this.#hit(fault);
    const { overloaded } = this;
    const way =
      overloaded !== null && call.operation !== 'authinfo' ? WAYS[overloaded] : fault === null ? USUAL : WAYS[fault];
    const connectMs = this.#connectMs(call);
    const [upMs, downMs] = [this.#choices.between(1, 60), this.#choices.between(1, 60)];
    return new Promise((resolve) => {
      let over = false;
      let startedMs = 0;
      let callOff = (): void => undefined;
      const end = (exchanged: Exchanged): void => {
        if (over || !caller.alive()) return;
        over = true;
        callOff();
        caller.ended(call);
        this.#room.unsettled = true;
        resolve(exchanged);
      };
      const nothing = (why: NoAnswer): void => end({ kind: 'nothing', why });
      const atTheTerminal = (ms: number, act: () => void): void =>
        this.#room.inAwake(ms, () => {
          caller.whenRunning(() => {
            if (!over && caller.alive()) act();
          });
        });
      const isDown = origin === PRIMARY ? this.down.primary : this.down.backup;

      const arrive = ({ cut, unread, silent, slow, last, shape = 'genuine' }: Way): void => {
        const truth = cut === 'unread' || unread === true ? {} : this.#answer(call);
        const reply = FORGED.has(shape) ? forged(call) : truth;
        if (reply === null || silent === true) return;
        const sinceMs = this.#room.nowMs - startedMs;
        const replyMs =
          last === true
            ? CALL_TIMEOUT_MS - this.#choices.between(1, 50) - sinceMs
            : slow === true
              ? this.#choices.between(1_000, 9_000)
              : downMs;
        const takesMs = this.#swarm.oldCancels && call.operation !== 'authinfo' ? SLOW_CALL_MS - sinceMs : replyMs;
        atTheTerminal(Math.max(0, takesMs), () => {
          if (cut !== undefined) nothing('broken');
          else end({ kind: 'something', shape, fields: reply });
        });
      };
      const leave = (): void => {
        // The transport promises this: after its deadline nothing leaves, however late the process learns that it is
        // connected.
        if (caller.clock.read().monoMs >= Math.min(leaveByMonoMs, deadlineMonoMs)) {
          nothing('not-sent');
          return;
        }
        if (way.unsent !== undefined || isDown) {
          nothing(way.unsent ?? 'not-sent');
          return;
        }
        caller.left(call);
        const delayMs = way.late === true ? CALL_TIMEOUT_MS + this.#choices.between(0, 10_000) : upMs;
        if (way.lost !== true) this.#room.in(delayMs, () => arrive(way));
        if (leaving === 'killed-as-it-leaves' || this.#diesUnseen(caller, call, connectMs)) caller.die();
        onLeft?.();
        if (leaving === 'killed-after-sending') caller.die();
      };
      let deadlineMonoMs = Infinity;
      const begin = (): void => {
        if (!caller.alive()) return;
        startedMs = this.#room.nowMs;
        deadlineMonoMs = caller.clock.read().monoMs + CALL_TIMEOUT_MS;
        caller.began(call);
        callOff = caller.clock.after(CALL_TIMEOUT_MS, () => nothing('timeout'));
        if (connectMs >= CONNECT_TIMEOUT_MS) caller.clock.after(CONNECT_TIMEOUT_MS, () => nothing('not-sent'));
        else atTheTerminal(connectMs, leave);
      };
      caller.whenRunning(begin);
    });
  }

  /**
   * A pay call that left seconds after it was written down, without a record of its leaving: kills are tried here more
   * often than anywhere else.
   */
  #diesUnseen(caller: Caller, { operation }: Call, connectMs: number): boolean {
    if (!this.wild || operation !== 'pay' || connectMs < 1_000 || !caller.mayDie() || !this.#choices.chance(0.1))
      return false;
    this.#hit('killed-as-it-leaves');
    return true;
  }

  /**
   * A process that stands still while another process drives its order may go on to find that a reverse has left: stops
   * are tried here more often than anywhere else.
   */
  #stopsForAnother(caller: Caller, { operation }: Call): boolean {
    if (!this.wild || operation !== 'pay' || !caller.isDrivenByAnother() || !this.#choices.chance(0.2)) return false;
    this.#hit('stopped-before-sending');
    return true;
  }

  #connectMs({ operation }: Call): number {
    const fault = this.wild && operation !== 'authinfo' ? this.#swarm.connect.draw(this.#choices) : null;
    if (fault === null) return this.#choices.between(0, 40);
    this.#hit(fault);
    return fault === 'connects-in-vain' ? CONNECT_TIMEOUT_MS : this.#choices.between(41, CONNECT_TIMEOUT_MS - 1);
  }

  #answer({ operation, fields }: Call): Reply {
    const { nowMs } = this.#room;
    switch (operation) {
      case 'authinfo':
        return { authinfo: 'a-permit' };
      case 'pay':
        return this.#ledger.pay(fields, nowMs);
      case 'query':
        return this.#ledger.query(fields, nowMs);
      case 'refund':
        return this.#ledger.refund(fields, nowMs);
      case 'refundquery':
        return this.#ledger.refundQuery(fields, nowMs);
      case 'reverse':
        return this.#ledger.reverse(fields, nowMs);
    }
  }
}
