/**
 * Updates during the app's life: checks the feed, stores what it finds, installs in a quiet hour, and proves a new
 * version or puts the old one back.
 */
import type { LookResult, UpdateChoice, UpdateView } from '../../shared/contract/updates.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { UPDATE_FIRST_LOOK_MS, UPDATE_LOOK_MS, UPDATE_SILENCE_MS, UPDATE_TRY_MS } from '../../shared/timing.ts';
import { createPeriodicTasks } from './periodic-tasks.ts';
import type { FeedClient, FeedClientParts } from './feed-client.ts';
import type { fetchRelease } from './fetch-release.ts';
import { beijingMinute, nextWindow } from './hours.ts';
import { lookAtFeed, type Looked } from './look.ts';
import { keyIdOf } from './manifest.ts';
import type { Install } from './install.ts';
import { readyRelease, type ReadyRelease, type ReadyReleaseParts } from './ready-release.ts';
import type { UpdateRecord } from './record.ts';
import { createTrialRun, type Health, type UpdateNote } from './trial-run.ts';
import { openUpdateFiles, type UpdateFiles, type UpdateFilesParts } from './update-files.ts';
import { choiceOf, writeUpdateSettings } from './update-settings.ts';

export interface UpdateControllerParts<Person> extends Health, UpdateFilesParts, ReadyReleaseParts {
  readonly version: string;
  readonly note: UpdateNote<Person>;
  readonly install: Install;
  /** Called once an installer has started. */
  readonly quit: () => void;
  readonly openClient: (parts: Omit<FeedClientParts, 'connect'>) => Promise<FeedClient> | FeedClient;
  readonly fetch: typeof fetchRelease;
}

export interface UpdateController<Person> {
  view(): Promise<UpdateView>;
  look(by: Person): Promise<Result<UpdateView, 'already-running'>>;
  set(choice: UpdateChoice, by: Person): Promise<Result<UpdateView, 'not-saved'>>;
  /** To be called once at the app's start: continues a trial that is under way, then checks and installs by itself. */
  start(): Promise<void>;
  close(): void;
}

export function createUpdateController<Person>(parts: UpdateControllerParts<Person>): UpdateController<Person> {
  const { version, clock } = parts;
  const files = openUpdateFiles(parts);
  const { record, kept, source } = files;
  const release = readyRelease(parts, files);
  const trial = createTrialRun({ ...parts, record, keptOf: (wanted) => kept.find(wanted, source().keyPem) });
  const tasks = createPeriodicTasks(clock, parts.log);
  let looking = false;
  let trying = false;

  const look = async (by: Person | null): Promise<void> => {
    if (looking || record.now().trial.at !== 'rest') return;
    looking = true;
    try {
      const before = record.now();
      const found = await looked(parts, files);
      const ready = found.result === 'ready' ? found.version : null;
      writeDown(parts, files, by, before, { ...found, ready });
      await release.learn();
      if (record.now().trial.at === 'rest') kept.keepOnly([version, ...(ready === null ? [] : [ready])]);
    } finally {
      looking = false;
    }
  };

  const tryInstall = async (): Promise<void> => {
    const { ready } = record.now();
    if (ready === null || trying || looking || !(await release.may(true)).may) return;
    trying = true;
    try {
      const failsBefore = await parts.fails();
      const { keyPem } = source();
      const [next, back] = [await kept.find(ready, keyPem), await kept.find(version, keyPem)];
      release.foundWayBack(back !== null);
      // Asked again: checking the files took a while, and a customer may have come.
      if (next === null || !(await release.may(back !== null)).may) return;
      await trial.install(next, version, failsBefore);
    } finally {
      trying = false;
    }
  };

  const view = (): Promise<UpdateView> => viewNow(parts, files, release, looking);
  return {
    view,
    async look(by) {
      if (looking) return fail('already-running');
      record.change({ failed: [] });
      await look(by);
      return ok(await view());
    },
    async set(choice, by) {
      const saved = choose(parts, files, choice, by);
      return saved.ok ? ok(await view()) : saved;
    },
    async start() {
      files.secure();
      if (!(await trial.start(version))) return;
      await release.learn();
      tasks.every('look', UPDATE_FIRST_LOOK_MS, UPDATE_LOOK_MS, () => look(null));
      tasks.every('install', UPDATE_TRY_MS, UPDATE_TRY_MS, tryInstall);
    },
    close() {
      trial.close();
      tasks.stop();
    },
  };
}

async function viewNow<Person>(
  { version, clock }: UpdateControllerParts<Person>,
  files: UpdateFiles,
  release: ReadyRelease,
  looking: boolean,
): Promise<UpdateView> {
  const { way } = files;
  const settings = files.settings();
  const { url, keyPem } = files.source();
  const { lastLook, ready, trial, last } = files.record.now();
  const may = ready === null ? null : await release.may();
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
    trial: trial.at === 'rest' ? null : { at: trial.at, from: trial.from, to: trial.to },
    last,
  };
}

/** One check of the feed, with the present settings. */
async function looked<Person>(parts: UpdateControllerParts<Person>, files: UpdateFiles): Promise<Looked> {
  const { paths, way, kind, record, kept } = files;
  const { enabled, channel, caPem } = files.settings();
  const { url, keyPem } = files.source();
  const nothing = (result: LookResult): Looked => ({ result, version: null, releasedAtMs: null });
  if (!enabled) return nothing('off');
  if (url === null) return nothing('no-feed');
  if (keyIdOf(keyPem) === null || keyPem === null) return nothing('no-key');
  return lookAtFeed({
    version: parts.version,
    channel,
    url,
    keyPem,
    record: record.now(),
    kind,
    way,
    client: await parts.openClient({ caPem, silenceMs: UPDATE_SILENCE_MS, clock: parts.clock }),
    kept,
    downloadFolder: paths.download,
    freeBytes: () => parts.freeBytes(parts.folder),
    fetch: parts.fetch,
  });
}

/** The result of a check. `before`: the record when the check began. */
function writeDown<Person>(
  { clock, note }: UpdateControllerParts<Person>,
  { record }: UpdateFiles,
  by: Person | null,
  before: UpdateRecord,
  { result, version, releasedAtMs, ready }: Looked & { readonly ready: string | null },
): void {
  record.change({
    lastLook: { atMs: clock.read().wallMs, result, version },
    ready,
    newestReleasedAtMs: Math.max(before.newestReleasedAtMs, releasedAtMs ?? 0),
  });
  // Its own checks are so frequent that only a new result is worth an entry.
  if (by !== null || before.lastLook?.result !== result || before.lastLook.version !== version)
    note(by, 'update-looked', result, version);
  if (ready !== null && before.ready !== ready) note(by, 'update-downloaded', 'ok', ready);
}

function choose<Person>(
  { clock, note }: UpdateControllerParts<Person>,
  { paths, settings, record }: UpdateFiles,
  choice: UpdateChoice,
  by: Person,
): Result<null, 'not-saved'> {
  const before = settings();
  const saved = writeUpdateSettings(paths.settings, { ...before, ...choice }, clock.read().wallMs);
  note(
    by,
    'update-set',
    saved.ok ? 'ok' : saved.error,
    `${choice.enabled ? 'on' : 'off'}, ${choice.channel}, ${choice.url ?? 'built-in feed'}`,
  );
  // What the previous feed offered says nothing about this one.
  if (saved.ok && (before.url !== choice.url || before.channel !== choice.channel))
    record.change({ ready: null, lastLook: null, newestReleasedAtMs: 0 });
  return saved;
}
