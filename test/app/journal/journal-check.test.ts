/**
 * A long journal is checked and updated in a thread. A short one, or one with an error, is checked where it is opened.
 */
import { closeSync, copyFileSync, mkdirSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { DatabaseSync } from 'node:sqlite';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { auditKeyOf } from '../../../electron/app/audit/audit-trail.ts';
import { checkInThread } from '../../../electron/app/journal/journal-check.ts';
import { profileIn, type Profile } from '../../../electron/app/settings/profile.ts';
import { silentLog } from '../../../electron/base/log.ts';
import { openJournal } from '../../../electron/orders/open-journal.ts';
import { MIGRATIONS } from '../../../electron/orders/journal/sqlite-journal.ts';
import { bigJournal, BEFORE_SEARCH } from '../../support/orders/big-journal.ts';
import { temporaryFolder } from '../../support/command.ts';

const WORKER = resolve(import.meta.dirname, '../../../electron/app/journal/journal-check-worker.ts');
const NOW_MS = Date.UTC(2026, 10, 24);
/** So many orders take more bytes than the smallest long journal. */
const MANY = 40_000;

let folder: string;
/** A long journal of an older version, for all tests. */
let long: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'facepay-long-journal-'));
  long = join(folder, 'journal.sqlite');
  bigJournal(long, MANY, NOW_MS);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

let profile: Profile;
let path: string;
beforeEach(() => {
  profile = profileIn(temporaryFolder());
  path = profile.journal('practice');
  mkdirSync(dirname(path), { recursive: true });
});

const check = (): Promise<boolean> => checkInThread(profile, WORKER, silentLog)('practice', NOW_MS);
const version = (): unknown => {
  const db = new DatabaseSync(path, { readOnly: true });
  const row = db.prepare('PRAGMA user_version').get();
  db.close();
  return row?.['user_version'];
};

it('brings a long journal of an older version up to date, and it then opens without being read again', async () => {
  copyFileSync(long, path);
  expect(version()).toBe(BEFORE_SEARCH);
  expect(await check()).toBe(true);
  expect(version()).toBe(MIGRATIONS.length);
  const opened = openJournal(path, 'practice', NOW_MS, auditKeyOf(profile), { checked: true });
  expect(opened.ok && opened.value.damage.now()).toBeNull();
  if (opened.ok) opened.value.journal.close();
});

it('leaves a short journal, and one that does not exist yet, to the process that opens it', async () => {
  expect(await check()).toBe(false);
  bigJournal(path, 10, NOW_MS);
  expect([await check(), version()]).toEqual([false, BEFORE_SEARCH]);
});

it('does not vouch for a damaged one, and sets nothing aside itself', async () => {
  copyFileSync(long, path);
  const { size } = statSync(path);
  const file = openSync(path, 'r+');
  for (let at = 8_192; at < size; at += 65_536) writeSync(file, Buffer.alloc(4_096, 0x5a), 0, 4_096, at);
  closeSync(file);
  expect(await check()).toBe(false);
  expect(statSync(path).size).toBeGreaterThanOrEqual(size);
  expect(openJournal(path, 'practice', NOW_MS, auditKeyOf(profile))).toEqual({ ok: false, error: 'damaged' });
});

it('reports nothing as sound that its thread could not read', async () => {
  copyFileSync(long, path);
  expect(await checkInThread(profile, `${WORKER}.none`, silentLog)('practice', NOW_MS)).toBe(false);
});
