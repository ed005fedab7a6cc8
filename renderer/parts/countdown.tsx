import { useCallback, useLayoutEffect, useRef, type ReactNode } from 'react';
import type { Deadline } from '../held-order.ts';
import { useT } from '../i18n.ts';
import { figureZeroAtMs, secondsLeft } from '../seconds-left.ts';
import { useTickingText } from './use-ticking.ts';
import './countdown.css';

export interface CountdownProps {
  readonly deadline: Deadline;
  readonly unit: string;
}

const SECONDS_SHOWN_MAX = 99;

/**
 * The figure and its ring, both drawn from the deadline: the figure by a timer that writes into the page, the ring by
 * a CSS animation that is started as far along as it should be. React draws nothing while they run.
 */
export function Countdown({ deadline, unit }: CountdownProps): ReactNode {
  const t = useT();
  const { atMs, spanMs } = deadline;
  const figure = useTickingText<HTMLSpanElement>(
    useCallback((nowMs: number) => figureText(secondsLeft(atMs - nowMs)), [atMs]),
    figureZeroAtMs(atMs),
  );
  const ring = useRef<SVGCircleElement>(null);
  useLayoutEffect(() => {
    const style = ring.current?.style;
    style?.setProperty('animation-duration', ms(spanMs));
    style?.setProperty('animation-delay', ms(atMs - spanMs - performance.now()));
  }, [atMs, spanMs]);
  return (
    <div className="countdown" data-long={isLong(deadline) || undefined} role="timer" aria-label={t('countdown.label')} data-testid="countdown">
      <svg className="countdown__ring" viewBox="0 0 100 100" aria-hidden="true">
        <circle className="countdown__track" cx="50" cy="50" r="45" pathLength="60" />
        <circle key={atMs} ref={ring} className="countdown__arc" cx="50" cy="50" r="45" pathLength="100" />
      </svg>
      <div className="countdown__words">
        <span ref={figure} className="countdown__figure" />
        <span className="countdown__unit">{unit}</span>
      </div>
    </div>
  );
}

/** Minutes and seconds are wider than the ring leaves room for at full size. */
const isLong = (deadline: Deadline): boolean => deadline.spanMs > SECONDS_SHOWN_MAX * 1_000;

/** `14`, and `12:05` where seconds alone would be too many to read. */
function figureText(seconds: number): string {
  if (seconds <= SECONDS_SHOWN_MAX) return String(seconds);
  return `${String(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, '0')}`;
}

const ms = (milliseconds: number): string => `${String(milliseconds)}ms`;
