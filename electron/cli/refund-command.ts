/** `facepay refund ORDER`: a part or the whole goes back by the API, followed until WeChat says that it arrived. */
import type { OrderView, RefusedAct } from '../../shared/order/order.ts';
import type { RefundView } from '../../shared/order/refund.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Services } from '../app/core/services.ts';
import { act, findOrEnter } from '../app/orders/orders-service.ts';
import { askRefund } from '../app/orders/refunds.ts';
import { decisionOf, type Decision } from '../app/stuck/money-gate.ts';
import type { Command } from './arguments.ts';
import { askOnce, problem, withServices, type Terminal } from './commands.ts';
import { EXIT, type ExitCode, type Output } from './output.ts';
import { refundWords } from './words.ts';
import { atTerminal, current, currentView, followTimeline, waitUntil } from './session.ts';

/** The refund's number. */
type Begun = Result<string, RefusedAct | 'not-saved'>;
type Wanted = Extract<Command, { name: 'refund' }>;

/**
 * Asks WeChat about the order first, so that an order of another terminal can be refunded too, and `all` is what is left.
 * A whole order younger than 7 days is refused: that is a cancel.
 */
export const refund = (terminal: Terminal, { numbers, paidAtMs, fen, why, waitMs }: Wanted): Promise<ExitCode> =>
  withServices(terminal, async (services, changed) => {
    const { output, clock } = terminal;
    const found = findOrEnter(services, numbers, paidAtMs, atTerminal());
    if (!found.ok) return problem(terminal, 'journal', found.error);
    services.engine.start();
    const asked = await askOnce(services, found.value.order.orderId, changed, waitMs);
    if (!asked.ok) return problem(terminal, 'ORDER', asked.error);
    if (!asked.value) return notAsked(output);
    // The answer may have shown that this is an order that we have under its other number.
    const { orderId } = current(services, found.value.order.orderId).order;
    const decision = decisionOf(atTerminal(), why);
    if (decision === null) return problem(terminal, 'ORDER', 'manager-only');
    const begun = fen === 'again' ? retryRefund(services, orderId, decision) : begin(services, orderId, fen, decision);
    if (!begun.ok) return problem(terminal, begun.error === 'refund-too-much' ? '--amount' : 'ORDER', begun.error);
    const outRefundNo = begun.value;
    const now = (): RefundView => refundIn(currentView(services, orderId), outRefundNo);
    const stopFollowing = followTimeline(services, orderId, changed, output);
    await waitUntil(() => exitCodeOf(now()) !== EXIT.unresolved, changed, clock, waitMs);
    stopFollowing();
    say(output, now());
    return exitCodeOf(now());
  });

function notAsked(output: Output): ExitCode {
  output.say('WeChat did not answer about this order, so no refund was asked for. Run it again.', {
    type: 'not-asked',
  });
  return EXIT.unresolved;
}

function begin(services: Services, orderId: string, fen: number | 'all', decision: Decision): Begun {
  const asked = askRefund(services, orderId, fen, decision, atTerminal());
  return asked.ok ? ok(asked.value.outRefundNo) : asked;
}

function retryRefund(services: Services, orderId: string, decision: Decision): Begun {
  const waiting = currentView(services, orderId).ourRefunds.findLast(({ needsManager }) => needsManager);
  if (waiting === undefined) return fail('no-such-refund');
  const { outRefundNo } = waiting;
  const retried = act(services, orderId, { type: 'refund-retried', outRefundNo, ...decision }, atTerminal());
  return retried.ok ? ok(outRefundNo) : retried;
}

function refundIn({ ourRefunds }: OrderView, outRefundNo: string): RefundView {
  const refund = ourRefunds.find((each) => each.outRefundNo === outRefundNo);
  if (refund === undefined) throw new Error(`refund ${outRefundNo} has left its order`);
  return refund;
}

/** 0 once it has arrived, 4 before a manager, 3 while it is under way: the app goes on with it. */
function exitCodeOf({ state, needsManager }: RefundView): ExitCode {
  if (needsManager) return EXIT.needsManager;
  return state === 'paid' || state === 'settled' ? EXIT.cancelled : EXIT.unresolved;
}

function say(output: Output, refund: RefundView): void {
  const { outRefundNo, refundId, fen, state, cause, failure, errCode } = refund;
  output.say(refundWords(refund), {
    ...{ type: 'refund', outRefundNo, refundId, amountFen: fen, state, cause, failure, errCode },
    ...{ customerFen: refund.customerFen, arrivedAt: refund.arrivedAt, arrivedTo: refund.arrivedTo },
  });
}
