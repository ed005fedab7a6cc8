/**
 * kill -9 at the steps of a cancel that is hindered: by another command that takes the leader lock, a locked journal,
 * or a damaged lock file.
 */
import { writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { profileIn } from '../../electron/app/settings/profile.ts';
import { aftermath, inTheEnd, type Played } from './aftermath.ts';
import { seeded, type Case } from './cases.ts';
import type { Finding } from './judge.ts';
import { numbered, type Row } from './lanes.ts';
import type { Site } from './site.ts';
import { runCommand, type Ended, type Point, type Step } from './victim.ts';

/**
 * `lock-taken-in-turn`: other commands take the leader lock and release it, one after the other, from start to end;
 * `write-locked`: another program holds the journal's write lock, from the moment when the cancel is armed until the
 * process is dead, or for three seconds; `lock-damaged`: the lock file is garbage before the cancel begins, and again
 * while the driver runs.
 */
export const HINDRANCES = ['lock-taken-in-turn', 'write-locked', 'lock-damaged'] as const;
export type Hindrance = (typeof HINDRANCES)[number];

export interface HinderedTrial {
  readonly case: Case;
  readonly hindrance: Hindrance;
  readonly point: Point;
  /** It reached that step, and the hindrance was there. */
  readonly met: boolean;
  readonly findings: readonly Finding[];
}

const LOCKED_MS = 3_000;

/**
 * A row of kills at every `everyNth` of the steps that the undisturbed cancel took, beginning with the first, or with
 * the one that `first` chooses among the first `everyNth`.
 */
export function hinderedKills(
  site: Site,
  of: Case,
  hindrance: Hindrance,
  steps: readonly Step[],
  everyNth: number,
  done: (trial: HinderedTrial) => void,
  first: (line: 'disk' | 'net', ofSteps: number) => number = () => 1,
): Row[] {
  return (['disk', 'net'] as const).map((line) => {
    const taken = steps.filter((step) => step.line === line).length;
    const from = first(line, Math.min(everyNth, taken));
    return numbered({ from: 1, until: Math.ceil((taken - from + 1) / everyNth) }, async (count) => {
      done(await hinderedTrial(site, of, hindrance, { line, n: from + (count - 1) * everyNth, deed: 'kill' }));
      return true;
    });
  });
}

interface Hindered {
  readonly ended: Ended;
  readonly others: readonly Ended[];
  readonly hindered: boolean;
}

async function hinderedTrial(site: Site, of: Case, hindrance: Hindrance, point: Point): Promise<HinderedTrial> {
  const order = await seeded(site, of);
  const played = { ...order, profile: site.terminal(of.profile, order.outTradeNo) };
  const { ended, others, hindered } = await hinder[hindrance](site, played, point);
  const cutDown = ended.signal === 'SIGKILL' && !ended.hung;
  const after = await aftermath(site, played, ended, cutDown);
  const findings = [...after.findings, ...(await inTheEnd(site.gateway, played, others, cutDown))];
  if (!cutDown && ended.exitCode !== 0)
    findings.push({ kind: 'violation', text: `it was not killed and ended ${String(ended.exitCode)}: ${ended.said}` });
  site.remove(played.profile);
  return { case: of, hindrance, point, met: cutDown && hindered, findings };
}

const cancelOf = ({ outTradeNo, paidAt }: Played): string[] => ['cancel', outTradeNo, '--paid-at', paidAt];

const hinder: Readonly<Record<Hindrance, (site: Site, played: Played, point: Point) => Promise<Hindered>>> = {
  async 'lock-taken-in-turn'({ tools }, played, point) {
    const others: Ended[] = [];
    let over = false;
    const first = runCommand(tools, played.profile, cancelOf(played), point).finally(() => {
      over = true;
    });
    const visits = async (): Promise<void> => {
      while (!over) others.push(await runCommand(tools, played.profile, ['resume', '--wait', '0']));
    };
    const [ended] = await Promise.all([first, visits()]);
    return { ended, others, hindered: others.length > 0 };
  },
  async 'write-locked'({ tools }, played, point) {
    const lock = new DatabaseSync(profileIn(played.profile).journal('practice'), { timeout: 5_000 });
    let locked = false;
    const ended = await runCommand(tools, played.profile, cancelOf(played), point, (said) => {
      if (locked || !said.includes('cancel-armed')) return;
      lock.exec('BEGIN IMMEDIATE');
      locked = true;
      setTimeout(free, LOCKED_MS);
    });
    function free(): void {
      if (lock.isOpen) lock.close();
    }
    free();
    return { ended, others: [], hindered: locked };
  },
  async 'lock-damaged'({ tools }, played, point) {
    const lockFile = profileIn(played.profile).leaderLock('practice');
    const damage = (): void => {
      writeFileSync(lockFile, 'no lock of ours');
    };
    damage();
    let again = false;
    const ended = await runCommand(tools, played.profile, cancelOf(played), point, (said) => {
      if (again || !said.includes('cancel-armed')) return;
      damage();
      again = true;
    });
    return { ended, others: [], hindered: again };
  },
};

export const hinderedNameOf = ({ case: of, hindrance, point }: HinderedTrial): string =>
  `${of.name}, ${hindrance}: kill at ${point.line} ${String(point.n)}`;
