/** A version on trial: after a crash at any step, one working version is left. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  AT_REST,
  stepTrial,
  trialSchema,
  type Trial,
  type TrialEvent,
  type TrialStep,
} from '../../electron/updates/trial.ts';
import { UPDATE_BACK_TRIES, UPDATE_PROVE_STARTS } from '../../shared/timing.ts';

const [FROM, TO] = ['1.0.0', '1.1.0'];
const install: TrialEvent = { type: 'install', from: FROM, to: TO, atMs: 0, failsBefore: [] };
const run = (events: readonly TrialEvent[]): TrialStep =>
  events.reduce<TrialStep>((step, event) => stepTrial(step.trial, event), {
    trial: AT_REST,
    effect: null,
    ended: null,
  });
const started = (version: string): TrialEvent => ({ type: 'started', version });

describe('a trial', () => {
  it('ends well once the new version is whole', () => {
    expect(run([install])).toMatchObject({ trial: { at: 'installing' }, effect: 'run-new' });
    expect(run([install, started(TO)]).trial).toMatchObject({ at: 'proving', starts: 1 });
    expect(run([install, started(TO), { type: 'healthy' }])).toEqual({
      trial: AT_REST,
      effect: null,
      ended: { end: 'installed', from: FROM, to: TO },
    });
  });
  it('goes back when the time is over, and when it has started too often', () => {
    expect(run([install, started(TO), { type: 'time-over' }])).toMatchObject({
      trial: { at: 'going-back', tries: 1 },
      effect: 'run-previous',
    });
    const often = Array.from({ length: UPDATE_PROVE_STARTS + 1 }, () => started(TO));
    expect(run([install, ...often.slice(1)]).trial.at).toBe('proving');
    expect(run([install, ...often])).toMatchObject({ trial: { at: 'going-back' }, effect: 'run-previous' });
  });
  it('ends once the version before runs again', () => {
    expect(run([install, started(TO), { type: 'time-over' }, started(FROM)]).ended?.end).toBe('rolled-back');
  });
  it('is over where the installer changed nothing, or could not begin', () => {
    expect(run([install, started(FROM)]).ended?.end).toBe('not-installed');
    expect(run([install, { type: 'not-run' }])).toMatchObject({ trial: AT_REST, ended: { end: 'not-installed' } });
  });
  it('calls for somebody where the way back is shut, and ends when the new version turns out whole', () => {
    const back: readonly TrialEvent[] = [install, started(TO), { type: 'time-over' }];
    const tries = Array.from({ length: UPDATE_BACK_TRIES }, () => started(TO));
    expect(run([...back, ...tries])).toMatchObject({
      trial: { at: 'stuck' },
      effect: null,
      ended: { end: 'roll-back-failed' },
    });
    expect(run([...back, { type: 'not-run' }]).trial.at).toBe('stuck');
    expect(run([...back, { type: 'not-run' }, { type: 'healthy' }]).ended?.end).toBe('installed');
  });
  it('leaves a version that somebody put in by hand alone', () => {
    expect(run([install, started(TO), started('2.0.0')])).toEqual({ trial: AT_REST, effect: null, ended: null });
  });
  it('begins no other while it runs', () => {
    expect(run([install, { ...install, to: '9.9.9' }]).effect).toBeNull();
  });
});

type Nature = 'whole' | 'never-whole' | 'dies-at-start';

/**
 * A terminal of which only the disk survives a power cut: the installed version, and the trial record as it was
 * written.
 */
class Machine {
  installed = FROM;
  trial: Trial = AT_REST;
  readonly ends: string[] = [];
  readonly #nature: Nature;
  readonly #cuts: readonly number[];
  #step = 0;

  constructor(nature: Nature, cuts: readonly number[]) {
    this.#nature = nature;
    this.#cuts = cuts;
  }

  /** A moment at which the power may fail. */
  #moment(): void {
    this.#step += 1;
    if (this.#cuts.includes(this.#step)) throw new PowerCut();
  }

  #take(event: TrialEvent): TrialStep['effect'] {
    const { trial, effect, ended } = stepTrial(this.trial, event);
    this.#moment();
    this.trial = trialSchema.parse(JSON.parse(JSON.stringify(trial)));
    if (ended !== null) this.ends.push(ended.end);
    this.#moment();
    return effect;
  }

  /** What ends the run: an installer that replaces the app. */
  #replace(version: string): never {
    this.#moment();
    this.installed = version;
    this.#moment();
    throw new Quit();
  }

  #life(wish: boolean): void {
    if (this.#take(started(this.installed)) === 'run-previous') this.#replace(FROM);
    if (this.installed === TO) {
      if (this.#nature === 'dies-at-start') throw new Quit();
      if (this.#nature === 'whole') this.#take({ type: 'healthy' });
      else if (this.#take({ type: 'time-over' }) === 'run-previous') this.#replace(FROM);
    } else if (wish && this.trial.at === 'rest' && this.#take(install) === 'run-new') this.#replace(TO);
  }

  start(wish: boolean): void {
    try {
      this.#life(wish);
    } catch (error) {
      if (!(error instanceof PowerCut) && !(error instanceof Quit)) throw error;
    }
    expect([FROM, TO]).toContain(this.installed);
    // The record never counts an incomplete version as complete.
    if (this.#nature !== 'whole') expect(this.ends).not.toContain('installed');
    if (this.installed === TO && this.#nature !== 'whole') expect(this.trial.at).not.toBe('rest');
  }
}
class PowerCut extends Error {}
class Quit extends Error {}

const STARTS_TO_SETTLE = UPDATE_PROVE_STARTS + UPDATE_BACK_TRIES + 3;

describe('power cuts at any moment', () => {
  // One power cut can spoil one attempt to go back, no more.
  const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: UPDATE_BACK_TRIES - 1 });
  it.each(['whole', 'never-whole', 'dies-at-start'] as const)(
    'leave a working version where the new one is %s',
    (nature) => {
      fc.assert(
        fc.property(cuts, (at) => {
          const machine = new Machine(nature, at);
          machine.start(true);
          for (let start = 0; start < STARTS_TO_SETTLE + UPDATE_BACK_TRIES; start += 1) machine.start(false);
          expect(machine.trial.at).toBe('rest');
          if (nature !== 'whole') expect(machine.installed).toBe(FROM);
        }),
        { numRuns: 1_000 },
      );
    },
  );
  it('without any, an incomplete version is replaced by the old one, and a complete version stays', () => {
    for (const nature of ['whole', 'never-whole', 'dies-at-start'] as const) {
      const machine = new Machine(nature, []);
      machine.start(true);
      for (let start = 0; start < STARTS_TO_SETTLE; start += 1) machine.start(false);
      expect([nature, machine.installed, machine.trial.at]).toEqual([nature, nature === 'whole' ? TO : FROM, 'rest']);
    }
  });
});
