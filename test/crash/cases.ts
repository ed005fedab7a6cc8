/** The cancels that are cut off, and which of their steps only they have. */
import type { Scenario } from '../../shared/practice/scenarios.ts';
import { secondsAgo } from '../support/command.ts';
import type { ProfileKind, Site } from './site.ts';
import { runCommand, type Step } from './victim.ts';

export interface Case {
  readonly name: string;
  readonly profile: ProfileKind;
  readonly scenario: Scenario;
  readonly state: 'SUCCESS' | 'NOTPAY';
  readonly paidSecondsAgo: number;
  /** A second command on the same order runs beside the first and can go on after it. */
  readonly beside: boolean;
  /** The first and the last network step that only this case has; its disk steps follow from them. */
  readonly own: Span;
}

/** The first and the last step to cut off. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

// 1-4 are the handshake and a query, 5 and 6 the reverse, 7 and 8 the next query; where the window has time left, one
// more query comes before the reverse.
const ALL = { from: 1, until: Infinity };
const REVERSE_ANSWERED = 6;
const ARMED_REVERSE_LEAVES = 7;

export const CASES: readonly Case[] = [
  // The journal is made within the test, so its creation is cut off as well.
  { name: 'over', profile: 'new', scenario: 'paid', state: 'SUCCESS', paidSecondsAgo: 20, beside: false, own: ALL },
  // Armed for nine more seconds: the process ends within the window, and the next one also starts within it, even on a
  // busy machine.
  {
    name: 'armed',
    profile: 'used',
    scenario: 'paid',
    state: 'NOTPAY',
    paidSecondsAgo: 6,
    beside: false,
    own: { from: 1, until: ARMED_REVERSE_LEAVES },
  },
  {
    name: 'recall',
    profile: 'used',
    scenario: 'recall-twice',
    state: 'SUCCESS',
    paidSecondsAgo: 20,
    beside: false,
    own: { from: REVERSE_ANSWERED, until: Infinity },
  },
  {
    name: 'beside',
    profile: 'used',
    scenario: 'paid',
    state: 'SUCCESS',
    paidSecondsAgo: 11,
    beside: true,
    own: { from: ARMED_REVERSE_LEAVES, until: Infinity },
  },
];

/** The position of the case's own part among the steps of an undisturbed run. */
export function ownSpans({ own }: Case, steps: readonly Step[]): Readonly<Record<'disk' | 'net', Span>> {
  const diskStepsBefore = (net: number): number => {
    const at = steps.findIndex(({ line, n }) => line === 'net' && n === net);
    return (at < 0 ? steps : steps.slice(0, at)).filter(({ line }) => line === 'disk').length;
  };
  const from = own.from === 1 ? 1 : diskStepsBefore(own.from) + 1;
  const until = own.until === Infinity ? Infinity : diskStepsBefore(own.until);
  return { disk: { from, until }, net: own };
}

let orders = 0;

/** Enters an order for the case at the gateway, with a number of its own. */
export async function seeded(
  { gateway }: Site,
  { name, scenario, state, paidSecondsAgo }: Case,
): Promise<{ outTradeNo: string; paidAt: string }> {
  orders += 1;
  const order = { outTradeNo: `${name}-${String(process.pid)}-${String(orders)}`, paidAt: secondsAgo(paidSecondsAgo) };
  await gateway.seed({ ...order, scenario, state });
  return order;
}

/** The numbered steps of one undisturbed cancel of the case. */
export async function stepsOf(site: Site, of: Case): Promise<readonly Step[]> {
  const { outTradeNo, paidAt } = await seeded(site, of);
  const profile = site.terminal(of.profile, outTradeNo);
  const ended = await runCommand(site.tools, profile, [
    'cancel',
    outTradeNo,
    '--paid-at',
    paidAt,
    '--reason-code',
    'duplicate',
  ]);
  site.remove(profile);
  if (ended.exitCode !== 0) throw new Error(ended.said);
  return ended.steps;
}
