import { describe, expect, test } from 'vitest';
import {
  isSaid,
  planFor,
  planWith,
  problemsOn,
  stepAfter,
  stepBefore,
  stepIds,
  stepOf,
  stepViews,
  wholePlan,
} from '../../../../renderer/back-office/setup/plan.ts';
import { setupProblemSchema, type SetupProblem } from '../../../../shared/contract/setup.ts';

const wrongKey: SetupProblem = { field: 'apiKey', code: 'api-key-shape' };

describe('the plan of set-up', () => {
  test('asks a fresh terminal for everything, and one with a technician for everything but people', () => {
    expect(wholePlan(false)).toEqual(stepIds);
    expect(wholePlan(true)).toEqual(stepIds.slice(1));
  });

  test('always ends with the check', () => {
    expect(
      [wholePlan(true), wholePlan(false), planFor('certificate'), planWith(planFor('ids'), 'key')].map((plan) =>
        plan.at(-1),
      ),
    ).toEqual(Array(4).fill('finish'));
  });

  test('takes a step in at its own place', () => {
    expect(planWith(planFor('certificate'), 'ids')).toEqual(['ids', 'certificate', 'finish']);
    expect(planWith(planFor('certificate'), 'certificate')).toEqual(['certificate', 'finish']);
  });

  test('goes on to the next step and back to the one before, and nowhere beyond its ends', () => {
    const plan = wholePlan(true);
    expect(stepAfter('mode', plan)).toBe('ids');
    expect(stepAfter('finish', plan)).toBe('finish');
    expect(stepBefore('mode', plan)).toBeNull();
    expect(stepBefore('finish', plan)).toBe('terminal');
    for (const step of plan.slice(0, -1)) expect(stepBefore(stepAfter(step, plan), plan)).toBe(step);
  });
});

describe('a problem', () => {
  test('has a step for every field that main can name', () => {
    expect(setupProblemSchema.shape.field.options.filter((field) => !stepIds.includes(stepOf(field)))).toEqual([]);
  });

  test('belongs to the step that its field stands on', () => {
    expect(problemsOn('key', [wrongKey, { field: 'appid', code: 'missing' }])).toEqual([wrongKey]);
  });
});

describe('what is wrong on a step', () => {
  const at = (step: 'ids' | 'key' | 'finish', furthest: 'ids' | 'certificate' | 'finish') => ({
    plan: wholePlan(true),
    step,
    furthest,
  });

  test('is said on the step itself and behind the furthest one, and not of what nobody has come to', () => {
    expect(isSaid(at('ids', 'ids'), 'ids')).toBe(true);
    expect(isSaid(at('ids', 'ids'), 'key')).toBe(false);
    expect(isSaid(at('ids', 'certificate'), 'key')).toBe(true);
    expect(isSaid(at('ids', 'certificate'), 'certificate')).toBe(false);
  });

  test('is said of every step in the check at the end, also of those that the plan has not', () => {
    expect(isSaid({ plan: planFor('terminal'), step: 'finish', furthest: 'finish' }, 'key')).toBe(true);
    expect(isSaid({ plan: planFor('terminal'), step: 'terminal', furthest: 'terminal' }, 'key')).toBe(false);
  });
});

describe('the row of steps', () => {
  test('shows the steps done, those with errors, the present step and those still to come', () => {
    expect(stepViews(wholePlan(true), 'ids', 'certificate', [wrongKey]).map(({ state }) => state)).toEqual([
      'done',
      'now',
      'wrong',
      'done',
      'open',
      'open',
      'open',
    ]);
  });
});
