/**
 * Moves a damaged journal away and puts what could be read of it (salvage.ts) in its place. The app does this; no
 * command does. It may be killed at any step: the next process that repairs goes on from there. The salvaged file is
 * complete before the first file is moved. Until the last file is moved, no process opens the journal
 * (salvage-path.ts).
 */
import { existsSync, rmSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Environment } from '../../shared/settings.ts';
import type { Clock } from '../base/clock.ts';
import { fileTroubleOf, renameSafelyAsync, syncFolderOf } from '../base/safe-file.ts';
import { headPathOf } from './journal/chain-head.ts';
import type { AuditKey } from './journal/chain-key.ts';
import type { LeaderLock } from './engine/leader-lock.ts';
import { openJournal, whyNot, type OpenFailure, type OpenJournal, type OpenOptions } from './open-journal.ts';
import { FORMAT } from './journal/journal-format.ts';
import { salvage, type Salvaged } from './salvage/salvage.ts';
import { salvageBeside, salvagePath, setAsidePath, type Salvage } from './journal/salvage-path.ts';
import { troubleOf } from './journal/sqlite-trouble.ts';

export interface MendParts {
  readonly path: string;
  readonly environment: Environment;
  readonly key: AuditKey;
  readonly clock: Clock;
  /** The lock is held: no other process repairs meanwhile, and none drives. */
  readonly lock: LeaderLock;
  readonly options?: OpenOptions;
  readonly rename?: (from: string, to: string) => void;
}

export interface Mended extends OpenJournal {
  /** What was just done to the file; `null` if nothing was wrong with it. */
  readonly mended: Salvaged['how'] | 'finished' | null;
}

/** Opens the journal, and first repairs it if it is damaged or missing. */
export async function openMended(parts: MendParts): Promise<Result<Mended, OpenFailure>> {
  const { path, environment, key, clock, lock, options } = parts;
  const open = (how: Mended['mended'], again = options): Result<Mended, OpenFailure> => {
    const opened = openJournal(path, environment, clock.read().wallMs, key, again);
    return opened.ok ? ok({ ...opened.value, mended: how }) : opened;
  };
  const opened = open(null);
  if (opened.ok || !isDamage(opened.error)) return opened;
  if (!lock.take()) return fail('busy');
  try {
    // Another process may have repaired it before the lock was free.
    const now = open(null, { ...options, checked: false });
    if (now.ok || !isDamage(now.error)) return now;
    const mended = await mend(parts, now.error);
    return mended.ok ? open(mended.value, { ...options, checked: false }) : mended;
  } finally {
    lock.release();
  }
}

type Damage = 'damaged' | 'journal-missing';
const isDamage = (failure: OpenFailure): failure is Damage => failure === 'damaged' || failure === 'journal-missing';

async function mend(parts: MendParts, damage: Damage): Promise<Result<Salvaged['how'] | 'finished', OpenFailure>> {
  const { path, environment, key, clock, options } = parts;
  try {
    const begun = salvageBeside(path);
    if (begun !== null) {
      await intoPlace(parts, begun);
      return ok('finished');
    }
    const now = clock.read();
    const setAside = setAsidePath(path, now.wallMs);
    const draft = `${path}.salvage-draft`;
    const kind = damage === 'damaged' ? 'damaged' : 'missing';
    const { how } = salvage({
      path,
      draft,
      environment,
      key,
      now,
      setAside: basename(setAside),
      kind,
      format: options?.format ?? FORMAT,
    });
    const made = salvagePath(path, now.wallMs);
    await patiently(parts, headPathOf(draft), headPathOf(made));
    await patiently(parts, draft, made);
    syncFolderOf(path);
    await intoPlace(parts, { path: made, setAside });
    return ok(how);
  } catch (error) {
    const trouble = fileTroubleOf(error) ?? troubleOf(error);
    // A folder that accepts new files but does not release an old one: another program has the old file open.
    const why = trouble === 'not-permitted' || trouble === 'io' ? (whyNot(dirname(path)) ?? 'busy') : trouble;
    return fail(why === 'not-permitted' ? 'read-only' : why);
  }
}

/**
 * The journal's own name is given last. Until then the folder does not look like one where no journal was ever started.
 */
async function intoPlace(parts: MendParts, { path: made, setAside }: Salvage): Promise<void> {
  const { path } = parts;
  for (const suffix of ['-wal', '-shm', '-journal']) await movedAway(parts, path + suffix, setAside + suffix);
  if (existsSync(headPathOf(made))) {
    await movedAway(parts, headPathOf(path), headPathOf(setAside));
    await patiently(parts, headPathOf(made), headPathOf(path));
  }
  // Derived data, which the next search rebuilds. An index that cannot be removed is recognised there as another
  // journal's.
  for (const suffix of ['', '-wal', '-shm'])
    quietly(() => {
      rmSync(`${path}.parts${suffix}`, { force: true });
    });
  await movedAway(parts, path, setAside);
  await patiently(parts, made, path);
  syncFolderOf(path);
}

async function movedAway(parts: MendParts, from: string, to: string): Promise<void> {
  if (existsSync(from)) await patiently(parts, from, to);
}

function quietly(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (fileTroubleOf(error) === null) throw error;
  }
}

/** The screen keeps responding meanwhile: another process may need a second to start. */
const patiently = ({ clock, rename }: MendParts, from: string, to: string): Promise<void> =>
  renameSafelyAsync(from, to, (ms) => new Promise<void>((resolve) => void clock.after(ms, resolve)), rename);
