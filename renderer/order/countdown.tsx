import { useCallback, useLayoutEffect, useRef, type ReactNode } from 'react';
import type { Deadline } from '../state/held-order.ts';
import { useT, type KeysOf, type Translate } from '../i18n/i18n.ts';
import { figureZeroAtMs, waitLeft, type WaitLeft } from '../i18n/seconds-left.ts';
import { useTickingText } from '../components/use-ticking.ts';
import './countdown.css';

export interface CountdownProps {
  readonly deadline: Deadline;
  /** What the figure counts: the seconds of the window, or the time to the next attempt or query, which may be long. */
  readonly counts: 'window' | 'nextTry' | 'nextAsk';
}

/**
 * The figure and its ring, both drawn from the deadline. A timer writes the figure into the page; the ring is a CSS
 * animation that starts part of the way along. React renders nothing while they run.
 */
export function Countdown({ deadline, counts }: CountdownProps): ReactNode {
  const t = useT();
  const { atMs, spanMs } = deadline;
  const figure = useTickingText<HTMLSpanElement>(
    useCallback((nowMs: number) => String(waitLeft(atMs - nowMs).count), [atMs]),
    figureZeroAtMs(atMs),
  );
  const unit = useTickingText<HTMLSpanElement>(
    useCallback((nowMs: number) => unitWords(t, counts, atMs - nowMs), [t, counts, atMs]),
    figureZeroAtMs(atMs),
  );
  const ring = useRef<SVGCircleElement>(null);
  useLayoutEffect(() => {
    const style = ring.current?.style;
    style?.setProperty('animation-duration', ms(spanMs));
    style?.setProperty('animation-delay', ms(atMs - spanMs - performance.now()));
  }, [atMs, spanMs]);
  return (
    <div className="countdown" role="timer" aria-label={t('countdown.label')} data-testid="countdown">
      <svg className="countdown__ring" viewBox="0 0 100 100" aria-hidden="true">
        <circle className="countdown__track" cx="50" cy="50" r="45" pathLength="60" />
        <circle key={atMs} ref={ring} className="countdown__arc" cx="50" cy="50" r="45" pathLength="100" />
      </svg>
      <div className="countdown__words">
        <span ref={figure} className="countdown__figure" />
        <span ref={unit} className="countdown__unit" />
      </div>
    </div>
  );
}

const NEXT_TRY_KEYS = {
  seconds: 'countdown.nextTry.seconds',
  minutes: 'countdown.nextTry.minutes',
  hours: 'countdown.nextTry.hours',
} as const satisfies KeysOf<'countdown.nextTry', WaitLeft['unit']>;

const NEXT_ASK_KEYS = {
  seconds: 'countdown.nextAsk.seconds',
  minutes: 'countdown.nextAsk.minutes',
  hours: 'countdown.nextAsk.hours',
} as const satisfies KeysOf<'countdown.nextAsk', WaitLeft['unit']>;

/** What the figure counts; for minutes or hours the words say "about". */
function unitWords(t: Translate, counts: CountdownProps['counts'], leftMs: number): string {
  const { unit } = waitLeft(leftMs);
  switch (counts) {
    case 'window':
      return t('countdown.second');
    case 'nextTry':
      return t(NEXT_TRY_KEYS[unit]);
    case 'nextAsk':
      return t(NEXT_ASK_KEYS[unit]);
  }
}

const ms = (milliseconds: number): string => `${String(milliseconds)}ms`;
