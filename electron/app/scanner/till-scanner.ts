/**
 * What a scan over the serial port does: a code pays for the payment that waits for one, and nothing else. All others are
 * named on the screen, as scans over the keyboard are.
 */
import type { Notice, ScanSaid } from '../../../shared/ipc.ts';
import type { CodePort } from '../../../shared/settings.ts';
import type { Till } from '../../orders/engine/take-payment.ts';
import type { SerialScan } from '../../scanner/code-reader.ts';
import type { Scanners } from '../../scanner/scanners.ts';
import type { ScannerState } from '../../scanner/serial-scanner.ts';

/** The app's scanners, and how the screen is told of a scan that was not used. */
export interface TillScanner {
  readonly scanners: Scanners;
  readonly onSaid: (said: ScanSaid) => void;
}

export interface TillScannerParts {
  readonly till: Pick<Till, 'stage' | 'showCode'>;
  readonly onSaid: (said: ScanSaid) => void;
  readonly onNotice: (notice: Notice) => void;
}

/** Listens on the port. Returns what ends it. */
export const listenForCodes = (
  scanners: Scanners,
  port: CodePort,
  { till, onSaid, onNotice }: TillScannerParts,
): (() => Promise<void>) =>
  scanners.listen(port, {
    onScan: (scan) => {
      const said = used(till, scan);
      if (said !== null) onSaid(said);
    },
    onState: (state) => {
      onNotice(noticeOf(state));
    },
  });

/** What is to be said of it; `null`: the payment has it. */
function used(till: TillScannerParts['till'], { shown }: SerialScan): ScanSaid | null {
  if (shown.what === 'code') {
    if (till.showCode(shown.code).ok) return null;
    // Between the first code and its order no other is wanted, and the stage is still the code's.
    return ['code', 'order'].includes(till.stage().name) ? 'second-code' : 'no-payment';
  }
  if (till.stage().name === 'code') return shown.what;
  return shown.what === 'other-scan' ? 'only-codes' : 'no-payment';
}

const noticeOf = (state: ScannerState): Notice => ({
  code: 'scanner-not-connected',
  on: state !== 'connected' && state !== 'opening',
  detail: state,
});
