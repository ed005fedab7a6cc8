import type { ReactNode } from 'react';
import './face-figure.css';

export interface FaceFigureProps {
  /** The camera is on; before that the frame waits. */
  readonly looking: boolean;
}

/** A face in a viewfinder: where the customer should look. */
export function FaceFigure({ looking }: FaceFigureProps): ReactNode {
  return (
    <svg className="face" data-looking={looking || undefined} viewBox="0 0 200 200" aria-hidden="true">
      <path
        className="face__frame"
        d="M14 52V30a16 16 0 0 1 16-16h22M148 14h22a16 16 0 0 1 16 16v22M186 148v22a16 16 0 0 1-16 16h-22M52 186H30a16 16 0 0 1-16-16v-22"
      />
      <path className="face__line" d="M100 40c-30 0-46 22-46 52 0 38 22 68 46 68s46-30 46-68c0-30-16-52-46-52z" />
      <path className="face__line" d="M80 90v6M120 90v6M100 96v16h-6M84 132c9 8 23 8 32 0" />
      <path className="face__scan" d="M30 100h140" />
    </svg>
  );
}
