/** One scanner on a serial port: opened, read, and looked for again whenever it is gone. */
import { fail, type Result } from '../../shared/result.ts';
import type { CodePort, Terminator } from '../../shared/settings.ts';
import { SCANNER_RETRY_MS, SERIAL_SILENCE_MS } from '../../shared/timing.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { codeReader, type SerialScan } from './code-reader.ts';
import { pathNow, type OpenPort, type PortListener, type PortTrouble, type SerialPorts } from './serial-ports.ts';

/** `opening` until the first try is over. */
export type ScannerState = 'opening' | 'connected' | PortTrouble;

export interface SerialScannerParts {
  readonly port: CodePort;
  readonly ports: SerialPorts;
  readonly clock: Pick<Clock, 'after'>;
  readonly log: Log;
  readonly onScan: (scan: SerialScan) => void;
  /** Called whenever it is another than before. */
  readonly onState: (state: ScannerState) => void;
}

export interface SerialScanner {
  state(): ScannerState;
  /** Settles once the port is free for others. */
  close(): Promise<void>;
}

/** Opens the port at once and keeps it until it is closed. */
export function serialScanner(parts: SerialScannerParts): SerialScanner {
  const { port, clock, log, onScan, onState } = parts;
  let state: ScannerState = 'opening';
  let closed = false;
  let tries = 0;
  let open: OpenPort | null = null;
  let stopTimer = (): void => undefined;
  const isClosed = (): boolean => closed;
  const scans = scanStream(port.terminator, clock, (scan) => {
    if (!closed) onScan(scan);
  });

  const become = (next: ScannerState): void => {
    if (closed || next === state) return;
    state = next;
    // No more than the port and what became of it: what comes over it is a secret.
    log.info({ port: port.path, state }, 'the scanner on a serial port');
    onState(state);
  };
  const again = (trouble: PortTrouble): void => {
    if (closed) return;
    become(trouble);
    stopTimer = clock.after(waitAfter(tries), begin);
    tries += 1;
  };
  const lost = (): void => {
    open = null;
    scans.forget();
    again('gone');
  };
  const tryOpen = async (): Promise<void> => {
    // It may be lost before the promise of its opening is settled.
    const early = { isLost: false };
    const opened = await openedWhereItIs(parts, isClosed, {
      bytes: scans.bytes,
      lost: () => {
        early.isLost = true;
        if (open !== null) lost();
      },
    });
    if (!opened.ok) again(opened.error);
    else if (isClosed()) await opened.value.close();
    else if (early.isLost) lost();
    else {
      open = opened.value;
      tries = 0;
      become('connected');
    }
  };
  let trying: Promise<void> = Promise.resolve();
  const begin = (): void => {
    trying = tryOpen().catch((error: unknown) => {
      log.error({ error, port: port.path }, 'opening the scanner broke');
      again('failed');
    });
  };
  begin();

  return {
    state: () => state,
    async close() {
      closed = true;
      stopTimer();
      scans.forget();
      await trying;
      await open?.close();
      open = null;
    },
  };
}

const waitAfter = (tries: number): number => SCANNER_RETRY_MS[Math.min(tries, SCANNER_RETRY_MS.length - 1)] ?? 0;

async function openedWhereItIs(
  { port, ports }: Pick<SerialScannerParts, 'port' | 'ports'>,
  isClosed: () => boolean,
  listener: PortListener,
): Promise<Result<OpenPort, PortTrouble>> {
  const path = port.usb === undefined ? port.path : pathNow(port, (await ports.list()) ?? []);
  if (path === null || isClosed()) return fail('gone');
  return ports.open({ path, baudRate: port.baudRate }, listener);
}

interface ScanStream {
  readonly bytes: (chunk: Uint8Array) => void;
  /** What has come and is no scan yet is none any more. */
  readonly forget: () => void;
}

/** The bytes of a port as scans: a pause ends one, too. */
function scanStream(
  terminator: Terminator,
  clock: SerialScannerParts['clock'],
  onScan: SerialScannerParts['onScan'],
): ScanStream {
  const reader = codeReader(terminator);
  let stopSilence = (): void => undefined;
  return {
    bytes(chunk) {
      stopSilence();
      reader.push(chunk).forEach(onScan);
      if (!reader.isWithin()) return;
      stopSilence = clock.after(SERIAL_SILENCE_MS, () => {
        const scan = reader.silence();
        if (scan !== null) onScan(scan);
      });
    },
    forget() {
      stopSilence();
      reader.clear();
    },
  };
}
