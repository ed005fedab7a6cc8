/** A new PIN as it is typed twice, judged by main's own rules when a field is left. Pure. */
import { pinProblem } from '../../../shared/pin-rules.ts';

export type PinField = 'pin' | 'again';

export interface NewPins {
  readonly pin: string;
  readonly again: string;
  /** The fields that were left since something was typed: their errors are shown. */
  readonly left: readonly PinField[];
}

export const noPins: NewPins = { pin: '', again: '', left: [] };

/** Another PIN also makes the second typing another one. */
export const withPinTyped = (pins: NewPins, field: PinField, text: string): NewPins => ({
  ...pins,
  [field]: text,
  left: field === 'pin' ? [] : pins.left.filter((other) => other !== 'again'),
});

/** A field that is left empty is not judged: the person may come back to it. */
export const withPinLeft = (pins: NewPins): NewPins => ({
  ...pins,
  left: (['pin', 'again'] as const).filter((field) => pins[field] !== ''),
});

/** The person wants to go on: what is empty is now missing. */
export const withPinsSent = (pins: NewPins): NewPins => ({ ...pins, left: ['pin', 'again'] });

export type PinProblem = {
  readonly at: PinField;
  readonly code: NonNullable<ReturnType<typeof pinProblem>> | 'pins-differ';
};

/** What is wrong with a PIN that was typed twice, or `null`. */
export function problemWithPins(
  { pin, again }: Pick<NewPins, PinField>,
  knownNumbers: readonly string[] = [],
): PinProblem | null {
  const code = pinProblem(pin, knownNumbers);
  if (code !== null) return { at: 'pin', code };
  return pin === again ? null : { at: 'again', code: 'pins-differ' };
}

/** The problem that is shown: of a field that was left. */
export function shownPinProblem(pins: NewPins, knownNumbers: readonly string[]): PinProblem | null {
  const problem = problemWithPins(pins, knownNumbers);
  return problem !== null && pins.left.includes(problem.at) ? problem : null;
}
