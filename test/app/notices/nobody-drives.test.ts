/**
 * Open orders that no process drives: the notice of the app, the line of the command and the line of the self-test,
 * over one profile.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { driverCheck } from '../../../electron/app/self-test/driver-check.ts';
import { profileIn, type Profile } from '../../../electron/app/settings/profile.ts';
import { settingsStore } from '../../../electron/app/settings/settings-store.ts';
import { silentLog } from '../../../electron/base/log.ts';
import { writeHolder } from '../../../electron/orders/engine/lock-holder.ts';
import { openServices } from '../../../electron/app/open-services.ts';
import type { Services } from '../../../electron/app/core/services.ts';
import { orders } from '../../../electron/cli/commands.ts';
import { createOutput } from '../../../electron/cli/output.ts';
import { DRIVER_SILENT_MS } from '../../../shared/timing.ts';
import { noticeSchema, type Notice } from '../../../shared/ipc.ts';
import { ALL_ORDERS } from '../../../electron/orders/search/order-search.ts';
import { elsewhere } from '../../support/orders/engine-world.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { journalProcess } from '../../support/orders/journal-processes.ts';

let folder: string;
let profile: Profile;
let clock: FakeClock;
let services: Services;
const notices: Notice[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'facepay-nobody-'));
  profile = profileIn(folder);
  clock = new FakeClock();
  notices.length = 0;
  const opened = await openServices({
    profile,
    store: settingsStore(profile, ''),
    clock,
    log: silentLog,
    program: 'app',
    onChange: () => undefined,
    onStage: () => undefined,
    onNotice: (notice) => notices.push(noticeSchema.parse(notice)),
  });
  if (!opened.ok) throw new Error(opened.error.code);
  services = opened.value;
});
afterEach(async () => {
  const closing = services.close(0);
  await clock.advance(0);
  await closing;
  rmSync(folder, { recursive: true, force: true });
});

const pass = async (ms: number): Promise<void> => {
  for (let passedMs = 0; passedMs < ms; passedMs += 1_000) await clock.advance(1_000);
};

async function stuckLines(json: boolean): Promise<string[]> {
  const out: string[] = [];
  const output = createOutput({ out: (line) => out.push(line), err: (line) => out.push(line) }, json);
  const listing = orders(
    { profile, passphrase: '', clock, output },
    { name: 'orders', stuck: true, filter: ALL_ORDERS, limit: 10 },
  );
  await pass(DRIVER_SILENT_MS);
  expect(await listing).toBe(0);
  return out;
}

test('another process that holds the leader lock and stands still is said on the screen after ten seconds, by the command at once, and it is over when it goes', async () => {
  const lockPath = profile.leaderLock('practice');
  const holder = journalProcess('drive', lockPath);
  expect(await holder.said()).toBe('ready');
  const since = clock.read();
  writeHolder(lockPath, { pid: holder.pid, program: 'command', since, alive: since });
  services.engine.start();
  await pass(60_000);
  expect(notices, 'nothing is under way').toEqual([]);
  expect(services.engine.register(elsewhere('order-1', clock)).ok).toBe(true);
  expect(services.engine.tell('order-1', { type: 'cancel-tapped', by: 'manager' }).ok).toBe(true);
  await pass(DRIVER_SILENT_MS - 1_000);
  expect(notices).toEqual([]);
  await pass(2_000);
  expect(notices).toEqual([
    { code: 'nobody-drives', on: true, detail: expect.stringContaining(`PID ${String(holder.pid)}, command, since`) },
  ]);
  expect((await stuckLines(false)).at(-1)).toMatch(
    new RegExp(`^NOBODY GOES ON WITH THEM: PID ${String(holder.pid)}, command`),
  );
  expect(JSON.parse((await stuckLines(true)).at(-1) ?? '')).toMatchObject({
    type: 'driver',
    state: 'silent',
    pid: holder.pid,
    program: 'command',
  });
  await holder.kill();
  await pass(2_000);
  expect(notices.at(-1)).toEqual({ code: 'nobody-drives', on: false, detail: null });
  expect(services.engine.isDriving()).toBe(true);
});

test('a lock file of garbage keeps nobody from driving', async () => {
  writeFileSync(profile.leaderLock('practice'), 'garbage'.repeat(1_000));
  services.engine.start();
  expect(services.engine.isDriving()).toBe(true);
  expect(services.engine.register(elsewhere('order-1', clock, 0)).ok).toBe(true);
  expect(services.engine.tell('order-1', { type: 'cancel-tapped', by: 'manager' }).ok).toBe(true);
  expect((await stuckLines(true)).map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { type: 'order' },
    { type: 'driver', state: 'drives', pid: process.pid, program: 'app' },
  ]);
});

test('the self-test says it of orders under way alone', () => {
  const at = { wallMs: 0, monoMs: 0, run: '' };
  const holder = { pid: 4, program: 'app', since: at, alive: at } as const;
  const verdicts = [
    driverCheck(0, { state: 'nobody' }),
    driverCheck(2, { state: 'drives', holder }),
    driverCheck(2, { state: 'nobody' }),
    driverCheck(2, { state: 'silent', holder }),
    driverCheck(2, { state: 'silent', holder: null }),
    driverCheck(2, { state: 'unusable', why: 'io' }),
    driverCheck(null, { state: 'nobody' }),
  ].map(({ verdict, code }) => `${verdict} ${code}`);
  expect(verdicts).toEqual([
    'ok nothing-open',
    'ok drives',
    'fail nobody',
    'fail silent',
    'fail silent-unknown',
    'fail lock-unusable',
    'skipped untold',
  ]);
});
