/** A technician sees the serial ports and tries a scanner on one. */
import type { SerialPortView, TriedScan } from '../../../shared/contract/scanner.ts';
import { ok } from '../../../shared/result.ts';
import type { SerialPortFacts } from '../../scanner/serial-ports.ts';
import type { Scanners } from '../../scanner/scanners.ts';
import type { Handlers } from '../core/handler.ts';

export interface ScannerPort {
  readonly scanners: Scanners;
  readonly onTried: (tried: TriedScan) => void;
}

/** Also works if the terminal could not be opened. Without `port` there are no serial ports. */
export function scannerHandlers(
  port: ScannerPort | null,
): Pick<Handlers, 'scanner.ports' | 'scanner.try' | 'scanner.end-try'> {
  return {
    'scanner.ports': { withoutServices: async () => ok(port === null ? [] : copied(await port.scanners.list())) },
    'scanner.try': {
      withoutServices: async ({ port: wanted }) => {
        await port?.scanners.beginTry(wanted, {
          onScan: ({ shown: { what }, length, ended, garbled }) => {
            port.onTried({ what, length, ended, garbled });
          },
          onState: (state) => {
            port.onTried({ what: 'state', state });
          },
        });
        return ok(null);
      },
    },
    'scanner.end-try': {
      withoutServices: async () => {
        await port?.scanners.endTry();
        return ok(null);
      },
    },
  };
}

const copied = (ports: readonly SerialPortFacts[] | null): SerialPortView[] | null =>
  ports === null ? null : [...ports];
