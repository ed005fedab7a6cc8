/**
 * A terminal that could not be opened: real files, a real process that holds them, and a clock that the test advances.
 */
import { mkdirSync, mkdtempSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { OPEN_RETRY_MS } from '../../../shared/timing.ts';
import { auditKeyOf } from '../../../electron/app/audit/audit-trail.ts';
import { profileIn, type Profile } from '../../../electron/app/settings/profile.ts';
import { runTerminal, type RunningTerminal } from '../../../electron/app/core/running-terminal.ts';
import { settingsStore } from '../../../electron/app/settings/settings-store.ts';
import type { Log } from '../../../electron/base/log.ts';
import { openJournal } from '../../../electron/orders/open-journal.ts';
import { openServices } from '../../../electron/app/open-services.ts';
import { elsewhere } from '../../support/orders/engine-world.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { journalProcess } from '../../support/orders/journal-processes.ts';

let folder: string;
let profile: Profile;
let clock: FakeClock;
let running: RunningTerminal;
let logged: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'facepay-start-'));
  profile = profileIn(folder);
  clock = new FakeClock();
  logged = [];
});
afterEach(async () => {
  const closing = running.close();
  await clock.advance(0);
  await closing;
  rmSync(folder, { recursive: true, force: true });
});

function begin(): void {
  const line = (_fields: object, message: string): void => void logged.push(message);
  const log: Log = { info: line, warn: line, error: line };
  const store = settingsStore(profile, '');
  running = runTerminal({
    open: () =>
      openServices({
        profile,
        store,
        clock,
        log,
        program: 'app',
        lockWaitMs: 0,
        onChange: () => undefined,
        onStage: () => undefined,
        onNotice: () => undefined,
      }),
    begin: ({ engine }) => {
      engine.start();
    },
    closeWithinMs: 0,
    clock,
    log,
  });
}

const problem = async (): Promise<string> => {
  const opened = await running.opening;
  return opened.ok ? 'open' : `${opened.error.part}:${opened.error.code}`;
};

/**
 * Tries until the terminal is open, at most this often. Opening takes real time: certificates are made for practice.
 */
async function tries(most: number): Promise<string> {
  for (let n = 0; n < most && (await problem()) !== 'open'; n += 1) {
    const before = running.opening;
    await clock.advance(OPEN_RETRY_MS);
    for (let waits = 0; running.opening === before && waits < 500; waits += 1)
      await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return problem();
}

/** A journal with one armed cancel, which no process has open. */
function armed(): void {
  const opened = openJournal(profile.journal('practice'), 'practice', clock.read().wallMs, auditKeyOf(profile));
  if (!opened.ok) throw new Error(opened.error);
  opened.value.journal.close();
}

test('a journal that another program holds at the start is tried again by itself, said once, and its pending cancel goes on without anybody', async () => {
  armed();
  begin();
  await running.opening;
  const first = await running.opening;
  if (!first.ok) throw new Error(first.error.code);
  const order = elsewhere('order-1', clock, 0);
  expect(first.value.engine.register(order).ok).toBe(true);
  expect(first.value.engine.tell('order-1', { type: 'cancel-tapped', by: 'manager' }).ok).toBe(true);
  expect(first.value.journal.load('order-1')?.order.phase.name).toBe('armed');
  const closing = running.close();
  await clock.advance(0);
  await closing;

  const holder = journalProcess('hold', profile.journal('practice'));
  await holder.said();
  holder.go();
  expect(await holder.said()).toBe('held');
  begin();
  expect(await problem()).toBe('journal:busy');
  expect(await tries(5)).toBe('journal:busy');
  expect(logged.filter((line) => line === 'the terminal could not be opened')).toHaveLength(1);
  holder.go();
  await holder.ended();
  expect(await tries(1)).toBe('open');
  const opened = await running.opening;
  if (!opened.ok) throw new Error(opened.error.code);
  expect(opened.value.engine.isDriving()).toBe(true);
  await clock.advance(20_000);
  expect(opened.value.journal.load('order-1')?.order.phase.name).not.toBe('armed');
});

test.each([
  ['settings', (): string => profile.settings, 'settings:io'],
  ['a practice ledger', (): string => profile.practiceLedger, 'practice:io'],
])(
  '%s that cannot be read for a moment is tried again, and nothing of the journal stays open meanwhile',
  async (_what, pathOf, said) => {
    mkdirSync(join(folder, 'practice'));
    mkdirSync(pathOf());
    begin();
    expect(await problem()).toBe(said);
    expect(await tries(2)).toBe(said);
    rmdirSync(pathOf());
    expect(await tries(1)).toBe('open');
  },
);

test('what needs somebody is not tried again', async () => {
  writeFileSync(profile.settings, '{"half":');
  begin();
  expect(await problem()).toBe('settings:damaged');
  expect(clock.pending).toBe(0);
});

test('closing ends the tries', async () => {
  mkdirSync(profile.settings);
  begin();
  expect(await problem()).toBe('settings:io');
  expect(clock.pending).toBe(1);
  await running.close();
  expect(clock.pending).toBe(0);
});

test('a change of the set-up waits for a try that is under way, and opens the terminal itself', async () => {
  mkdirSync(profile.settings);
  begin();
  expect(await problem()).toBe('settings:io');
  await clock.advance(OPEN_RETRY_MS);
  const changed = await running.reopen(
    () => null,
    () => {
      rmdirSync(profile.settings);
      return Promise.resolve({ ok: true, value: { undo: () => undefined } });
    },
  );
  expect(changed).toMatchObject({ ok: true, value: { how: 'changed' } });
  expect(await problem()).toBe('open');
});

test.each([
  ['of zero length', ''],
  ['that was cut off', '{"version":1,"orders":['],
])('a practice ledger %s is put aside, and practice goes on', async (_what, text) => {
  mkdirSync(dirname(profile.practiceLedger));
  writeFileSync(profile.practiceLedger, text);
  begin();
  expect(await problem()).toBe('open');
  expect(
    readdirSync(dirname(profile.practiceLedger)).filter((name) => name.startsWith('ledger.json.damaged-')),
  ).toHaveLength(1);
});
