import type { ReactNode } from 'react';
import './key.css';

export interface KeyProps {
  readonly children: ReactNode;
  readonly onPress: () => void;
  /** Said instead of the sign on the key, where the sign alone is not a word. */
  readonly name?: string;
  readonly pressed?: boolean;
  /** The one that ends the typing. */
  readonly strong?: boolean;
  readonly testId?: string;
}

/**
 * A key of an on-screen keypad. Fast typing is meant, so it never rests; and it does not take the focus from a finger
 * or a mouse, or the Enter of the physical keyboard would press it again.
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
