import type { NoAnswer } from '../../shared/order/order.ts';
import type { Answered } from './answers.ts';
import type { Gateway } from './gateway.ts';

/** Reasons for no response in which nothing at all came from the other end. */
const NOTHING_RECEIVED: ReadonlySet<NoAnswer> = new Set(['not-sent', 'timeout', 'broken']);

/**
 * The same gateway. It reports when no call gets through any more, and when one does again. Any byte from the other end
 * counts. If a call got that far, `onTrust` is called with whether the other end could prove its identity.
 */
export function watchReachability(
  gateway: Gateway,
  onChange: (reachable: boolean) => void,
  onTrust: (isTrusted: boolean) => void,
): Gateway {
  let reachable = true;
  const noted = <Answer extends { readonly kind: string }>(answered: Answered<Answer>): Answered<Answer> => {
    const now = !receivedNothing(answered.answer);
    if (now) onTrust(whyOf(answered.answer) !== 'server-not-trusted');
    // Only "nothing left this terminal" shows that the network is down. A single lost reply may be the gateway's fault.
    if (now !== reachable && (now || isNotSent(answered.answer))) {
      reachable = now;
      onChange(now);
    }
    return answered;
  };
  return {
    ...gateway,
    pay: async (...args) => noted(await gateway.pay(...args)),
    query: async (...args) => noted(await gateway.query(...args)),
    reverse: async (...args) => noted(await gateway.reverse(...args)),
    refund: async (...args) => noted(await gateway.refund(...args)),
    refundStatus: async (...args) => noted(await gateway.refundStatus(...args)),
    refunds: async (...args) => noted(await gateway.refunds(...args)),
  };
}

const whyOf = (answer: { readonly kind: string; readonly why?: NoAnswer }): NoAnswer | null =>
  answer.kind === 'no-answer' ? (answer.why ?? null) : null;

function receivedNothing(answer: { readonly kind: string }): boolean {
  const why = whyOf(answer);
  return why !== null && NOTHING_RECEIVED.has(why);
}

const isNotSent = (answer: { readonly kind: string }): boolean => whyOf(answer) === 'not-sent';
