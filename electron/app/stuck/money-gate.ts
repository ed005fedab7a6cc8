/**
 * The one gate for a manager's acts on money: refunding what is paid, taking up or closing what is before a manager. An
 * act passes if the person has the role, gives a reason, and has held the button by this process's clock. A command
 * typed at the terminal is its own confirmation. The machine (user-events.ts) refuses an act without the reason that only this
 * gate adds.
 */
import { randomUUID } from 'node:crypto';
import type { Confirm, HeldAction } from '../../../shared/contract/stuck.ts';
import type { PhaseView } from '../../../shared/order/order.ts';
import type { Reason, ReasonCode } from '../../../shared/order/reason.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { decidesOnMoney, type Role } from '../../../shared/role.ts';
import { CONFIRM_WITHIN_MS, HELD_MIN_MS } from '../../../shared/timing.ts';
import type { Caller } from '../../orders/machine/actor.ts';

/** Who decided, and why, in the form of the machine's events. */
export interface Decision {
  readonly by: Role;
  readonly code: ReasonCode;
  readonly note?: string;
}

/** What is to be done, and to what. */
export interface Subject {
  readonly action: HeldAction;
  readonly orderIds: readonly string[];
}

export interface Passed {
  readonly decision: Decision;
  /** Whether the order is still in the phase in which it was shown when the button went down. */
  isAsShown(orderId: string, phase: PhaseView['name']): boolean;
}

export interface MoneyGate {
  /** The button went down at `monoMs`. The press before it is forgotten: only one person presses at a time. */
  begin(about: Confirm, caller: Caller, monoMs: number): string;
  /** Lets an act through, once. `not-held`: another act, another person, released too soon, or too long ago. */
  pass(
    confirmation: string,
    subject: Subject,
    reason: Reason,
    caller: Caller,
    monoMs: number,
  ): Result<Passed, 'not-held'>;
}

interface Held {
  readonly confirmation: string;
  readonly about: Confirm;
  readonly caller: Caller;
  readonly sinceMonoMs: number;
}

/** `newConfirmation` returns a text that was never used before. */
export function createMoneyGate(newConfirmation: () => string = randomUUID): MoneyGate {
  let held: Held | null = null;
  return {
    begin(about, caller, monoMs) {
      held = { confirmation: newConfirmation(), about, caller, sinceMonoMs: monoMs };
      return held.confirmation;
    },
    pass(confirmation, subject, reason, caller, monoMs) {
      const last = held;
      held = null;
      if (last?.confirmation !== confirmation || !isSame(last, subject, caller)) return fail('not-held');
      const heldMs = monoMs - last.sinceMonoMs;
      const decision = heldMs < HELD_MIN_MS || heldMs > CONFIRM_WITHIN_MS ? null : decisionOf(caller, reason);
      return decision === null
        ? fail('not-held')
        : ok({ decision, isAsShown: (orderId, phase) => isAsShown(last.about, orderId, phase) });
    },
  };
}

/**
 * The decision of the person who typed the command with this reason; `null` if no reason was given, or if the
 * person's role may not decide on money.
 */
export const decisionOf = ({ role }: Caller, reason: Reason | null): Decision | null =>
  reason === null || !decidesOnMoney(role) ? null : { by: role, ...whyOf(reason) };

/** A reason in the form of the events that contain one. */
const whyOf = ({ code, note }: Reason): { code: Reason['code']; note?: string } =>
  note === null ? { code } : { code, note };

const isSame = ({ about, caller }: Held, subject: Subject, by: Caller): boolean =>
  caller.who === by.who &&
  caller.role === by.role &&
  about.action === subject.action &&
  JSON.stringify(about.orders.map(({ orderId }) => orderId)) === JSON.stringify(subject.orderIds);

function isAsShown(about: Confirm, orderId: string, phase: PhaseView['name']): boolean {
  const shown = about.orders.find((order) => order.orderId === orderId)?.phase;
  return shown === phase || (shown !== undefined && GOING_ON.has(shown) && GOING_ON.has(phase));
}

/** A cancel that goes on changes between the two phases by itself, many times a minute. To a person they are one. */
const GOING_ON: ReadonlySet<PhaseView['name']> = new Set(['reversing', 'confirming']);
