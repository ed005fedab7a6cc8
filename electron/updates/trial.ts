/**
 * A new version on trial, as one pure function. What it returns is on disk before its effect starts. So after a power
 * cut at any moment the next start can go on from there. It goes to the new version if that has proved itself,
 * otherwise back to the one before. An update starts only if the installer of `from` is here (may-install.ts), so going
 * back is always possible.
 */
import { z } from 'zod';
import { versionSchema, type TrialEnd } from '../../shared/contract/updates.ts';
import { UPDATE_BACK_TRIES, UPDATE_PROVE_STARTS } from '../../shared/timing.ts';

const fromTo = { from: versionSchema, to: versionSchema };

export const trialSchema = z.discriminatedUnion('at', [
  z.strictObject({ at: z.literal('rest') }),
  // The new installer is about to run, or has run. `failsBefore`: checks of the self-test that failed already.
  z.strictObject({
    at: z.literal('installing'),
    ...fromTo,
    startedAtMs: z.number(),
    failsBefore: z.array(z.string().max(32)).max(64),
  }),
  // The new version runs, and has started this many times but has not come up completely.
  z.strictObject({
    at: z.literal('proving'),
    ...fromTo,
    startedAtMs: z.number(),
    failsBefore: z.array(z.string().max(32)).max(64),
    starts: z.number().int().min(1),
  }),
  // The installer of the version before is about to run, or has run, this many times.
  z.strictObject({ at: z.literal('going-back'), ...fromTo, startedAtMs: z.number(), tries: z.number().int().min(1) }),
  // It could not be put back. The new version runs on, as well as it can, until a person comes.
  z.strictObject({ at: z.literal('stuck'), ...fromTo, startedAtMs: z.number() }),
]);
export type Trial = z.infer<typeof trialSchema>;

export const AT_REST: Trial = { at: 'rest' };

export type TrialEvent =
  | {
      readonly type: 'install';
      readonly from: string;
      readonly to: string;
      readonly atMs: number;
      readonly failsBefore: readonly string[];
    }
  // The app has started, as this version.
  | { readonly type: 'started'; readonly version: string }
  // Journal open, screen loaded, and no check fails that did not fail before.
  | { readonly type: 'healthy' }
  // Its time is over and it is not healthy.
  | { readonly type: 'time-over' }
  // The installer could not even be started.
  | { readonly type: 'not-run' };

export interface TrialStep {
  readonly trial: Trial;
  /** To be started once `trial` is on disk. */
  readonly effect: 'run-new' | 'run-previous' | null;
  /** How a trial has ended, and for which versions. */
  readonly ended: { readonly end: TrialEnd; readonly from: string; readonly to: string } | null;
}

type Running = Exclude<Trial, { at: 'rest' }>;

export function stepTrial(trial: Trial, event: TrialEvent): TrialStep {
  if (trial.at === 'rest') return event.type === 'install' ? begun(event) : stay(trial);
  switch (event.type) {
    case 'started':
      return started(trial, event.version);
    case 'healthy':
      return trial.at === 'proving' || trial.at === 'stuck' ? ended(trial, 'installed') : stay(trial);
    case 'time-over':
      return trial.at === 'proving' ? goBack(trial, 1) : stay(trial);
    case 'not-run':
      if (trial.at === 'installing') return ended(trial, 'not-installed');
      return trial.at === 'going-back' ? stuck(trial) : stay(trial);
    case 'install':
      return stay(trial);
  }
}

const stay = (trial: Trial): TrialStep => ({ trial, effect: null, ended: null });

function begun({ from, to, atMs, failsBefore }: Extract<TrialEvent, { type: 'install' }>): TrialStep {
  return {
    trial: { at: 'installing', from, to, startedAtMs: atMs, failsBefore: [...failsBefore] },
    effect: 'run-new',
    ended: null,
  };
}

function started(trial: Running, version: string): TrialStep {
  if (version === trial.to) return startedNew(trial);
  // A person who installs a third version by hand has decided.
  if (version !== trial.from) return stay(AT_REST);
  return ended(trial, trial.at === 'installing' ? 'not-installed' : 'rolled-back');
}

function startedNew(trial: Running): TrialStep {
  switch (trial.at) {
    case 'installing':
      return stay({ ...trial, at: 'proving', starts: 1 });
    case 'proving':
      return trial.starts < UPDATE_PROVE_STARTS ? stay({ ...trial, starts: trial.starts + 1 }) : goBack(trial, 1);
    case 'going-back':
      return trial.tries < UPDATE_BACK_TRIES ? goBack(trial, trial.tries + 1) : stuck(trial);
    case 'stuck':
      return stay(trial);
  }
}

const goBack = ({ from, to, startedAtMs }: Running, tries: number): TrialStep => ({
  trial: { at: 'going-back', from, to, startedAtMs, tries },
  effect: 'run-previous',
  ended: null,
});

const stuck = ({ from, to, startedAtMs }: Running): TrialStep => ({
  trial: { at: 'stuck', from, to, startedAtMs },
  effect: null,
  ended: { end: 'roll-back-failed', from, to },
});

const ended = ({ from, to }: Running, end: TrialEnd): TrialStep => ({
  trial: AT_REST,
  effect: null,
  ended: { end, from, to },
});

/** A version that ended like this is not tried again by itself. */
export const isFailure = (end: TrialEnd): boolean => end !== 'installed';
