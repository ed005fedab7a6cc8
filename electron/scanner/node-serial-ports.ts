/** The system's serial ports through the package serialport, which is loaded with the first use: most tills have none. */
import type { SerialPort } from 'serialport';
import { z } from 'zod';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { OpenPort, PortListener, PortTrouble, SerialPortFacts, SerialPorts } from './serial-ports.ts';

/** What the package says of a port. Its own types for that cannot be found. */
const listedPort = z.object({
  path: z.string(),
  manufacturer: z.string().optional(),
  serialNumber: z.string().optional(),
  pnpId: z.string().optional(),
  vendorId: z.string().optional(),
  productId: z.string().optional(),
  /** Windows only. */
  friendlyName: z.string().optional(),
});
export type ListedPort = z.infer<typeof listedPort>;

export const nodeSerialPorts: SerialPorts = {
  async list() {
    const { SerialPort } = await import('serialport');
    try {
      const listed: unknown = await SerialPort.list();
      return z.array(listedPort).parse(listed).map(factsOf);
    } catch {
      // A Linux without udev does not say which ports there are; one can still be named.
      return null;
    }
  },
  async open({ path, baudRate }, listener) {
    const { SerialPort } = await import('serialport');
    const port = new SerialPort({ path, baudRate, autoOpen: false });
    return openedPort(port, listener);
  },
};

function openedPort(port: SerialPort, { bytes, lost }: PortListener): Promise<Result<OpenPort, PortTrouble>> {
  return new Promise((resolve) => {
    let ended = false;
    const end = (): void => {
      if (ended) return;
      ended = true;
      lost();
    };
    const close = (): Promise<void> => {
      ended = true;
      return new Promise((settle) => {
        if (port.isOpen) {
          port.close(() => {
            settle();
          });
        } else settle();
      });
    };
    port.on('data', (chunk: Buffer) => {
      if (!ended) bytes(chunk);
      // The stream gives parts of one memory, which it reuses much later.
      chunk.fill(0);
    });
    // A device that is pulled out ends as an error or closed, as the system has it.
    port.on('close', end);
    port.on('error', () => {
      if (port.isOpen) port.close(end);
      else end();
    });
    port.open((error) => {
      if (error === null) resolve(ok({ close }));
      else {
        ended = true;
        resolve(fail(troubleOf(error.message)));
      }
    });
  });
}

/** The package gives no codes, only sentences. Windows: error 5 is "Access denied", also for a port that is held. */
export function troubleOf(message: string): PortTrouble {
  if (/cannot lock port|resource busy|device or resource busy|access denied/i.test(message)) return 'held';
  if (/permission denied/i.test(message)) return 'denied';
  return /no such (?:file|device)|file not found|not a directory/i.test(message) ? 'gone' : 'failed';
}

/** What people read off a list: the driver's own name on Windows, maker and model on Linux. */
export function factsOf(port: ListedPort): SerialPortFacts {
  const { path, manufacturer, serialNumber, pnpId, vendorId, productId, friendlyName } = port;
  const model = /^usb-(.+?)(?:-if\d+.*)?$/.exec(pnpId ?? '')?.[1]?.replaceAll('_', ' ');
  const numbers =
    vendorId === undefined || productId === undefined
      ? null
      : [vendorId, productId, ...(isSerialNumber(serialNumber) ? [serialNumber] : [])].join(':').toLowerCase();
  return { path, name: printable(friendlyName ?? model ?? manufacturer ?? path), usb: numbers };
}

/** Windows makes one up, with `&`, for a device without: it belongs to the socket, not to the device. */
const isSerialNumber = (text: string | undefined): text is string =>
  text !== undefined && /^[\x21-\x25\x27-\x7e]{1,128}$/.test(text);

const printable = (text: string): string =>
  text
    .replace(/\p{Cc}/gu, '')
    .trim()
    .slice(0, 120);
