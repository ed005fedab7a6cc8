import { useCallback, useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { useTickingText } from '../../components/use-ticking.ts';
import { useT } from '../../i18n/i18n.ts';
import { figureZeroAtMs, secondsLeft } from '../../i18n/seconds-left.ts';
import { nextCustomer } from '../../state/actions.ts';
import { returnsAfterMs } from '../../state/paid-return.ts';
import { useKiosk } from '../../state/store.ts';
import { useTraining } from '../../training/training-store.ts';
import './paid-return.css';

/**
 * After a paid order: how long until the till returns to the keypad. Any touch and any key keep the order on the screen,
 * and while somebody learns on it the course decides when it goes on.
 */
export function PaidReturn(): ReactNode {
  const t = useT();
  const afterMs = useKiosk(returnsAfterMs);
  const inCourse = useTraining((state) => state.course !== null);
  const [touched, setTouched] = useState(false);
  const stay = useCallback(() => setTouched(true), []);
  if (afterMs === null || inCourse) return null;
  if (touched) return <p className="paid-return">{t('paidReturn.stays')}</p>;
  return <Counting afterMs={afterMs} onStay={stay} />;
}

interface CountingProps {
  readonly afterMs: number;
  readonly onStay: () => void;
}

function Counting({ afterMs, onStay }: CountingProps): ReactNode {
  const t = useT();
  const [atMs] = useState(() => performance.now() + afterMs);
  const text = useTickingText<HTMLSpanElement>(
    useCallback((nowMs: number) => t('paidReturn.counts', { seconds: secondsLeft(atMs - nowMs) }), [t, atMs]),
    figureZeroAtMs(atMs),
  );
  const bar = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    bar.current?.style.setProperty('animation-duration', `${String(afterMs)}ms`);
  }, [afterMs]);
  useEffect(() => {
    // A dialog that came by itself is not left under somebody's eyes.
    const leave = (): void => {
      if (document.querySelector('dialog[open]') === null) void nextCustomer();
      else onStay();
    };
    const timer = setTimeout(leave, Math.max(0, atMs - performance.now()));
    const touches = ['pointerdown', 'keydown'] as const;
    for (const name of touches) window.addEventListener(name, onStay, { capture: true, passive: true });
    return () => {
      clearTimeout(timer);
      for (const name of touches) window.removeEventListener(name, onStay, { capture: true });
    };
  }, [atMs, onStay]);
  return (
    <p className="paid-return" role="timer" data-testid="paid-return">
      <span ref={text} />
      <span className="paid-return__track" aria-hidden="true">
        <span ref={bar} className="paid-return__bar" />
      </span>
      <span className="paid-return__how">{t('paidReturn.touch')}</span>
    </p>
  );
}
