/** A disk that fails at every write and every sync in turn, once or from there on, as in SQLite's own tests. */
import { aftermath } from './aftermath.ts';
import { seeded, type Case } from './cases.ts';
import type { Finding } from './judge.ts';
import { numbered, type Row } from './lanes.ts';
import type { Site } from './site.ts';
import { runCommand, type Ended, type Point, type Step } from './victim.ts';

export interface FaultTrial {
  readonly case: Case;
  readonly point: Point;
  /** The run reached that step, so the fault happened. */
  readonly reached: boolean;
  readonly exitCode: number | null;
  /** What the command reported about it: codes of problems and notices. */
  readonly words: readonly string[];
  readonly findings: readonly Finding[];
}

/**
 * The faults, each with the kind of step that is counted and how long the command may wait. A journal is tried again
 * after 5 s.
 */
const FAULTS = [
  { line: 'write', deed: 'ENOSPC-once', waitS: 20 },
  { line: 'write', deed: 'ENOSPC-always', waitS: 2 },
  { line: 'sync', deed: 'EIO-once', waitS: 20 },
  { line: 'sync', deed: 'EIO-always', waitS: 2 },
] as const;

export type FaultLine = (typeof FAULTS)[number]['line'];

/** Which calls fail: the call number `from`, and then each `every`-th call. */
interface Which {
  readonly from: number;
  readonly every: number;
}

/** Whether a step counts among the calls of that kind. */
export const failsWith = (line: FaultLine, { what }: Step): boolean =>
  line === 'sync' ? what === 'sync' : what === 'write' || what === 'truncate';

/** Rows that let one such call after another fail, until a cancel ends before the call that would fail. */
export function faultsOf(
  site: Site,
  of: Case,
  which: (line: FaultLine) => Which,
  done: (trial: FaultTrial) => void,
): Row[] {
  return FAULTS.map(({ line, deed, waitS }) =>
    numbered({ from: 1, until: Infinity }, async (count) => {
      const tried = await faultTrial(
        site,
        of,
        { line, n: which(line).from + (count - 1) * which(line).every, deed },
        waitS,
      );
      done(tried);
      return tried.reached;
    }),
  );
}

async function faultTrial(
  site: Site,
  of: Case,
  point: Point & { readonly line: FaultLine },
  waitS: number,
): Promise<FaultTrial> {
  const order = await seeded(site, of);
  const played = { ...order, profile: site.terminal(of.profile, order.outTradeNo) };
  const args = [
    'cancel',
    order.outTradeNo,
    '--paid-at',
    order.paidAt,
    '--reason-code',
    'duplicate',
    '--wait',
    String(waitS),
  ];
  const hindered = await runCommand(site.tools, played.profile, args, point);
  const after = await aftermath(site, played, hindered, true);
  site.remove(played.profile);
  return {
    case: of,
    point,
    reached: hindered.steps.filter((step) => failsWith(point.line, step)).length >= point.n,
    exitCode: hindered.exitCode,
    words: wordsOf(hindered),
    findings: [...clearly(hindered, point), ...after.findings],
  };
}

const wordsOf = ({ lines }: Ended): string[] =>
  lines
    .filter(({ type }) => type === 'error' || type === 'notice')
    .map(({ type, code, detail }) => `${type} ${String(code)}${typeof detail === 'string' ? ` ${detail}` : ''}`);

const EXITS: readonly (number | null)[] = [0, 2, 3, 4];

/** It ended by itself in a way that README allows, and gave a reason from README's list. */
function clearly(ended: Ended, { deed }: Point): Finding[] {
  const texts: string[] = [];
  if (ended.hung) texts.push('it hung');
  else if (!EXITS.includes(ended.exitCode))
    texts.push(`it ended ${String(ended.exitCode)} (${String(ended.signal)}): ${ended.said}`);
  if (/A bug in FacePay|\n {4}at /.test(ended.said)) texts.push(`it broke: ${ended.said}`);
  const wordless = ended.lines.filter(
    ({ type, message }) => type === 'error' && String(message).startsWith('is not accepted'),
  );
  if (wordless.length > 0) texts.push(`no words for ${JSON.stringify(wordless)}`);
  if (ended.exitCode === 2 && !ended.lines.some(({ type }) => type === 'error'))
    texts.push('it refused without a word');
  if (ended.exitCode === 3 && deed.endsWith('-once')) texts.push(`it did not get over one failure: ${ended.said}`);
  return texts.map((text) => ({ kind: 'violation', text }));
}

export const faultNameOf = ({ case: of, point, exitCode, words }: FaultTrial): string =>
  `${of.name}: ${point.deed} at ${point.line} ${String(point.n)}, ended ${String(exitCode)}${words.length === 0 ? '' : `, said ${words.join('; ')}`}`;
