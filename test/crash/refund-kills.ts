/** kill -9 at a numbered step of a refund: the next process goes on, and WeChat pays one intent once. */
import { secondsAgo } from '../support/command.ts';
import { kept, ledgerOrderOf, lostWords, type Finding } from './judge.ts';
import type { Site } from './site.ts';
import { runCommand, type Point, type Step } from './victim.ts';

const FEN = 300;
let orders = 0;

export interface RefundTrial {
  readonly point: Point;
  /** The step at which it ended; `null` if it finished without reaching that step. */
  readonly step: Step | null;
  /** The intent was on disk by then. */
  readonly wasAsked: boolean;
  readonly findings: readonly Finding[];
}

/** The numbered steps of one undisturbed refund. */
export async function refundSteps(site: Site): Promise<readonly Step[]> {
  const { ended } = await refunded(site, null);
  if (ended.exitCode !== 3) throw new Error(ended.said);
  return ended.steps;
}

/** Ends one refund there, lets the next process go on, and judges what became of the money. */
export async function refundTrial(site: Site, point: Point): Promise<RefundTrial> {
  const { outTradeNo, profile, ended } = await refunded(site, point);
  const cutDown = ended.signal === 'SIGKILL' && !ended.hung;
  const after = await runCommand(site.tools, profile, ['resume', '--wait', '75']);
  const { kept: it, findings } = kept(profile, outTradeNo);
  const refunds = it?.stored.order.ourRefunds ?? [];
  const { refunds: held } = await ledgerOrderOf(site.gateway, outTradeNo);
  const sent = await site.gateway.requestsTo('/secapi/pay/refund', outTradeNo);
  site.remove(profile);
  const texts: string[] = [];
  const check = (holds: boolean, text: string): void => {
    if (!holds) texts.push(text);
  };
  const numbers = new Set(sent.map(({ fields }) => fields['out_refund_no']));
  check(refunds.length <= 1 && numbers.size <= 1, `${String(refunds.length)} intents, numbers ${[...numbers].join()}`);
  check(held.length === refunds.length, `WeChat holds ${String(held.length)} of ${String(refunds.length)}`);
  check(refunds[0]?.outRefundNo === held[0]?.outRefundNo, `another number: ${JSON.stringify(held)}`);
  check(
    held.every(({ fen }) => fen === FEN),
    `WeChat pays ${JSON.stringify(held)}`,
  );
  check(
    refunds.every(({ phase }) => phase.name === 'accepted' || phase.name === 'paid'),
    JSON.stringify(refunds),
  );
  check(after.exitCode === 0, `the process after it ended ${String(after.exitCode)}: ${after.said}`);
  if (!cutDown) check(ended.exitCode === 3, `it was not killed and ended ${String(ended.exitCode)}: ${ended.said}`);
  return {
    point,
    step: cutDown ? (ended.steps.at(-1) ?? null) : null,
    wasAsked: refunds.length > 0,
    findings: [
      ...findings,
      ...lostWords([ended, after], it),
      ...texts.map((text) => ({ kind: 'violation' as const, text })),
    ],
  };
}

async function refunded(
  site: Site,
  point: Point | null,
): Promise<{ outTradeNo: string; profile: string; ended: Awaited<ReturnType<typeof runCommand>> }> {
  orders += 1;
  const outTradeNo = `refund-${String(process.pid)}-${String(orders)}`;
  await site.gateway.seed({ outTradeNo, scenario: 'paid', state: 'SUCCESS', amountFen: 1_234, paidAt: secondsAgo(60) });
  const profile = site.terminal('used', outTradeNo);
  const line = ['refund', outTradeNo, '--amount', String(FEN / 100), '--reason-code', 'wrong-amount', '--wait', '4'];
  return { outTradeNo, profile, ended: await runCommand(site.tools, profile, line, point) };
}
