/**
 * What a scanner sends over a serial port, bytes in, scans out. A terminator ends a scan, or a pause does. No byte of a
 * scan stays here once it has been read. Without clock or port.
 */
import { shownIn, type Shown } from '../../shared/order/payment-code.ts';
import type { Terminator } from '../../shared/settings.ts';

/** Longer than two codes in one go. What follows is counted and not kept. */
export const SCAN_BYTES_MAX = 96;
/** A plug that is pushed in makes a byte or two, and no code of any kind is this short. */
const SCAN_BYTES_MIN = 6;

export interface SerialScan {
  readonly shown: Shown;
  /** How many characters came, without what frames them. */
  readonly length: number;
  /** `silence` where a terminator is set: the scanner sends another one. */
  readonly ended: 'terminator' | 'silence';
  /** Bytes that no code has: another baud rate, or other data bits. */
  readonly garbled: boolean;
}

export interface CodeReader {
  /** The scans that end within these bytes. */
  push(bytes: Uint8Array): SerialScan[];
  /** For some time nothing came: what has come is a scan by itself. */
  silence(): SerialScan | null;
  /** Whether something has come that is no scan yet. */
  isWithin(): boolean;
  /** Forgets what has come: the port is another one. */
  clear(): void;
}

const NUL = 0x00;
const LF = 0x0a;
const CR = 0x0d;
const BLANK = 0x20;
const DEL = 0x7f;

export function codeReader(terminator: Terminator): CodeReader {
  const kept = new Uint8Array(SCAN_BYTES_MAX);
  let count = 0;
  let lastByte = NUL;

  const clear = (): void => {
    kept.fill(0);
    count = 0;
    lastByte = NUL;
  };
  const read = (ended: SerialScan['ended']): SerialScan | null => {
    const scan = scanOf(kept.subarray(0, Math.min(count, SCAN_BYTES_MAX)), count, ended);
    clear();
    return scan;
  };
  const isEnd = (byte: number): boolean =>
    terminator === 'cr'
      ? byte === CR
      : byte === LF && (terminator === 'lf' || (terminator === 'crlf' && lastByte === CR));

  return {
    push(bytes) {
      const scans: SerialScan[] = [];
      for (const byte of bytes) {
        if (byte === NUL) continue;
        if (isEnd(byte)) {
          const scan = read('terminator');
          if (scan !== null) scans.push(scan);
          continue;
        }
        if (count < SCAN_BYTES_MAX) kept[count] = byte;
        count += 1;
        lastByte = byte;
      }
      return scans;
    },
    silence: () => read('silence'),
    isWithin: () => count > 0,
    clear,
  };
}

const isControl = (byte: number): boolean => byte <= BLANK;

/** `null`: nothing, or a few bytes of noise. */
function scanOf(bytes: Uint8Array, count: number, ended: SerialScan['ended']): SerialScan | null {
  const from = bytes.findIndex((byte) => !isControl(byte));
  if (from < 0) return null;
  const framed = bytes.subarray(from, bytes.findLastIndex((byte) => !isControl(byte)) + 1);
  const isCut = count > bytes.length;
  const length = isCut ? count : framed.length;
  if (length < SCAN_BYTES_MIN) return null;
  const garbled = framed.some((byte) => byte < BLANK || byte >= DEL);
  const shown = garbled || isCut ? null : shownIn(String.fromCharCode(...framed));
  return { shown: shown ?? { what: 'other-scan' }, length, ended, garbled };
}
