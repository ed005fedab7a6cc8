import type { ReactNode } from 'react';
import { encode } from 'uqr';
import './qr-code.css';

/** Clear space on each side, in modules, as ISO/IEC 18004 asks for. */
const QUIET_MODULES = 4;

export interface QrCodeProps {
  readonly text: string;
  readonly label: string;
}

/** A QR code as one drawing, as wide as what it stands in. */
export function QrCode({ text, label }: QrCodeProps): ReactNode {
  const { size, data } = encode(text, { ecc: 'M', border: QUIET_MODULES });
  return (
    <svg className="qr-code" viewBox={`0 0 ${String(size)} ${String(size)}`} role="img" aria-label={label}>
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
