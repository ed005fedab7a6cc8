import type { ReactNode } from 'react';
import { useT, type KeysOf } from '../../i18n/i18n.ts';
import { Icon } from '../icon.tsx';
import './stepper.css';

export interface Step {
  readonly id: string;
  readonly name: string;
  /** `open` has not been reached yet; `wrong` has an error to correct. */
  readonly state: 'done' | 'wrong' | 'now' | 'open';
}

export interface StepperProps {
  readonly label: string;
  readonly steps: readonly Step[];
  /** Only to a step that has been reached. */
  readonly onGo: (id: string) => void;
}

const STATE_KEYS = {
  done: 'form.step.done',
  wrong: 'form.step.wrong',
} as const satisfies KeysOf<'form.step', 'done' | 'wrong'>;

/** The steps by name: the present one, those done and those still to come. */
export function Stepper({ label, steps, onGo }: StepperProps): ReactNode {
  return (
    <nav aria-label={label}>
      <ol className="stepper">
        {steps.map((step, index) => (
          <StepTab key={step.id} step={step} number={index + 1} onGo={onGo} />
        ))}
      </ol>
    </nav>
  );
}

function StepTab({
  step,
  number,
  onGo,
}: {
  readonly step: Step;
  readonly number: number;
  readonly onGo: (id: string) => void;
}): ReactNode {
  const t = useT();
  const { id, name, state } = step;
  return (
    <li className="stepper__step" data-state={state}>
      <button
        type="button"
        className="stepper__button"
        data-testid={`step-${id}`}
        aria-current={state === 'now' ? 'step' : undefined}
        disabled={state === 'open' || state === 'now'}
        onClick={() => onGo(id)}
      >
        {state === 'done' || state === 'wrong' ? (
          <Icon name={state === 'done' ? 'circleCheck' : 'warning'} />
        ) : (
          <span className="stepper__number">{number}</span>
        )}
        <span>{name}</span>
        {(state === 'done' || state === 'wrong') && <span className="heard-only">{t(STATE_KEYS[state])}</span>}
      </button>
    </li>
  );
}
