import type { ReactNode } from 'react';
import './phone-figure.css';

/** A phone that shows a code, and the line of light that reads it. */
export function PhoneFigure(): ReactNode {
  return (
    <svg className="phone" viewBox="0 0 200 200" aria-hidden="true">
      <rect className="phone__line" x="58" y="14" width="84" height="172" rx="14" />
      <path className="phone__line" d="M92 170h16" />
      <path className="phone__code" d="M72 56h20v20H72zM108 56h20v20h-20zM72 92h20v20H72z" />
      <path className="phone__code" d="M108 96h8M124 92v10M112 108h6M126 112h-4" />
      <path
        className="phone__bars"
        d="M74 126v18M80 126v18M88 126v18M93 126v18M101 126v18M106 126v18M114 126v18M121 126v18M126 126v18"
      />
      <path className="phone__scan" d="M28 84h144" />
    </svg>
  );
}
