/**
 * What this terminal remembers of updates: one file, replaced as a whole, so that its facts agree with each other after
 * a power cut.
 */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { lookResultSchema, trialEndSchema, versionSchema } from '../../shared/contract/updates.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { parseJson } from '../base/json.ts';
import { fileTroubleOf, syncFolderOf, withFiles, writeFileSafely } from '../base/safe-file.ts';
import { rememberFile } from '../base/known-files.ts';
import { putAside } from '../base/settings-file.ts';
import { AT_REST, trialSchema } from './trial.ts';

const recordSchema = z.strictObject({
  /** Identifies this terminal among all, for stages. It is used for nothing else, and the feed never receives it. */
  terminal: z.uuid(),
  /** The latest release that was ever accepted here, UTC ms: anything older is refused. */
  newestReleasedAtMs: z.number().min(0),
  lastLook: z.object({ atMs: z.number(), result: lookResultSchema, version: versionSchema.nullable() }).nullable(),
  /** The version whose installer is ready. */
  ready: versionSchema.nullable(),
  failed: z.array(versionSchema).max(100),
  trial: trialSchema,
  last: z.object({ from: versionSchema, to: versionSchema, end: trialEndSchema, atMs: z.number() }).nullable(),
});
export type UpdateRecord = z.infer<typeof recordSchema>;

export const newRecord = (): UpdateRecord => ({
  terminal: randomUUID(),
  newestReleasedAtMs: 0,
  lastLook: null,
  ready: null,
  failed: [],
  trial: AT_REST,
  last: null,
});

export interface RecordStore {
  now(): UpdateRecord;
  /** On disk if and only if this returns ok. */
  change(with_: Partial<Omit<UpdateRecord, 'terminal'>>): Result<null, 'not-saved'>;
  /** The name under which a damaged record was set aside; `null` if it was not damaged. */
  readonly setAside: string | null;
  /** It exists and cannot be read now, so nothing overwrites it. */
  unreadable(): boolean;
}

/**
 * A damaged record is set aside and started again. The terminal must not stay without updates because of it, and no
 * signature depends on it.
 */
export function openRecord(path: string, wallMs: number): RecordStore {
  let read = readRecord(path);
  let setAside: string | null = null;
  if (read === 'damaged') {
    // If it cannot be set aside, the next write replaces it: otherwise the app could not start.
    const moved = withFiles<string, never>(() => ok(putAside(path, wallMs)));
    if (moved.ok) setAside = moved.value;
  }
  let record = typeof read === 'string' ? newRecord() : read;
  let written = record === read;
  /** A file that another program held may be readable again. */
  const reread = (): boolean => {
    if (read !== 'unreadable') return true;
    read = readRecord(path);
    if (typeof read !== 'string') [record, written] = [read, true];
    return read !== 'unreadable';
  };
  const write = (next: UpdateRecord): Result<null, 'not-saved'> => {
    try {
      const isNew = !existsSync(path);
      writeFileSafely(path, `${JSON.stringify(next, null, 2)}\n`);
      syncFolderOf(path);
      if (isNew) rememberFile(path);
      record = next;
      written = true;
      return ok(null);
    } catch (error) {
      if (fileTroubleOf(error) === null) throw error;
      return fail('not-saved');
    }
  };
  return {
    now() {
      reread();
      return record;
    },
    unreadable: () => !reread(),
    change: (parts) => {
      if (!reread()) return fail('not-saved');
      const next = { ...record, ...parts };
      return written && JSON.stringify(next) === JSON.stringify(record) ? ok(null) : write(next);
    },
    setAside,
  };
}

/** For code that only reads: `null` if there is no record, or none that can be read. */
export function peekRecord(path: string): UpdateRecord | null {
  const record = readRecord(path);
  return typeof record === 'string' ? null : record;
}

/** The running `version`, if it is not on trial: then the app does not put the version before back by itself. */
export function provenVersion(path: string, version: string): string | null {
  if (!existsSync(path)) return version;
  return peekRecord(path)?.trial.at === 'rest' ? version : null;
}

/** Whether a record exists but cannot be used. */
export function isRecordUnreadable(path: string): boolean {
  const record = readRecord(path);
  return record === 'damaged' || record === 'unreadable';
}

function readRecord(path: string): UpdateRecord | 'nothing' | 'damaged' | 'unreadable' {
  try {
    if (!existsSync(path)) return 'nothing';
    return recordSchema.safeParse(parseJson(readFileSync(path, 'utf8'))).data ?? 'damaged';
  } catch (error) {
    if (fileTroubleOf(error) === null) throw error;
    return 'unreadable';
  }
}

/**
 * A terminal's bucket among all, 0 up to 100. It is the same for every release, so the first to get a release are
 * always the same terminals.
 */
export function stagingBucketOf(terminal: string): number {
  return (createHash('sha256').update(`facepay-kiosk stage ${terminal}`).digest().readUInt32BE(0) / 2 ** 32) * 100;
}
