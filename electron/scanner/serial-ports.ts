/** The machine's serial ports, as the scanner needs them. */
import type { Result } from '../../shared/result.ts';
import type { CodePort } from '../../shared/settings.ts';

export interface SerialPortFacts {
  readonly path: string;
  /** What the system calls it; the path where it says nothing. */
  readonly name: string;
  /** As `usb` in the settings; `null` for a port that is not on USB. */
  readonly usb: string | null;
}

/**
 * `gone`: there is no such port. `held`: another program has it. `denied`: this account may not use it. `failed`:
 * anything else.
 */
export type PortTrouble = 'gone' | 'held' | 'denied' | 'failed';

export interface OpenPort {
  close(): Promise<void>;
}

export interface PortListener {
  /** Gives bytes that came. They are erased behind it. */
  readonly bytes: (bytes: Uint8Array) => void;
  /** Called once: the port is gone, without having been closed. */
  readonly lost: () => void;
}

export interface SerialPorts {
  /** `null` if the system did not say. */
  list(): Promise<readonly SerialPortFacts[] | null>;
  open(port: Pick<CodePort, 'path' | 'baudRate'>, on: PortListener): Promise<Result<OpenPort, PortTrouble>>;
}

const isSame = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

/**
 * Where the scanner is now; `null`: it is not there. A scanner that is plugged in again may get another port, and its port
 * another device.
 */
export function pathNow(
  { path, usb }: Pick<CodePort, 'path' | 'usb'>,
  ports: readonly SerialPortFacts[],
): string | null {
  if (usb === undefined) return path;
  const matching = ports.filter((port) => port.usb !== null && isSame(port.usb, usb));
  const found = matching.find((port) => isSame(port.path, path)) ?? matching[0];
  if (found !== undefined) return found.path;
  const there = ports.find((port) => isSame(port.path, path));
  return there === undefined || there.usb === null ? path : null;
}
