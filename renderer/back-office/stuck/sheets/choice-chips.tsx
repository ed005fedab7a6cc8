import { useRef, type KeyboardEvent, type ReactNode } from 'react';

export interface ChoiceChipsProps<Choice extends string> {
  readonly choices: readonly Choice[];
  readonly chosen: Choice | null;
  readonly labelledBy: string;
  /** Each chip's test id: this, and the choice. */
  readonly testId: string;
  readonly words: (choice: Choice) => ReactNode;
  readonly onPick: (choice: Choice) => void;
}

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** A radio group with the platform's keys: one stop for Tab, and the arrows go round. */
export function ChoiceChips<Choice extends string>(props: ChoiceChipsProps<Choice>): ReactNode {
  const { choices, chosen, labelledBy, testId, words, onPick } = props;
  const group = useRef<HTMLDivElement>(null);
  const onArrow = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const index = chosen === null ? 0 : choices.indexOf(chosen) + step + choices.length;
    const next = choices[index % choices.length];
    if (next === undefined) return;
    onPick(next);
    group.current?.querySelector<HTMLElement>(`[data-testid="${testId}-${next}"]`)?.focus();
  };
  const hasChosen = chosen !== null && choices.includes(chosen);
  return (
    <div ref={group} className="chips" role="radiogroup" aria-labelledby={labelledBy} onKeyDown={onArrow}>
      {choices.map((each, index) => (
        <button
          key={each}
          type="button"
          className="chip"
          role="radio"
          aria-checked={each === chosen}
          tabIndex={each === chosen || (!hasChosen && index === 0) ? 0 : -1}
          data-testid={`${testId}-${each}`}
          onClick={() => onPick(each)}
        >
          {words(each)}
        </button>
      ))}
    </div>
  );
}
