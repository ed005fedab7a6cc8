import { useId, type ReactNode } from 'react';
import { Phrase } from '../phrase.tsx';
import './choice-cards.css';

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly title: string;
  /** One sentence: what it means, and when to choose it. */
  readonly why?: string;
}

export interface ChoiceCardsProps<Value extends string> {
  readonly legend: string;
  readonly choices: readonly Choice<Value>[];
  readonly chosen: Value;
  readonly onChoose: (value: Value) => void;
  readonly autoFocus?: boolean;
  /** Side by side where there is room, for more than two. */
  readonly columns?: boolean;
  readonly testId: string;
}

/**
 * A choice of one, each with an explanation. The arrow keys move between them, as with the platform's radio buttons.
 */
export function ChoiceCards<Value extends string>(props: ChoiceCardsProps<Value>): ReactNode {
  const { legend, choices, chosen, onChoose, autoFocus = false, columns = false, testId } = props;
  const name = useId();
  return (
    <fieldset className="choices" data-columns={columns || undefined}>
      <legend className="choices__legend">{legend}</legend>
      {choices.map(({ value, title, why }) => (
        <label key={value} className="choice" data-testid={`${testId}-${value}`}>
          <input
            className="choice__radio"
            type="radio"
            name={name}
            checked={value === chosen}
            autoFocus={autoFocus && value === chosen}
            aria-describedby={why === undefined ? undefined : `${name}-${value}`}
            onChange={() => onChoose(value)}
          />
          <span className="choice__title">{title}</span>
          {why !== undefined && (
            <span className="choice__why" id={`${name}-${value}`}>
              <Phrase>{why}</Phrase>
            </span>
          )}
        </label>
      ))}
    </fieldset>
  );
}
