/**
 * The till's scanner on a serial port, and the one that a technician tries. A port has one reader at a time: while one is
 * tried, the till gets nothing, so that no trial pays for an order.
 */
import type { CodePort } from '../../shared/settings.ts';
import { SCANNER_TRY_MS } from '../../shared/timing.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { SerialScan } from './code-reader.ts';
import type { SerialPortFacts, SerialPorts } from './serial-ports.ts';
import { serialScanner, type ScannerState, type SerialScanner } from './serial-scanner.ts';

/** Who gets the scans, and is told of the port. */
export interface ScannerListener {
  readonly onScan: (scan: SerialScan) => void;
  readonly onState: (state: ScannerState) => void;
}

export interface Scanners {
  /** The machine's serial ports; `null` if the system does not say. */
  list(): Promise<readonly SerialPortFacts[] | null>;
  /** The till listens on this port. Returns what ends it. */
  listen(port: CodePort, listener: ScannerListener): () => Promise<void>;
  /** The till's; `null` if it listens on none. */
  state(): ScannerState | null;
  /** Gives every scan to `listener` until it is ended: of this port, or of the till's own for `null`. */
  beginTry(port: CodePort | null, listener: ScannerListener): Promise<void>;
  endTry(): Promise<void>;
}

export interface ScannersParts {
  readonly ports: SerialPorts;
  readonly clock: Pick<Clock, 'after'>;
  readonly log: Log;
}

interface Listening extends ScannerListener {
  readonly port: CodePort;
}

export function createScanners(parts: ScannersParts): Scanners {
  /** What the till listens on, also while another one is tried. */
  let till: Listening | null = null;
  let tryListener: ScannerListener | null = null;
  let own: SerialScanner | null = null;
  let other: SerialScanner | null = null;
  let stopTimeout = (): void => undefined;
  const inTurn = oneAfterTheOther();

  const openOwn = (): void => {
    if (till === null || own !== null) return;
    own = serialScanner({ ...parts, port: till.port, ...heardBy(till, () => tryListener) });
  };
  const closeOwn = async (): Promise<void> => {
    const closing = own;
    own = null;
    await closing?.close();
  };
  const endOther = async (): Promise<void> => {
    stopTimeout();
    tryListener = null;
    const closing = other;
    other = null;
    await closing?.close();
  };
  const overTry = async (): Promise<void> => {
    await endOther();
    openOwn();
  };

  return {
    list: () => parts.ports.list(),
    listen(port, listener) {
      const listening = { port, ...listener };
      till = listening;
      void inTurn(async () => {
        await closeOwn();
        if (other === null) openOwn();
      });
      return () =>
        inTurn(async () => {
          if (till !== listening) return;
          till = null;
          await closeOwn();
        });
    },
    state: () => own?.state() ?? (till === null ? null : 'opening'),
    beginTry: (port, listener) =>
      inTurn(async () => {
        await endOther();
        tryListener = listener;
        stopTimeout = parts.clock.after(SCANNER_TRY_MS, () => void inTurn(overTry));
        if (port === null || isSameReading(port, till?.port ?? null)) {
          openOwn();
          if (own !== null) listener.onState(own.state());
          return;
        }
        await closeOwn();
        other = serialScanner({ ...parts, port, ...listener });
      }),
    endTry: () => inTurn(overTry),
  };
}

/** While a scanner is tried, the till hears of its port and of no scan. */
const heardBy = (till: ScannerListener, tryListener: () => ScannerListener | null): ScannerListener => ({
  onScan: (scan) => {
    (tryListener() ?? till).onScan(scan);
  },
  onState: (state) => {
    till.onState(state);
    tryListener()?.onState(state);
  },
});

/** A port must be free before it is opened again. */
function oneAfterTheOther(): (act: () => Promise<void>) => Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  return (act) => {
    const done = last.then(act);
    last = done.catch(() => undefined);
    return done;
  };
}

const isSameReading = (one: CodePort, other: CodePort | null): boolean =>
  other !== null &&
  one.path === other.path &&
  one.baudRate === other.baudRate &&
  one.terminator === other.terminator &&
  one.usb === other.usb;
