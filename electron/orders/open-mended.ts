/**
 * Puts a damaged journal out of the way and what could be read of it (salvage.ts) in its place, as the app does and no
 * command. Killed at any step, the next one who mends goes on from there: what was salvaged is whole before the first file is
 * moved, and until the last one is, nobody opens the journal (salvage-place.ts).
 */
import { existsSync, rmSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Environment } from '../../shared/settings.ts';
import type { Clock } from '../base/clock.ts';
import { fileTroubleOf, renameLater, syncFolderOf } from '../base/safe-file.ts';
import { headPathOf } from './journal/chain-head.ts';
import type { AuditKey } from './journal/chain-key.ts';
import type { DriverSeat } from './engine/driver-seat.ts';
import { openJournal, whyNot, type OpenFailure, type OpenJournal, type OpenOptions } from './open-journal.ts';
import { FORMAT } from './journal/journal-format.ts';
import { salvage, type Salvaged } from './salvage/salvage.ts';
import { salvageBeside, salvagePath, setAsidePath, type Salvage } from './journal/salvage-place.ts';
import { troubleOf } from './journal/sqlite-trouble.ts';

export interface MendParts {
  readonly path: string;
  readonly environment: Environment;
  readonly key: AuditKey;
  readonly clock: Clock;
  /** Nobody else mends meanwhile, and nobody drives. */
  readonly seat: DriverSeat;
  readonly options?: OpenOptions;
  readonly rename?: (from: string, to: string) => void;
}

export interface Mended extends OpenJournal {
  /** What was done to the file just now; `null` where nothing was wrong with it. */
  readonly mended: Salvaged['how'] | 'finished' | null;
}

/** Opens the journal, and mends one that is damaged or missing first. */
export async function openMended(parts: MendParts): Promise<Result<Mended, OpenFailure>> {
  const { path, environment, key, clock, seat, options } = parts;
  const open = (how: Mended['mended'], again = options): Result<Mended, OpenFailure> => {
    const opened = openJournal(path, environment, clock.read().wallMs, key, again);
    return opened.ok ? ok({ ...opened.value, mended: how }) : opened;
  };
  const opened = open(null);
  if (opened.ok || !isDamage(opened.error)) return opened;
  if (!seat.take()) return fail('busy');
  try {
    // Another process may have mended it before the seat was free.
    const now = open(null, { ...options, checked: false });
    if (now.ok || !isDamage(now.error)) return now;
    const mended = await mend(parts, now.error);
    return mended.ok ? open(mended.value, { ...options, checked: false }) : mended;
  } finally {
    seat.leave();
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
    // A folder that takes new files and does not let go of an old one: another program has that open.
    const why = trouble === 'not-permitted' || trouble === 'io' ? (whyNot(dirname(path)) ?? 'busy') : trouble;
    return fail(why === 'not-permitted' ? 'read-only' : why);
  }
}

/** The journal's own name is given last: until then it cannot be taken for one that was never begun. */
async function intoPlace(parts: MendParts, { path: made, setAside }: Salvage): Promise<void> {
  const { path } = parts;
  for (const suffix of ['-wal', '-shm', '-journal']) await movedAway(parts, path + suffix, setAside + suffix);
  if (existsSync(headPathOf(made))) {
    await movedAway(parts, headPathOf(path), headPathOf(setAside));
    await patiently(parts, headPathOf(made), headPathOf(path));
  }
  // Derived, and made anew by whoever searches. One that cannot be removed is known there for another journal's.
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

/** Others hear and draw meanwhile: a terminal may be at its start for a second. */
const patiently = ({ clock, rename }: MendParts, from: string, to: string): Promise<void> =>
  renameLater(from, to, (ms) => new Promise<void>((resolve) => void clock.after(ms, resolve)), rename);
