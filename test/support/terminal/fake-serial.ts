/** Serial ports by hand: what is plugged in, who holds it, and what is scanned. */
import type {
  OpenPort,
  PortListener,
  PortTrouble,
  SerialPortFacts,
  SerialPorts,
} from '../../../electron/scanner/serial-ports.ts';
import { fail, ok } from '../../../shared/result.ts';

export const noSerialPorts: SerialPorts = {
  list: () => Promise.resolve([]),
  open: () => Promise.resolve(fail('gone')),
};

export interface FakePort extends SerialPortFacts {
  /** Why it cannot be opened. */
  trouble?: PortTrouble;
}

export class FakeSerialPorts implements SerialPorts {
  plugged: FakePort[] = [];
  /** `null`: the system does not say which ports it has. */
  lists = true;
  readonly opened: string[] = [];
  readonly #readers = new Map<string, PortListener>();

  list(): Promise<readonly SerialPortFacts[] | null> {
    return Promise.resolve(this.lists ? this.plugged.map(({ path, name, usb }) => ({ path, name, usb })) : null);
  }

  open(
    { path, baudRate }: { path: string; baudRate: number },
    listener: PortListener,
  ): ReturnType<SerialPorts['open']> {
    this.opened.push(`${path} ${String(baudRate)}`);
    const port = this.plugged.find((one) => one.path === path);
    const trouble = port === undefined ? 'gone' : this.#readers.has(path) ? 'held' : port.trouble;
    if (trouble !== undefined) return Promise.resolve(fail(trouble));
    this.#readers.set(path, listener);
    const open: OpenPort = {
      close: () => {
        this.#readers.delete(path);
        return Promise.resolve();
      },
    };
    return Promise.resolve(ok(open));
  }

  /** Whether somebody reads it. */
  isRead(path: string): boolean {
    return this.#readers.has(path);
  }

  scan(path: string, text: string): void {
    this.#readers.get(path)?.bytes(Buffer.from(text, 'latin1'));
  }

  unplug(path: string): void {
    this.plugged = this.plugged.filter((port) => port.path !== path);
    const reader = this.#readers.get(path);
    this.#readers.delete(path);
    reader?.lost();
  }
}
