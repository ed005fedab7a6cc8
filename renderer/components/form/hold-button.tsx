import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react';
import { createHold, type Hold, type HoldState } from '../../input/hold.ts';
import { useT } from '../../i18n/i18n.ts';
import { useAwake, type ButtonProps } from '../button.tsx';
import { Icon } from '../icon.tsx';
import './hold-button.css';

export interface HoldButtonProps extends Pick<ButtonProps, 'label' | 'look' | 'icon' | 'disabled' | 'busy' | 'testId'> {
  /** It was held for the full time: by finger, mouse, Enter or Space. */
  readonly onHeld: () => void;
  /** It was pressed down. */
  readonly onDown?: () => void;
}

/** A button that acts only when it is held down. Letting go early does nothing and shows why. */
export function HoldButton({
  label,
  look = 'strong',
  icon,
  disabled = false,
  busy = false,
  testId,
  onHeld,
  onDown,
}: HoldButtonProps): ReactNode {
  const t = useT();
  const awake = useAwake();
  const [state, setState] = useState<HoldState>('idle');
  const hold = useHold((now) => {
    if (now === 'holding') onDown?.();
    setState(now);
  }, onHeld);
  const off = disabled || busy || !awake;
  const words = state === 'holding' ? t('hold.goOn') : state === 'too-short' ? t('hold.tooShort') : t('hold.hint');
  return (
    <button
      type="button"
      className="button hold-button"
      data-size="money"
      data-look={look}
      data-holding={state === 'holding' || undefined}
      data-busy={busy || undefined}
      data-unavailable={disabled || undefined}
      data-testid={testId}
      disabled={off}
      {...handlersOf(hold)}
      // Neither pointer nor key: the click of a screen reader. Its user is told to hold as well.
      onClick={(event) => event.detail === 0 && setState('too-short')}
    >
      <span className="hold-button__fill" aria-hidden="true" />
      {icon !== undefined && <Icon name={icon} />}
      <span className="hold-button__words">
        <span className="hold-button__label">{label}</span>
        <span className="hold-button__hint" role="status">
          {words}
        </span>
      </span>
    </button>
  );
}

/** One hold for the life of the button; it calls the newest callback. */
function useHold(onState: (state: HoldState) => void, onHeld: () => void): () => Hold {
  const latest = useRef({ onState, onHeld });
  useEffect(() => {
    latest.current = { onState, onHeld };
  });
  const hold = useRef<Hold | null>(null);
  useEffect(() => {
    const cancel = (): void => hold.current?.cancel();
    window.addEventListener('blur', cancel);
    return () => {
      window.removeEventListener('blur', cancel);
      cancel();
    };
  }, []);
  return () =>
    (hold.current ??= createHold(
      (state) => latest.current.onState(state),
      () => latest.current.onHeld(),
    ));
}

const HOLDING_KEYS: ReadonlySet<string> = new Set(['Enter', ' ']);

type Handlers = Record<
  'onPointerDown' | 'onPointerUp' | 'onPointerLeave' | 'onPointerCancel',
  (event: PointerEvent<HTMLButtonElement>) => void
> &
  Record<'onKeyDown' | 'onKeyUp', (event: KeyboardEvent<HTMLButtonElement>) => void> & { readonly onBlur: () => void };

function handlersOf(hold: () => Hold): Handlers {
  const letGo = (event: PointerEvent<HTMLButtonElement>): void => hold().release(`pointer ${String(event.pointerId)}`);
  return {
    onPointerDown: (event) => {
      if (!event.isPrimary || event.button !== 0) return;
      // The browser keeps a finger on the button where it went down; here sliding off means letting go.
      if (event.currentTarget.hasPointerCapture(event.pointerId))
        event.currentTarget.releasePointerCapture(event.pointerId);
      hold().press(`pointer ${String(event.pointerId)}`);
    },
    onPointerUp: letGo,
    onPointerLeave: letGo,
    onPointerCancel: letGo,
    onKeyDown: (event) => {
      if (!HOLDING_KEYS.has(event.key)) return;
      event.preventDefault();
      if (!event.repeat) hold().press(`key ${event.code}`);
    },
    onKeyUp: (event) => {
      if (!HOLDING_KEYS.has(event.key)) return;
      event.preventDefault();
      hold().release(`key ${event.code}`);
    },
    onBlur: () => hold().cancel(),
  };
}
