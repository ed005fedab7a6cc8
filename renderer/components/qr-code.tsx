import type { ReactNode } from 'react';
import { encode } from 'uqr';

/** Clear space on each side, in modules, as ISO/IEC 18004 asks for. */
const QUIET_MODULES = 4;

export interface QrCodeProps {
  readonly text: string;
  readonly label: string;
  readonly className: string;
}

/** A QR code as one drawing, in the colours of the class around it. */
export function QrCode({ text, label, className }: QrCodeProps): ReactNode {
  const { size, data } = encode(text, { ecc: 'M', border: QUIET_MODULES });
  return (
    <svg className={className} viewBox={`0 0 ${String(size)} ${String(size)}`} role="img" aria-label={label}>
      <path d={darkRuns(data)} />
    </svg>
  );
}

/** The dark modules as runs along each row: one path instead of a thousand squares. */
const darkRuns = (rows: readonly (readonly boolean[])[]): string =>
  rows
    .flatMap((row, y) =>
      row.flatMap((dark, x) => {
        if (!dark || row[x - 1] === true) return [];
        const end = row.indexOf(false, x);
        const width = (end === -1 ? row.length : end) - x;
        return [`M${String(x)} ${String(y)}h${String(width)}v1h-${String(width)}z`];
      }),
    )
    .join('');
