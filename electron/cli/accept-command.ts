/** `facepay accept --code-stdin`: takes one fen with a code, gives it back, and writes the page that says so. */
import { writeFileSync } from 'node:fs';
import { beijingTime } from '../../shared/beijing.ts';
import { paymentCodeOf } from '../../shared/order/payment-code.ts';
import { ACCEPTANCE_FEN, type AcceptanceState } from '../../shared/contract/acceptance.ts';
import { acceptanceState, giveBack } from '../app/acceptance/acceptance.ts';
import type { Services } from '../app/core/services.ts';
import { payByCode } from '../app/orders/code-payments.ts';
import type { Command } from './arguments.ts';
import { problem, withServices, type Terminal } from './commands.ts';
import { hiddenLines, type Keyboard } from './hidden-lines.ts';
import { whyNotNew } from './new-file.ts';
import { EXIT, type ExitCode } from './output.ts';
import { atTerminal, current, currentTimeline, followTimeline, waitUntil, type Changes } from './session.ts';
import { PAYMENT_FIELDS } from './pay-command.ts';
import { thisCommand } from './this-command.ts';
import { rowWords } from './words.ts';

const ENDS: Readonly<Record<AcceptanceState, { readonly exitCode: ExitCode; readonly words: string }>> = {
  accepted: { exitCode: EXIT.cancelled, words: 'ACCEPTED: 0.01 yuan was paid, cancelled and given back' },
  'not-charged': {
    exitCode: EXIT.notCharged,
    words: 'NOT ACCEPTED: the payment was refused and nothing was charged; the last answer says why',
  },
  stuck: {
    exitCode: EXIT.needsManager,
    words: 'NOT ACCEPTED: the cancel needs a manager; see: facepay orders --stuck',
  },
  paid: { exitCode: EXIT.unresolved, words: 'NOT ACCEPTED YET: 0.01 yuan is paid and was not given back' },
  returning: {
    exitCode: EXIT.unresolved,
    words: 'NOT ACCEPTED YET: the cancel goes on by itself, with the app or with: facepay resume',
  },
  taking: {
    exitCode: EXIT.unresolved,
    words: 'NOT ACCEPTED YET: nobody knows whether 0.01 yuan was paid; cancel it with the command below',
  },
};

type Accept = Extract<Command, { name: 'accept' }>;

export async function accept(terminal: Terminal, command: Accept, keyboard: Keyboard): Promise<ExitCode> {
  const { out, waitMs } = command;
  const notNew = out === null ? null : whyNotNew(out);
  if (notNew !== null) return problem(terminal, '--out', notNew);
  const lines = hiddenLines(keyboard);
  const code = paymentCodeOf(await lines.ask('Payment code for 0.01 yuan (scan it; not shown): '));
  lines.close();
  if (!code.ok) return problem(terminal, 'code', code.error);
  return withServices(terminal, async (services, changed) => {
    const { output } = terminal;
    services.engine.start();
    const payment = { outTradeNo: null, amountFen: ACCEPTANCE_FEN, paymentCode: code.value };
    const begun = payByCode(services, payment, atTerminal());
    if (!begun.ok) return problem(terminal, PAYMENT_FIELDS[begun.error], begun.error);
    const { orderId } = begun.value.stored.order;
    const stopFollowing = followTimeline(services, orderId, changed, output);
    const state = await takenAndGivenBack(services, orderId, changed, waitMs);
    stopFollowing();
    const page = pageOf(services, orderId, state);
    if (out !== null) writeFileSync(out, `${page.join('\n')}\n`, { flag: 'wx' });
    output.say(page.join('\n'), {
      type: 'acceptance',
      state,
      outTradeNo: orderId,
      mchId: services.merchant.mchId,
      environment: services.environment,
      timeline: currentTimeline(services, orderId),
      version: thisCommand.version,
      commit: thisCommand.commit,
    });
    return ENDS[state].exitCode;
  });
}

/** Waits for the payment, gives it back once it is paid, and waits for the proof; `waitMs` for each of the two. */
async function takenAndGivenBack(
  services: Services,
  orderId: string,
  changed: Changes,
  waitMs: number,
): Promise<AcceptanceState> {
  const now = (): AcceptanceState => acceptanceState(current(services, orderId));
  await waitUntil(() => now() !== 'taking', changed, services.clock, waitMs);
  if (now() !== 'paid' || !giveBack(services, orderId, atTerminal()).ok) return now();
  await waitUntil(() => now() !== 'returning', changed, services.clock, waitMs);
  return now();
}

function pageOf(services: Services, orderId: string, state: AcceptanceState): string[] {
  const { merchant, environment, terminal } = services;
  const { order } = current(services, orderId);
  const { version, commit } = thisCommand;
  return [
    `FacePay Kiosk: acceptance of a terminal${environment === 'practice' ? ' (PRACTICE, no real money)' : ''}`,
    '',
    `Merchant   ${merchant.mchId}${merchant.subMchId === undefined ? '' : ` for ${merchant.subMchId}`}, ${environment}`,
    `Shop       ${terminal.storeName} (${terminal.storeId}), device ${terminal.deviceId}`,
    `Way        ${order.family}, ${merchant.signType}, ${merchant.gateway.primary}`,
    `Order      ${orderId}, 0.01 yuan, WeChat Pay ${order.transactionId ?? '-'}`,
    `Program    facepay ${version}${commit === null ? ', run from its sources' : `, commit ${commit}`}, Node ${process.version}`,
    '',
    ...currentTimeline(services, orderId).map((row) => `${beijingTime(row.atMs).slice(0, 10)} ${rowWords(row)}`),
    '',
    ENDS[state].words,
    ...(state === 'taking' || state === 'paid'
      ? [`  facepay cancel ${orderId} --reason-code other --reason acceptance`]
      : []),
  ];
}
