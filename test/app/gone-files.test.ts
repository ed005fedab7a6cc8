/** Files of a profile that are gone together with their copies: none of them is taken for a fresh start. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { openServices } from '../../electron/app/open-services.ts';
import { filesCheck } from '../../electron/app/self-test/files-check.ts';
import { inspectionOrTrouble } from '../../electron/app/self-test/journal-inspection.ts';
import { journalCheck } from '../../electron/app/self-test/journal-checks.ts';
import { missedFiles } from '../../electron/app/settings/gone-files.ts';
import { profileIn, type Profile } from '../../electron/app/settings/profile.ts';
import { settingsStore } from '../../electron/app/settings/settings-store.ts';
import { setupPins } from '../../electron/app/setup/setup-pins.ts';
import { isFresh } from '../../electron/app/setup/setup-state.ts';
import { createMoneyGate } from '../../electron/app/stuck/money-gate.ts';
import { stuckHandlers } from '../../electron/app/stuck/stuck-handlers.ts';
import { goneFilesNotice, type GoneFiles } from '../../electron/app/notices/gone-files-notice.ts';
import type { Services } from '../../electron/app/core/services.ts';
import { silentLog } from '../../electron/base/log.ts';
import { unnamedRoster } from '../../electron/staff/roster.ts';
import { noSheets, sheetsSchema } from '../../electron/staff/shift-sheets.ts';
import { writeStaffFile } from '../../electron/staff/staff-file.ts';
import { noTraining } from '../../electron/staff/training.ts';
import { writePosSettings, switchedOff } from '../../electron/pos/pos-settings.ts';
import { openRecord } from '../../electron/updates/record.ts';
import { updatePaths } from '../../electron/updates/update-paths.ts';
import { changeUpdateSettings } from '../../electron/updates/update-settings.ts';
import type { Notice } from '../../shared/ipc.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { ownFolder, staffIn } from '../support/terminal/staff.ts';

const MANAGER = { who: 'screen', role: 'manager' } as const;
const PIN = '482915';

let profile: Profile;
let notices: Notice[];
const store = (): ReturnType<typeof settingsStore> => settingsStore(profile, '');

async function opened(): Promise<Services> {
  notices = [];
  const services = await openServices({
    profile,
    store: store(),
    clock: new FakeClock(),
    log: silentLog,
    program: 'app',
    keeper: { provenAs: () => null },
    onChange: () => undefined,
    onStage: () => undefined,
    onNotice: (notice) => notices.push(notice),
  });
  return unwrap(services);
}
const read = (services: Services): unknown => {
  const acknowledge = stuckHandlers(createMoneyGate())['manager.acknowledge-damage'];
  return typeof acknowledge === 'function' ? acknowledge(services, {}, MANAGER) : null;
};

/** What the app does with the files at its start. */
function started(): GoneFiles {
  notices = [];
  return goneFilesNotice(profile, missedFiles(profile), { byApp: () => undefined, note: () => undefined }, (notice) =>
    notices.push(notice),
  );
}
const files = (): string => {
  const { verdict, code, figures } = filesCheck(profile, false);
  return [verdict, code, ...Object.values(figures)].join(' ');
};
const lose = (path: string): void => {
  for (const each of [path, `${path}.kept`]) rmSync(each, { recursive: true, force: true });
};

/** One of each file that this knowledge is about, apart from PINs and journals. */
function writeFiles(): void {
  const staff = staffIn(profile.folder);
  expect([
    staff.roster.change({ ...unnamedRoster, names: ['王芳'] }).ok,
    staff.training.change(noTraining).ok,
    store().setTerminal({ ...unwrap(store().settings()).terminal, language: 'en' }).ok,
    writePosSettings(profile.posApi, switchedOff, 1).ok,
    changeUpdateSettings(updatePaths(profile.updates).settings, { url: 'https://updates.example.cn/kiosk' }, 1).ok,
    openRecord(updatePaths(profile.updates).record, 1).change({ newestReleasedAtMs: 1 }).ok,
    writeStaffFile(profile.shiftSheets('practice'), sheetsSchema, noSheets, 1).ok,
  ]).toEqual(Array.from({ length: 7 }, () => true));
}
const NAMES =
  'settings.json, crew.json, training.json, pos-api.json, updates/settings.json, updates/record.json, practice/shift-sheets.json';
const losable = (): readonly string[] => [
  profile.settings,
  profile.roster,
  profile.training,
  profile.posApi,
  updatePaths(profile.updates).settings,
  updatePaths(profile.updates).record,
  profile.shiftSheets('practice'),
];

beforeEach(() => {
  profile = profileIn(ownFolder());
  writeFiles();
  started();
});

const unwrap = <Value>(result: { readonly ok: true; readonly value: Value } | { readonly ok: false }): Value => {
  if (!result.ok) throw new Error('not ok');
  return result.value;
};

it('says nothing of a profile that is whole', () => {
  started();
  expect([notices, files()]).toEqual([[], 'ok readable']);
});

it.each([
  ['settings.json', () => profile.settings],
  ['crew.json', () => profile.roster],
  ['training.json', () => profile.training],
  ['pos-api.json', () => profile.posApi],
  ['updates/settings.json', () => updatePaths(profile.updates).settings],
  ['updates/record.json', () => updatePaths(profile.updates).record],
  ['practice/shift-sheets.json', () => profile.shiftSheets('practice')],
])(
  '%s that is gone with its copy is named at every start and in the self-test, until a manager has read it',
  async (name, pathOf) => {
    lose(pathOf());
    started();
    started();
    expect([notices, files()]).toEqual([[{ code: 'files-gone', on: true, detail: name }], `fail gone ${name}`]);
    const services = await opened();
    services.goneFiles.acknowledge(MANAGER);
    await services.close(0);
    expect(notices.at(-1)).toEqual({ code: 'files-gone', on: false, detail: null });
    started();
    expect([notices, files()]).toEqual([[], 'ok readable']);
  },
);

it('what is put back or entered again is missed no longer, and missed again when it goes', () => {
  lose(profile.roster);
  expect(staffIn(profile.folder).roster.change({ ...unnamedRoster, names: ['李强'] }).ok).toBe(true);
  started();
  expect([notices, files()]).toEqual([[], 'ok readable']);
  lose(profile.roster);
  expect(files()).toBe('fail gone crew.json');
});

it('PINs that are gone are no invitation to choose the first ones, nor to set the terminal up', async () => {
  const staff = staffIn(profile.folder);
  expect((await staff.setPin({ role: 'technician', pin: PIN })).ok).toBe(true);
  rmSync(profile.pins);
  const later = staffIn(profile.folder);
  expect(await later.setPin({ role: 'technician', pin: '730952' })).toEqual({ ok: false, error: 'pins-unreadable' });
  expect(later.view()).toMatchObject({ trouble: 'gone', pins: { technician: { set: true, maySet: 'no' } } });
  expect(isFresh({ store: store(), pins: setupPins(profile) })).toBe(false);
  expect(files()).toBe('fail gone pins.json');
});

it('a journal whose whole folder is gone is begun anew aloud, the self-test names it, and what a manager has read is missed no more', async () => {
  await (await opened()).close(0);
  lose(dirname(profile.journal('practice')));
  expect(journalCheck(inspectionOrTrouble(profile.folder, 'practice'))).toMatchObject({
    verdict: 'fail',
    code: 'damaged',
  });
  lose(profile.roster);
  const services = await opened();
  const codes = notices.map(({ code }) => code);
  expect(read(services)).toMatchObject({ ok: true });
  await services.close(0);
  expect(codes).toEqual(['journal-was-missing', 'files-gone']);
  expect(notices.filter(({ on }) => !on).map(({ code }) => code)).toEqual(['files-gone', 'journal-was-missing']);
});

it('without settings, the knowledge of a journal of real money keeps a terminal from practising', () => {
  lose(profile.settings);
  writeFileSync(join(profile.folder, 'known-files.json'), JSON.stringify({ v: 1, names: ['live/journal.sqlite'] }));
  expect(store().settings()).toEqual({ ok: false, error: 'settings-missing' });
});

it('what was made since the start and goes with its copy is missed, though the app never came to its end', () => {
  profile = profileIn(ownFolder());
  started();
  writeFiles();
  for (const path of losable()) lose(path);
  started();
  expect([notices, files()]).toEqual([[{ code: 'files-gone', on: true, detail: NAMES }], `fail gone ${NAMES}`]);
});

it('a roster that was made in the last second before a power cut is missed when it goes, and so is the first journal', async () => {
  profile = profileIn(ownFolder());
  const app = spawn(process.execPath, ['--input-type=module', '-e', ONE_EVENING, profile.folder], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  expect(await once(app, 'exit')).toEqual([null, 'SIGKILL']);
  lose(profile.roster);
  lose(dirname(profile.journal('practice')));
  const services = await opened();
  await services.close(0);
  expect(notices.map(({ code, detail }) => [code, detail]).slice(0, 2)).toEqual([
    ['journal-was-missing', expect.anything()],
    ['files-gone', 'crew.json'],
  ]);
});

const moduleOf = (path: string): string => JSON.stringify(new URL(`file://${resolve('electron', path)}`).href);

/** Another process's: the app starts for the first time, a cashier is entered, and the power fails. */
const ONE_EVENING = `
  const { openServices } = await import(${moduleOf('app/open-services.ts')});
  const { profileIn } = await import(${moduleOf('app/settings/profile.ts')});
  const { settingsStore } = await import(${moduleOf('app/settings/settings-store.ts')});
  const { systemClock } = await import(${moduleOf('base/clock.ts')});
  const { silentLog } = await import(${moduleOf('base/log.ts')});
  const { openRosterStore } = await import(${moduleOf('staff/roster-store.ts')});
  const { unnamedRoster } = await import(${moduleOf('staff/roster.ts')});
  const profile = profileIn(process.argv[1]);
  const quiet = () => undefined;
  const keeper = { provenAs: () => null };
  await openServices({ profile, store: settingsStore(profile, ''), clock: systemClock(), log: silentLog, program: 'app', keeper,
    onChange: quiet, onStage: quiet, onNotice: quiet });
  openRosterStore(profile.roster, 1).change({ ...unnamedRoster, names: ['王芳'] });
  process.kill(process.pid, 'SIGKILL');
`;
