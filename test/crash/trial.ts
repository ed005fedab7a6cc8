/** One cancel, cut off at one step, and the result. */
import { DOCUMENTED_WINDOW_MS } from '../../shared/timing.ts';
import { aftermath, inTheEnd, type Aftermath, type Played } from './aftermath.ts';
import { seeded, type Case } from './cases.ts';
import { ledgerOrderOf, falseWords, type Finding } from './judge.ts';
import type { Site } from './site.ts';
import { runCommand, type Ended, type Point, type Step } from './victim.ts';

export interface Trial {
  readonly case: Case;
  readonly point: Point;
  /** The step at which it ended; `null` if it finished without reaching that step. */
  readonly step: Step | null;
  readonly end: Aftermath['end'];
  /** It ended within 15 s of the pay call. */
  readonly insideWindow: boolean;
  readonly findings: readonly Finding[];
}

export async function trial(site: Site, of: Case, point: Point): Promise<Trial> {
  const order = await seeded(site, of);
  const played = { ...order, profile: site.terminal(of.profile, order.outTradeNo) };
  const first = of.beside ? await besideAnother(site, played, point) : await alone(site, played, point);
  site.remove(played.profile);
  const { ended, cutDown, endedAtMs, end } = first;
  const findings = [...first.findings];
  if (!cutDown && ended.exitCode !== 0)
    findings.push({ kind: 'violation', text: `it was not killed and ended ${String(ended.exitCode)}: ${ended.said}` });
  const taken = ended.steps.filter(({ line }) => line === point.line).length;
  if (!cutDown && taken >= point.n)
    findings.push({
      kind: 'violation',
      text: `it took ${String(taken)} steps and was not ended at its ${String(point.n)}th`,
    });
  return {
    case: of,
    point,
    step: cutDown ? (ended.steps.at(-1) ?? null) : null,
    end,
    insideWindow: cutDown && endedAtMs - Date.parse(order.paidAt) < DOCUMENTED_WINDOW_MS,
    findings,
  };
}

interface First extends Aftermath {
  readonly ended: Ended;
  readonly cutDown: boolean;
  readonly endedAtMs: number;
}

const cancelOf = ({ outTradeNo, paidAt }: Played): string[] => [
  'cancel',
  outTradeNo,
  '--paid-at',
  paidAt,
  '--reason-code',
  'duplicate',
];
const wasKilled = ({ signal, hung }: Ended): boolean => signal === 'SIGKILL' && !hung;

async function alone(site: Site, played: Played, point: Point): Promise<First> {
  const ended = await runCommand(site.tools, played.profile, cancelOf(played), point);
  const endedAtMs = Date.now();
  const cutDown = wasKilled(ended);
  return { ended, cutDown, endedAtMs, ...(await aftermath(site, played, ended, cutDown)) };
}

/**
 * The second command starts when the first has reported that the cancel is saved, or has ended; it shall go on by
 * itself.
 */
async function besideAnother(site: Site, played: Played, point: Point): Promise<First> {
  const { tools, gateway } = site;
  let second: Promise<Ended> | null = null;
  const startSecond = (): Promise<Ended> => (second ??= runCommand(tools, played.profile, cancelOf(played)));
  const ended = await runCommand(tools, played.profile, cancelOf(played), point, (said) => {
    if (said.includes('cancel-armed')) void startSecond();
  });
  const endedAtMs = Date.now();
  const early = falseWords(ended, await ledgerOrderOf(gateway, played.outTradeNo));
  const other = await startSecond();
  const cutDown = wasKilled(ended);
  const findings = [...early, ...(await inTheEnd(gateway, played, [ended, other], cutDown))];
  if (other.exitCode !== 0)
    findings.push({ kind: 'violation', text: `the one beside it ended ${String(other.exitCode)}: ${other.said}` });
  return { ended, cutDown, endedAtMs, end: 'resumed', findings };
}
