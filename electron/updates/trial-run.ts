/**
 * Does what the trial (trial.ts) asks for: runs installers, and watches a new version come up. It writes the state
 * first and then acts.
 */
import { UPDATE_PROVE_LOOK_MS, UPDATE_PROVE_MS } from '../../shared/timing.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Install } from './install.ts';
import type { KeptRelease } from './kept-releases.ts';
import type { RecordStore } from './record.ts';
import { isFailure, stepTrial, type TrialEvent, type TrialStep } from './trial.ts';

/** Named as in the audit trail. */
export type UpdateAct =
  'update-looked' | 'update-downloaded' | 'update-set' | 'update-begun' | 'update-ended' | 'update-put-back';

/** `by` is `null` for what the app does by itself. */
export type UpdateNote<Person> = (by: Person | null, act: UpdateAct, outcome: string, about: string | null) => void;

export interface Health {
  /** Journal open, screen loaded. */
  readonly isUp: () => Promise<boolean>;
  /** The names of the self-test's checks that fail now. */
  readonly fails: () => Promise<readonly string[]>;
}

export interface TrialRunParts<Person> extends Health {
  readonly clock: Clock;
  readonly log: Log;
  readonly record: RecordStore;
  /** Its installer, checked again; `null` if there is none. */
  readonly keptOf: (version: string) => Promise<KeptRelease | null>;
  readonly install: Install;
  readonly quit: () => void;
  readonly note: UpdateNote<Person>;
}

export interface TrialRun {
  /** The caller has checked all rules (may-install.ts) just before. */
  install(next: KeptRelease, from: string, failsBefore: readonly string[]): Promise<void>;
  /** Whether the app goes on. `false`: the version before is being put back, and this one quits. */
  start(version: string): Promise<boolean>;
  close(): void;
}

export function createTrialRun<Person>(parts: TrialRunParts<Person>): TrialRun {
  const { clock, record, note } = parts;
  let stopWatch = (): void => undefined;

  return {
    async install(next, from, failsBefore) {
      const { version: to } = next.release;
      const step = take(parts, { type: 'install', from, to, atMs: clock.read().wallMs, failsBefore });
      if (step.effect !== 'run-new') return;
      note(null, 'update-begun', 'ok', `${from} -> ${to}`);
      if ((await parts.install(next)).ok) parts.quit();
      else take(parts, { type: 'not-run' });
    },
    async start(version) {
      const step = take(parts, { type: 'started', version });
      if (step.effect === 'run-previous' && (await runPrevious(parts))) return false;
      const { trial } = record.now();
      if (trial.at === 'proving') stopWatch = watch(parts, trial.failsBefore);
      // A version that could not be put back may work after all. Then a newer version may come.
      if (trial.at === 'stuck') stopWatch = watch(parts, []);
      return true;
    },
    close() {
      stopWatch();
    },
  };
}

/** State first: the step is on disk when this returns, or it was not taken. */
function take<Person>({ clock, log, record, note }: TrialRunParts<Person>, event: TrialEvent): TrialStep {
  const step = stepTrial(record.now().trial, event);
  const { ended } = step;
  const { failed } = record.now();
  const saved = record.change({
    trial: step.trial,
    ...(ended === null ? {} : { ready: null, last: { ...ended, atMs: clock.read().wallMs } }),
    ...(ended !== null && isFailure(ended.end) && !failed.includes(ended.to)
      ? { failed: [...failed, ended.to].slice(-100) }
      : {}),
  });
  if (!saved.ok) {
    log.error(
      { event: event.type, at: step.trial.at },
      'a step of an update could not be written down, and was not taken',
    );
    return { ...step, effect: null, ended: null };
  }
  if (ended !== null) note(null, 'update-ended', ended.end, `${ended.from} -> ${ended.to}`);
  return step;
}

/** Whether the version before is being put back. */
async function runPrevious<Person>(parts: TrialRunParts<Person>): Promise<boolean> {
  const { record, note } = parts;
  const { trial } = record.now();
  if (trial.at !== 'going-back') return false;
  const previous = await parts.keptOf(trial.from);
  note(null, 'update-put-back', previous === null ? 'no-way-back' : 'ok', `${trial.to} -> ${trial.from}`);
  const begun = previous !== null && (await parts.install(previous)).ok;
  if (begun) parts.quit();
  else take(parts, { type: 'not-run' });
  return begun;
}

/** Watches until this version has proved itself or its time is over. Returns a function that stops it. */
function watch<Person>(parts: TrialRunParts<Person>, failsBefore: readonly string[]): () => void {
  const { clock, log, record } = parts;
  let stopCheck = (): void => undefined;
  let stopTime = (): void => undefined;

  const check = async (): Promise<void> => {
    const isWhole = (await parts.isUp()) && (await parts.fails()).every((id) => failsBefore.includes(id));
    const { at } = record.now().trial;
    if (at !== 'proving' && at !== 'stuck') return;
    if (isWhole) {
      take(parts, { type: 'healthy' });
      stopTime();
    } else checkLater();
  };
  const checkLater = (): void => {
    stopCheck = clock.after(UPDATE_PROVE_LOOK_MS, () => {
      check().catch((error: unknown) => {
        log.error({ error }, 'a new version could not be looked at');
        checkLater();
      });
    });
  };
  stopTime = clock.after(UPDATE_PROVE_MS, () => {
    stopCheck();
    if (take(parts, { type: 'time-over' }).effect === 'run-previous') void runPrevious(parts);
  });
  checkLater();
  return () => {
    stopCheck();
    stopTime();
  };
}
