/** `facepay pay YUAN --code-stdin`: a payment with a code that a scanner or a script gives, followed until it is known. */
import { paymentCodeOf } from '../../shared/order/payment-code.ts';
import { payByCode, type CodePaymentProblem } from '../app/orders/code-payments.ts';
import type { Command } from './arguments.ts';
import { problem, withServices, type Terminal } from './commands.ts';
import { hiddenLines, type Keyboard } from './hidden-lines.ts';
import { EXIT, exitCodeOfPayment, type ExitCode } from './output.ts';
import { atTerminal, currentTimeline, currentView, followTimeline, waitUntil } from './session.ts';

/** What each problem of a payment by code is about. */
export const PAYMENT_FIELDS: Readonly<Record<CodePaymentProblem, string>> = {
  'no-codes': 'device',
  'number-taken': '--order',
  'amount-differs': 'YUAN',
  'not-saved': 'journal',
};

/** Takes a payment once. A number that is given again is followed, and nothing more leaves. */
export async function pay(
  terminal: Terminal,
  { amountFen, outTradeNo, waitMs }: Extract<Command, { name: 'pay' }>,
  keyboard: Keyboard,
): Promise<ExitCode> {
  const lines = hiddenLines(keyboard);
  const code = paymentCodeOf(await lines.ask('Payment code (scan it; not shown): '));
  lines.close();
  if (!code.ok) return problem(terminal, 'code', code.error);
  return withServices(terminal, async (services, changed) => {
    const { output, clock } = terminal;
    services.engine.start();
    const begun = payByCode(services, { amountFen, outTradeNo, paymentCode: code.value }, atTerminal());
    if (!begun.ok) return problem(terminal, PAYMENT_FIELDS[begun.error], begun.error);
    const { orderId } = begun.value.stored.order;
    const exitCode = (): ExitCode => exitCodeOfPayment(currentView(services, orderId));
    const stopFollowing = followTimeline(services, orderId, changed, output);
    await waitUntil(() => exitCode() !== EXIT.unresolved, changed, clock, waitMs);
    stopFollowing();
    const cancel = `facepay cancel ${orderId}`;
    if (exitCode() === EXIT.unresolved)
      output.say(`It is not known whether the customer was charged. To end it: ${cancel}`, { type: 'unknown', cancel });
    output.result(currentView(services, orderId), currentTimeline(services, orderId));
    return exitCode();
  });
}
