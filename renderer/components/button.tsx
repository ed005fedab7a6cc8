import { useEffect, useState, type ReactNode } from 'react';
import { DOUBLE_TAP_MS } from '../input/tap-guard.ts';
import { Icon, type IconName } from './icon.tsx';
import { Phrase } from './phrase.tsx';
import './button.css';

/**
 * A finger that bounces or taps twice hits the button that has just appeared under it: "take back" where "cancel" was.
 * So a button takes no press for this long after it appears.
 */
const REST_AFTER_APPEARING_MS = DOUBLE_TAP_MS;

export interface ButtonProps {
  readonly label: string;
  readonly onPress: () => void;
  /** Money buttons are 96 px high and 240 px wide; `tall` ones stand beside them; all others are 56 px at least. */
  readonly size?: 'money' | 'tall' | 'plain';
  readonly look?: 'strong' | 'wait' | 'paid' | 'alarm' | 'quiet';
  readonly icon?: IconName;
  /** The function key that does the same, shown small. */
  readonly hint?: string;
  readonly disabled?: boolean;
  /** Its act is running: it takes no press until the answer is here. */
  readonly busy?: boolean;
  readonly expanded?: boolean;
  /** It is the chosen button of a group. */
  readonly pressed?: boolean;
  /** The accessible name, where several buttons have the same label. It must begin with the label. */
  readonly name?: string;
  /** Enter in a field of its form presses it. */
  readonly submit?: boolean;
  readonly testId?: string;
}

/** Every button with a word on it. */
export function Button(props: ButtonProps): ReactNode {
  const { label, onPress, size = 'plain', look = 'quiet', icon, hint, disabled = false, busy = false } = props;
  const awake = useAwake();
  return (
    <button
      type={props.submit === true ? 'submit' : 'button'}
      className="button"
      data-size={size}
      data-look={look}
      data-busy={busy || undefined}
      aria-busy={busy || undefined}
      data-unavailable={disabled || undefined}
      data-testid={props.testId}
      disabled={disabled || busy || !awake}
      aria-expanded={props.expanded}
      aria-pressed={props.pressed}
      aria-label={props.name}
      aria-keyshortcuts={hint}
      onClick={(event) => {
        // The form exists only so that Enter finds this button; nothing is ever submitted.
        event.preventDefault();
        onPress();
      }}
    >
      {icon !== undefined && <Icon name={icon} />}
      <span className="button__label">
        <Phrase>{label}</Phrase>
      </span>
      {hint !== undefined && (
        <kbd className="key-hint" aria-hidden="true">
          {hint}
        </kbd>
      )}
    </button>
  );
}

/** `false` while the button has just appeared and may not be pressed yet. */
export function useAwake(): boolean {
  const [awake, setAwake] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setAwake(true), REST_AFTER_APPEARING_MS);
    return () => clearTimeout(timer);
  }, []);
  return awake;
}
