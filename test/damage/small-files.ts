/**
 * The small files of a profile beside its journal and keys: cashiers, course, local API, self-test, updates. The
 * product's own code makes the files of a shop. After the app's start the test judges which damage had to be reported.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, sep } from 'node:path';
import { profileIn, type Profile } from '../../electron/app/settings/profile.ts';
import { terminalHost } from '../../electron/app/self-test/host-check.ts';
import { inspectionOrTrouble } from '../../electron/app/self-test/journal-inspection.ts';
import { selfTestService } from '../../electron/app/self-test/self-test-service.ts';
import { createStaffService } from '../../electron/app/staff/staff-service.ts';
import { settingsStore } from '../../electron/app/settings/settings-store.ts';
import type { Clock } from '../../electron/base/clock.ts';
import { silentLog } from '../../electron/base/log.ts';
import { openServices } from '../../electron/app/open-services.ts';
import { signedOn, unnamedRoster } from '../../electron/staff/roster.ts';
import { recordOf, withDone, withRecord } from '../../electron/staff/training.ts';
import { openKeptReleases, sha512Of } from '../../electron/updates/kept-releases.ts';
import { makeManifest, type Release } from '../../electron/updates/manifest.ts';
import { openRecord } from '../../electron/updates/record.ts';
import type { Trial } from '../../electron/updates/trial.ts';
import { updatePaths } from '../../electron/updates/update-paths.ts';
import { changeUpdateSettings } from '../../electron/updates/update-settings.ts';
import type { Notice } from '../../shared/ipc.ts';
import type { SelfTestLine } from '../../shared/self-test/self-test.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { releaseKeys } from '../support/terminal/update-feed.ts';
import { RUNNING, type StartedApp } from './app-start.ts';

const BEFORE = '0.9.0';
const TECHNICIAN = { who: 'screen', role: 'technician' } as const;

const got = <Value>(result: Result<Value, unknown>): Value => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

/**
 * Adds to a profile that is set up: two cashiers of whom one serves, the course, the local API with a token, a
 * self-test, an update on trial.
 */
export async function writeSmallFiles(folder: string, clock: Clock): Promise<void> {
  const profile = profileIn(folder);
  const store = settingsStore(profile, '');
  const nothing = (): void => undefined;
  const { roster, training } = createStaffService({ profile, store, clock, note: nothing, onChange: nothing });
  const { wallMs } = clock.read();
  got(roster.change(got(signedOn({ ...unnamedRoster, names: ['王芳', '李强'], on: null }, '王芳', wallMs))));
  const record = withDone(recordOf(training.now(), '王芳'), 'goes-well', wallMs, 60_000);
  got(training.change(withRecord(training.now(), record, roster.now())));

  const services = got(
    await openServices({
      profile,
      store,
      clock,
      log: silentLog,
      onChange: nothing,
      onStage: nothing,
      onNotice: nothing,
    }),
  );
  got(await services.pos.switchTo({ enabled: true, port: await freePort() }));
  got(services.pos.renewToken());
  await services.close(0);

  const selfTest = selfTestService({
    profile,
    store,
    clock,
    log: silentLog,
    version: RUNNING,
    host: terminalHost(process.versions.node),
    inspectJournal: (root, environment) => Promise.resolve(inspectionOrTrouble(root, environment)),
    practice: () => Promise.resolve(null),
    onLine: nothing,
    note: nothing,
    print: () => Promise.resolve(fail('not-printed')),
  });
  got(
    await selfTest.run(
      { width: 1_280, height: 800, pixelRatio: 1, touchPoints: 5, drawsChinese: true, corners: null },
      TECHNICIAN,
    ),
  );
  await layUpdates(profile, clock);
}

/** The running version is on trial, and the one before it is ready to be restored. */
async function layUpdates(profile: Profile, clock: Clock): Promise<void> {
  const paths = updatePaths(profile.updates);
  const keys = releaseKeys();
  const { wallMs } = clock.read();
  got(
    changeUpdateSettings(
      paths.settings,
      { url: 'https://updates.example.cn/kiosk', publicKeyPem: keys.publicKeyPem },
      wallMs,
    ),
  );
  const kept = openKeptReleases(paths.kept, { ending: 'AppImage', arch: 'x64' });
  const name = `facepay-kiosk-${BEFORE}-x64.AppImage`;
  const draft = kept.draft(BEFORE);
  writeFileSync(draft, 'the app as it was before');
  const file = { name, sha512: await sha512Of(draft), size: 24 };
  const release: Release = {
    facepayUpdate: 1,
    channel: 'latest',
    version: BEFORE,
    minimumVersion: '0.0.0',
    releasedAt: new Date(wallMs).toISOString(),
    stagingPercentage: 100,
    files: [file],
  };
  kept.keep(got(makeManifest(release, keys.privateKeyPem)), release, file, draft);
  const trial: Trial = { at: 'proving', from: BEFORE, to: RUNNING, startedAtMs: wallMs, failsBefore: [], starts: 1 };
  got(openRecord(paths.record, wallMs).change({ trial, newestReleasedAtMs: wallMs }));
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        resolve(address !== null && typeof address === 'object' ? address.port : 0);
      });
    });
  });

/** The part of a harm that the reports depend on. `both`: the file and its copy alike. */
export interface Harmed {
  readonly file: string;
  readonly how: string;
  readonly both: boolean;
}

const isOf = (name: string, file: string): boolean => name === file || name === `${file}.kept`;
/** A file that belongs neither to the journal nor to the keys, or the copy of such a file. */
export const isSmallFile = (file: string): boolean =>
  file === 'self-test.json' ||
  file.startsWith('updates') ||
  ['crew.json', 'training.json', 'pos-api.json'].some((fileName) => isOf(file, fileName));

const RECORD = join('updates', 'record.json');

/** The files that alone hold their content. All others are derived, fetched again, or kept twice. */
const SAID: Readonly<Record<string, { readonly notices: readonly Notice['code'][]; readonly hasCopy: boolean }>> = {
  'pins.json': { notices: ['pins-unreadable'], hasCopy: false },
  'crew.json': { notices: ['crew-unreadable', 'crew-set-aside'], hasCopy: true },
  'pos-api.json': { notices: ['pos-settings-unreadable'], hasCopy: true },
  'training.json': { notices: [], hasCopy: true },
  [join('updates', 'settings.json')]: { notices: [], hasCopy: true },
  [RECORD]: { notices: [], hasCopy: false },
};
const CODES = Object.values(SAID).flatMap(({ notices }) => notices);
const OF_FILES: readonly Notice['code'][] = [...CODES, 'files-gone', 'settings-restored'];

/** Which reports about the harmed files are missing at the start, and which are needless. */
export function wronglySaid({ file, how, both }: Harmed, app: StartedApp): string[] {
  if (!app.opened.ok) return [];
  const stand = app
    .notices()
    .map(({ code }) => code)
    .filter((code) => OF_FILES.includes(code));
  if (file === 'settings.json') return settingsSaid({ file, how, both }, stand);
  const said = SAID[file];
  const wolves = stand
    .filter((code) => said?.notices.includes(code) !== true)
    .map((code) => `says ${code} of another file`);
  const { verdict, code, figures } = app.files();
  const line = `self-test line: ${verdict} ${code} ${JSON.stringify(figures)}`;
  const spoils = how === 'empty' || how === 'overwritten' || how === 'unreadable';
  // With a whole copy, or for derived files, nothing is reported; a file that exists and cannot be read is reported all
  // the same.
  if (said !== undefined && how === 'missing' && (both || !said.hasCopy)) return goneSaid(file, stand, app.files());
  const isLost = said !== undefined && spoils && (both || !said.hasCopy || how === 'unreadable');
  if (!isLost)
    return [
      ...wolves,
      ...(stand.length > 0 ? [`cries ${stand.join()}`] : []),
      ...(code === 'unreadable' ? [line] : []),
    ];
  const isTold = stand.length > 0 || app.logged().some((words) => words.includes(file));
  // With its copy, port and token are known: till software works, and the self-test says what is wrong with the file.
  const needsNotice = said.notices.length > 0 && !(file === 'pos-api.json' && how === 'unreadable' && !both);
  return [
    ...wolves,
    ...(needsNotice && stand.length === 0 ? ['no notice'] : []),
    ...(isTold || code === 'unreadable' ? [] : ['neither a notice, nor a line of the log or the self-test']),
  ];
}

/** A file that was here and is gone with its copy is named: on the screen, and by the self-test until it is read. */
function goneSaid(file: string, stand: readonly Notice['code'][], { code, figures }: SelfTestLine): string[] {
  const wanted = file === 'pins.json' ? 'pins-unreadable' : 'files-gone';
  // The app begins its record of updates anew at once, so only the notice names it.
  const isNamed = file === RECORD || (code === 'gone' && figures['files'] === file.replaceAll(sep, '/'));
  return [
    ...(stand.join() === wanted ? [] : [`says ${stand.join()} instead of ${wanted}`]),
    ...(isNamed ? [] : [`self-test line: ${code}`]),
  ];
}

function settingsSaid({ how, both }: Harmed, stand: readonly Notice['code'][]): string[] {
  const isGone = how === 'missing' || how === 'empty' || how === 'overwritten';
  if (isGone && both) return ['practises, or lives, without settings'];
  return isGone === stand.includes('settings-restored')
    ? []
    : [isGone ? 'does not say settings-restored' : `cries ${stand.join()}`];
}

/** What people do at the till and in the back office on that day; no act may overwrite what could not be read. */
export async function workedWith({ opened, staff, updates }: StartedApp, clock: Clock): Promise<void> {
  if (!opened.ok) return;
  const { roster, training } = staff;
  const now = roster.now();
  const next = now.on === null ? signedOn(now, now.names[0] ?? null, clock.read().wallMs) : ok({ ...now, on: null });
  if (next.ok) roster.change(next.value);
  roster.change({ ...roster.now(), names: [...roster.now().names, '赵云'] });
  training.change(withRecord(training.now(), recordOf(training.now(), null), roster.now()));
  const { enabled, port } = opened.value.pos.status();
  await opened.value.pos.switchTo({ enabled, port });
  await updates.set({ ...(await updates.view()).choice, fromMinute: 60 }, 'technician');
}

/** Whether the old content of `file` is still somewhere in its folder. `text`: the old content. */
export function isKeptSomewhere(root: string, file: string, text: Buffer): boolean {
  const folder = dirname(join(root, file));
  if (!existsSync(folder)) return false;
  return readdirSync(folder, { withFileTypes: true }).some(
    (entry) => entry.isFile() && readFileSync(join(folder, entry.name)).equals(text),
  );
}
