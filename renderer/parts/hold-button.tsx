import { useEffect, useRef, useState, type CSSProperties, type ReactNode } from 'react';
import { HOLD_MS } from './hold.ts';
import { Icon, type IconName } from './icon.tsx';
import './button.css';
import './hold-button.css';

export interface HoldButtonProps {
  /** Says that it is to be held. */
  readonly label: string;
  readonly icon?: IconName;
  readonly busy?: boolean;
  readonly onHeld: () => void;
  readonly testId: string;
}

/** What must not happen by a tap: the finger, or the key Space or Enter, stays down until the button is full. */
export function HoldButton({ label, icon, busy = false, onHeld, testId }: HoldButtonProps): ReactNode {
  const [held, setHeld] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const end = (): void => {
    clearTimeout(timer.current);
    setHeld(false);
  };
  const begin = (): void => {
    clearTimeout(timer.current);
    setHeld(true);
    timer.current = setTimeout(() => {
      setHeld(false);
      onHeld();
    }, HOLD_MS);
  };
  const style: CSSProperties & Record<'--hold', string> = { '--hold': `${String(HOLD_MS)}ms` };
  return (
    <button
      type="button"
      className="button hold-button"
      data-look="alarm"
      data-size="tall"
      data-held={held || undefined}
      data-testid={testId}
      disabled={busy}
      style={style}
      onPointerDown={begin}
      onPointerUp={end}
      onPointerLeave={end}
      onPointerCancel={end}
      onKeyDown={(event) => {
        if (!event.repeat && (event.key === ' ' || event.key === 'Enter')) begin();
      }}
      onKeyUp={end}
      onBlur={end}
    >
      <span className="hold-button__fill" aria-hidden="true" />
      {icon !== undefined && <Icon name={icon} />}
      <span className="button__label">{label}</span>
    </button>
  );
}
