/** The steps of set-up: their order, which step has which field, and which step may be opened. Pure. */
import type { SetupProblem } from '../../../shared/contract/setup.ts';

export const stepIds = ['people', 'mode', 'ids', 'key', 'certificate', 'gateway', 'terminal', 'finish'] as const;
export type StepId = (typeof stepIds)[number];

/** The steps that a person has to go through, in their order. The last is always `finish`. */
export type Plan = readonly StepId[];

/** Everything, for a terminal that has no merchant. A role that has a PIN already is not asked for one. */
export const wholePlan = (technicianPin: boolean): Plan => stepIds.filter((id) => id !== 'people' || !technicianPin);

/** One part of the settings, and then the check. */
export const planFor = (part: Exclude<StepId, 'people' | 'finish'>): Plan => [part, 'finish'];

export type ProblemField = SetupProblem['field'];

const stepOfField: Readonly<Record<ProblemField, StepId>> = {
  pins: 'people',
  mode: 'mode',
  appid: 'ids',
  mchId: 'ids',
  subAppid: 'ids',
  subMchId: 'ids',
  apiKey: 'key',
  certificate: 'certificate',
  passphrase: 'certificate',
  device: 'gateway',
  faceProgram: 'gateway',
  faceLibrary: 'gateway',
  codePort: 'gateway',
  codeBaudRate: 'gateway',
  codeTerminator: 'gateway',
  codePortUsb: 'gateway',
  family: 'gateway',
  signType: 'gateway',
  primary: 'gateway',
  backup: 'gateway',
  faceGateway: 'gateway',
  authority: 'gateway',
  proxy: 'gateway',
  proxyUser: 'gateway',
  proxyPassword: 'gateway',
  noProxy: 'gateway',
  storeId: 'terminal',
  storeName: 'terminal',
  deviceId: 'terminal',
  language: 'terminal',
  protection: 'finish',
  acceptWeakProtection: 'finish',
  supportPassphrase: 'finish',
  file: 'finish',
};

/** What is wrong with one step's fields. */
export const problemsOn = (step: StepId, problems: readonly SetupProblem[]): readonly SetupProblem[] =>
  problems.filter(({ field }) => stepOfField[field] === step);

/** The step that has the field. */
export const stepOf = (field: ProblemField): StepId => stepOfField[field];

/** The plan with one more step, in its right place. */
export const planWith = (plan: Plan, step: StepId): Plan => stepIds.filter((id) => id === step || plan.includes(id));

export function stepAfter(step: StepId, plan: Plan): StepId {
  return plan[plan.indexOf(step) + 1] ?? step;
}

/** `null` before the first. */
export function stepBefore(step: StepId, plan: Plan): StepId | null {
  return plan[plan.indexOf(step) - 1] ?? null;
}

/** The later one of two steps. */
export const laterOf = (one: StepId, other: StepId, plan: Plan): StepId =>
  plan.indexOf(one) < plan.indexOf(other) ? other : one;

/** Whether a step's errors are shown yet: a step that was not reached is not wrong, it is still to be done. */
export function isSaid(
  { plan, step, furthest }: { readonly plan: Plan; readonly step: StepId; readonly furthest: StepId },
  about: StepId,
): boolean {
  return (
    about === step || furthest === 'finish' || (plan.includes(about) && plan.indexOf(about) < plan.indexOf(furthest))
  );
}

export interface StepView {
  readonly id: StepId;
  readonly state: 'done' | 'wrong' | 'now' | 'open';
}

/** The state of each step in the plan. Every step up to the furthest reached may be opened. */
export function stepViews(
  plan: Plan,
  now: StepId,
  furthest: StepId,
  problems: readonly SetupProblem[],
): readonly StepView[] {
  return plan.map((id) => {
    if (id === now) return { id, state: 'now' };
    if (plan.indexOf(id) > plan.indexOf(furthest)) return { id, state: 'open' };
    return { id, state: problemsOn(id, problems).length > 0 ? 'wrong' : 'done' };
  });
}
