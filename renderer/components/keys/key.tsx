import type { ReactNode } from 'react';
import './key.css';

export interface KeyProps {
  readonly children: ReactNode;
  readonly onPress: () => void;
  /** The accessible name, where the sign alone is not a word. */
  readonly name?: string;
  readonly pressed?: boolean;
  /** The key that finishes the typing. */
  readonly strong?: boolean;
  readonly testId?: string;
}

/**
 * A key of an on-screen keypad. It is typed fast, so it never pauses after a press. It does not take the focus from a
 * finger or a mouse: otherwise Enter on the physical keyboard would press it again.
 */
export function Key({ children, onPress, name, pressed, strong = false, testId }: KeyProps): ReactNode {
  return (
    <button
      type="button"
      className={strong ? 'key key--strong' : 'key'}
      data-testid={testId}
      aria-label={name}
      aria-pressed={pressed}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onPress}
    >
      {children}
    </button>
  );
}
