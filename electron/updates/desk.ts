/** Updates over the app's life: looks, keeps what it finds, installs in a quiet hour, and proves a new version or puts the old one back. */
import type { LookResult, UpdateChoice, UpdateView } from '../../shared/contract/updates.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { UPDATE_FIRST_LOOK_MS, UPDATE_LOOK_MS, UPDATE_SILENCE_MS, UPDATE_TRY_MS } from '../../shared/timing.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { FeedLine, FeedLineParts } from './feed-line.ts';
import type { fetchRelease } from './fetch-release.ts';
import { beijingMinute, nextWindow } from './hours.ts';
import { openKeptReleases } from './kept-releases.ts';
import { installerKindOf, lookAtFeed, type Looked } from './look.ts';
import { keyIdOf } from './manifest.ts';
import { mayInstall, neededBytes, type MayInstall, type ShopFacts } from './may-install.ts';
import type { Install, InstalledAs } from './install.ts';
import { installWayOf } from './install.ts';
import { openRecord, placeOf } from './record.ts';
import { createTrialRun, type Health, type UpdateNote } from './trial-run.ts';
import {
  choiceOf,
  isUpdateSettingsUnreadable,
  readUpdateSettings,
  secureUpdateSettings,
  sourceOf,
  writeUpdateSettings,
  type Surroundings,
} from './update-settings.ts';
import { updatePlaces } from './update-places.ts';

export interface UpdateDeskParts<Person> extends Health {
  /** The profile's folder for updates. */
  readonly folder: string;
  readonly version: string;
  readonly installedAs: InstalledAs;
  readonly arch: string;
  readonly surroundings: Surroundings;
  readonly clock: Clock;
  readonly log: Log;
  /** `null` while the terminal is not open. */
  readonly shop: () => Promise<ShopFacts | null>;
  readonly note: UpdateNote<Person>;
  readonly install: Install;
  /** Called once an installer has begun. */
  readonly quit: () => void;
  readonly openLine: (parts: FeedLineParts) => FeedLine;
  readonly freeBytes: (folder: string) => Promise<number | null>;
  readonly fetch: typeof fetchRelease;
}

export interface UpdateDesk<Person> {
  view(): Promise<UpdateView>;
  look(by: Person): Promise<Result<UpdateView, 'already-running'>>;
  set(choice: UpdateChoice, by: Person): Promise<Result<UpdateView, 'not-saved'>>;
  /** To be called once at the app's start: takes up a trial that is under way, then looks and installs by itself. */
  start(): Promise<void>;
  close(): void;
}

export function createUpdateDesk<Person>(parts: UpdateDeskParts<Person>): UpdateDesk<Person> {
  const { version, clock, log, note, installedAs, arch } = parts;
  const places = updatePlaces(parts.folder);
  const way = installWayOf(installedAs);
  const kind = installerKindOf(way, installedAs.platform, installedAs.appImage !== null, arch);
  const record = openRecord(places.record, clock.read().wallMs);
  if (record.setAside !== null) log.warn({ file: record.setAside }, 'the record of updates was damaged');
  const kept = openKeptReleases(places.kept, kind ?? { ending: 'none', arch });
  const settingsNow = (): ReturnType<typeof readUpdateSettings> => readUpdateSettings(places.settings);
  const sourceNow = (): ReturnType<typeof sourceOf> => sourceOf(settingsNow(), parts.surroundings);
  const trial = createTrialRun({ ...parts, record, keptOf: (wanted) => kept.find(wanted, sourceNow().keyPem) });
  let looking = false;
  let trying = false;
  let stagingPercentage = 100;
  let fileBytes = 0;
  let noWayBack = false;
  const stops = new Map<string, () => void>();
  const every = (name: string, ms: number, nextMs: number, act: () => Promise<void>): void => {
    const again = (): void => {
      void act()
        .catch((error: unknown) => {
          log.error({ error, name }, 'an errand of the updates broke');
        })
        .finally(() => {
          if (stops.has(name)) every(name, nextMs, nextMs, act);
        });
    };
    stops.set(name, clock.after(ms, again));
  };

  const held = async (wayBack: boolean): Promise<MayInstall> => {
    const { enabled, fromMinute, toMinute } = settingsNow();
    const { ready, failed, terminal, trial: now } = record.now();
    return mayInstall({
      enabled,
      way,
      hours: { fromMinute, toMinute },
      minute: beijingMinute(clock.read().wallMs),
      place: placeOf(terminal),
      stagingPercentage,
      failedBefore: ready !== null && failed.includes(ready),
      trialRuns: now.at !== 'rest',
      freeBytes: await parts.freeBytes(parts.folder),
      neededBytes: neededBytes(fileBytes),
      wayBack,
      shop: await parts.shop(),
    });
  };

  const view = async (): Promise<UpdateView> => {
    const settings = settingsNow();
    const { url, keyPem } = sourceNow();
    const { lastLook, ready, trial: now, last } = record.now();
    const may = ready === null ? null : await held(!noWayBack);
    const { wallMs } = clock.read();
    return {
      version,
      choice: choiceOf(settings),
      feed: url,
      keyId: keyIdOf(keyPem),
      way,
      looking,
      lastLook,
      ready: ready === null ? null : { version: ready, hold: may?.may === false ? may.why : null },
      nextWindow:
        settings.enabled && way !== 'not-here' && way !== 'by-hand'
          ? nextWindow(settings, wallMs, beijingMinute(wallMs))
          : null,
      trial: now.at === 'rest' ? null : { at: now.at, from: now.from, to: now.to },
      last,
    };
  };

  const looked = async (): Promise<Looked> => {
    const { enabled, channel, caPem } = settingsNow();
    const { url, keyPem } = sourceNow();
    const nothing = (result: LookResult): Looked => ({ result, version: null, releasedAtMs: null });
    if (!enabled) return nothing('off');
    if (url === null) return nothing('no-feed');
    if (keyIdOf(keyPem) === null || keyPem === null) return nothing('no-key');
    const line = parts.openLine({ caPem, silenceMs: UPDATE_SILENCE_MS, clock });
    const freeBytes = (): Promise<number | null> => parts.freeBytes(parts.folder);
    return lookAtFeed({
      version,
      channel,
      url,
      keyPem,
      record: record.now(),
      kind,
      way,
      line,
      kept,
      downloadFolder: places.download,
      freeBytes,
      fetch: parts.fetch,
    });
  };

  const lookAs = async (by: Person | null): Promise<void> => {
    if (looking || record.now().trial.at !== 'rest') return;
    looking = true;
    try {
      const before = record.now();
      const { result, version: offered, releasedAtMs } = await looked();
      const ready = result === 'ready' ? offered : null;
      record.change({
        lastLook: { atMs: clock.read().wallMs, result, version: offered },
        ready,
        newestReleasedAtMs: Math.max(before.newestReleasedAtMs, releasedAtMs ?? 0),
      });
      // By itself it looks so often that only what is new is worth an entry.
      if (by !== null || before.lastLook?.result !== result || before.lastLook.version !== offered)
        note(by, 'update-looked', result, offered);
      if (ready !== null && before.ready !== ready) note(by, 'update-downloaded', 'ok', ready);
      await learn();
      if (record.now().trial.at === 'rest') kept.keepOnly([version, ...(ready === null ? [] : [ready])]);
    } finally {
      looking = false;
    }
  };

  /** What the manifest of the version that is ready says. */
  const learn = async (): Promise<void> => {
    const { ready } = record.now();
    const here = ready === null ? null : await kept.find(ready, sourceNow().keyPem);
    stagingPercentage = here?.release.stagingPercentage ?? 0;
    fileBytes = here?.file.size ?? 0;
    noWayBack = false;
    if (ready !== null && here === null) record.change({ ready: null });
  };

  const tryInstall = async (): Promise<void> => {
    const { ready } = record.now();
    if (ready === null || trying || looking || !(await held(true)).may) return;
    trying = true;
    try {
      const failsBefore = await parts.fails();
      const { keyPem } = sourceNow();
      const [next, back] = [await kept.find(ready, keyPem), await kept.find(version, keyPem)];
      noWayBack = back === null;
      // Asked again: proving the files took a while, and a customer may have come.
      if (next === null || !(await held(back !== null)).may) return;
      await trial.install(next, version, failsBefore);
    } finally {
      trying = false;
    }
  };

  return {
    view,
    async look(by) {
      if (looking) return fail('already-running');
      record.change({ failed: [] });
      await lookAs(by);
      return ok(await view());
    },
    async set(choice, by) {
      const before = settingsNow();
      const saved = writeUpdateSettings(places.settings, { ...before, ...choice }, clock.read().wallMs);
      note(
        by,
        'update-set',
        saved.ok ? 'ok' : saved.error,
        `${choice.enabled ? 'on' : 'off'}, ${choice.channel}, ${choice.url ?? 'built-in feed'}`,
      );
      // What was found at the feed from before says nothing of this one.
      if (saved.ok && (before.url !== choice.url || before.channel !== choice.channel))
        record.change({ ready: null, lastLook: null, newestReleasedAtMs: 0 });
      return saved.ok ? ok(await view()) : saved;
    },
    async start() {
      if (secureUpdateSettings(places.settings, clock.read().wallMs))
        log.warn(
          { file: places.settings },
          'the settings of updates were gone or damaged and have been put back from their copy',
        );
      if (isUpdateSettingsUnreadable(places.settings))
        log.warn({ file: places.settings }, 'the settings of updates cannot be read, so nothing is looked for');
      if (record.unreadable())
        log.warn({ file: places.record }, 'the record of updates cannot be read, and is not written');
      const goesOn = await trial.start(version);
      if (!goesOn) return;
      await learn();
      every('look', UPDATE_FIRST_LOOK_MS, UPDATE_LOOK_MS, () => lookAs(null));
      every('install', UPDATE_TRY_MS, UPDATE_TRY_MS, tryInstall);
    },
    close() {
      trial.close();
      for (const stop of stops.values()) stop();
      stops.clear();
    },
  };
}
