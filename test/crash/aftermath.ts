/** After a cancel that was cut off or hindered: a new process goes on, and the whole result is judged. */
import {
  acknowledged,
  ledgerOrderOf,
  falseWords,
  hasIntent,
  judged,
  kept,
  keptSoFar,
  lostWords,
  type Finding,
} from './judge.ts';
import type { Site } from './site.ts';
import { runCommand, type Ended } from './victim.ts';

export interface Played {
  readonly profile: string;
  readonly outTradeNo: string;
  /** ISO 8601. */
  readonly paidAt: string;
}

export interface Aftermath {
  /** `told-again`: it had not been written down, and no person had been told that it was. */
  readonly end: 'resumed' | 'told-again' | 'had-ended';
  readonly findings: readonly Finding[];
}

/**
 * `inFlight`: one reverse may be in the journal without having left, because the process was killed between the two.
 */
export async function aftermath(
  { tools, gateway }: Site,
  { profile, outTradeNo, paidAt }: Played,
  first: Ended,
  inFlight: boolean,
): Promise<Aftermath> {
  const falsehoods = falseWords(first, await ledgerOrderOf(gateway, outTradeNo));
  const before = keptSoFar(profile, outTradeNo);
  const known = hasIntent(before);
  const after = await runCommand(
    tools,
    profile,
    known ? ['resume', '--wait', '60'] : ['cancel', outTradeNo, '--paid-at', paidAt, '--reason-code', 'duplicate'],
  );
  const findings = [...falsehoods, ...(await inTheEnd(gateway, { profile, outTradeNo }, [first, after], inFlight))];
  if (!known && acknowledged(first))
    findings.push({ kind: 'lost', text: 'the cancel was acknowledged, and is not in the journal' });
  if (after.exitCode !== 0)
    findings.push({ kind: 'violation', text: `the process after it ended ${String(after.exitCode)}: ${after.said}` });
  return {
    end: !known ? 'told-again' : before?.stored.order.phase.name === 'cancelled' ? 'had-ended' : 'resumed',
    findings,
  };
}

/** Judges an order after the last process that had work to do with it. */
export async function inTheEnd(
  gateway: Site['gateway'],
  { profile, outTradeNo }: Pick<Played, 'profile' | 'outTradeNo'>,
  ended: readonly Ended[],
  inFlight: boolean,
): Promise<Finding[]> {
  const ledgerOrder = await ledgerOrderOf(gateway, outTradeNo);
  const { kept: it, findings } = kept(profile, outTradeNo);
  if (it === null) return [...findings, { kind: 'lost', text: 'the order is not in the journal' }];
  const words = ended.flatMap((one) => falseWords(one, ledgerOrder));
  return [...findings, ...words, ...lostWords(ended, it), ...judged(it, ledgerOrder, inFlight)];
}
