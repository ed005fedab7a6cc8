import { describe, expect, it } from 'vitest';
import { serialScanner, type SerialScanner } from '../../electron/scanner/serial-scanner.ts';
import { pathNow } from '../../electron/scanner/serial-ports.ts';
import { codePortSchema, type CodePort } from '../../shared/settings.ts';
import { SCANNER_RETRY_MS, SERIAL_SILENCE_MS } from '../../shared/timing.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeSerialPorts, type FakePort } from '../support/terminal/fake-serial.ts';

const CODE = '134567890123456789';
const USB = '1eab:1d06:fm430';
const acm = (number: number, usb: string | null = USB): FakePort => ({
  path: `/dev/ttyACM${String(number)}`,
  name: 'Newland FM430',
  usb,
});

interface Bench {
  readonly ports: FakeSerialPorts;
  readonly clock: FakeClock;
  readonly scanner: SerialScanner;
  readonly states: string[];
  readonly seen: string[];
  readonly logged: string[];
}

async function bench(port: Partial<CodePort> = {}, plugged: FakePort[] = [acm(0)]): Promise<Bench> {
  const ports = new FakeSerialPorts();
  ports.plugged = plugged;
  const clock = new FakeClock();
  const states: string[] = [];
  const seen: string[] = [];
  const logged: string[] = [];
  const line = (fields: object, text: string): void => {
    logged.push(JSON.stringify([fields, text]));
  };
  const scanner = serialScanner({
    port: codePortSchema.parse({ path: '/dev/ttyACM0', ...port }),
    ports,
    clock,
    log: { info: line, warn: line, error: line },
    onScan: ({ shown }) => {
      seen.push(shown.what === 'code' ? shown.code : shown.what);
    },
    onState: (state) => {
      states.push(state);
    },
  });
  await clock.advance(0);
  return { ports, clock, scanner, states, seen, logged };
}

describe('a scanner on a serial port', () => {
  it('opens its port at its baud rate and gives what is scanned, at an end or after a pause', async () => {
    const { ports, clock, states, seen } = await bench({ baudRate: 115_200 });
    expect([states, ports.opened]).toEqual([['connected'], ['/dev/ttyACM0 115200']]);
    ports.scan('/dev/ttyACM0', CODE.slice(0, 5));
    await clock.advance(SERIAL_SILENCE_MS - 1);
    ports.scan('/dev/ttyACM0', `${CODE.slice(5)}\r`);
    expect(seen).toEqual([CODE]);
    ports.scan('/dev/ttyACM0', '281234567890123456');
    await clock.advance(SERIAL_SILENCE_MS - 1);
    expect(seen).toHaveLength(1);
    await clock.advance(1);
    expect(seen).toEqual([CODE, 'alipay']);
  });

  it('says when it is unplugged, keeps no half code, and goes on once it is plugged in again', async () => {
    const { ports, clock, states, seen } = await bench();
    ports.scan('/dev/ttyACM0', CODE.slice(0, 9));
    ports.unplug('/dev/ttyACM0');
    expect(states).toEqual(['connected', 'gone']);
    await clock.advance(60_000);
    expect(states).toEqual(['connected', 'gone']);
    ports.plugged = [acm(0)];
    await clock.advance(SCANNER_RETRY_MS.at(-1) ?? 0);
    expect(states).toEqual(['connected', 'gone', 'connected']);
    ports.scan('/dev/ttyACM0', `${CODE}\r`);
    expect(seen).toEqual([CODE]);
  });

  it('looks again soon at first, then ever more seldom, and soon again after the next loss', async () => {
    const { ports, clock } = await bench({}, []);
    const wait = async (ms: number): Promise<number> => {
      const before = ports.opened.length;
      await clock.advance(ms - 1);
      expect(ports.opened.length).toBe(before);
      await clock.advance(1);
      return ports.opened.length - before;
    };
    for (const ms of [...SCANNER_RETRY_MS, SCANNER_RETRY_MS.at(-1) ?? 0]) expect(await wait(ms)).toBe(1);
    ports.plugged = [acm(0)];
    await clock.advance(SCANNER_RETRY_MS.at(-1) ?? 0);
    ports.unplug('/dev/ttyACM0');
    expect(await wait(SCANNER_RETRY_MS[0])).toBe(1);
  });

  it.each(['held', 'denied', 'failed'] as const)(
    'says that a port is %s, and opens it once it is not',
    async (trouble) => {
      const { ports, clock, states } = await bench({}, [{ ...acm(0), trouble }]);
      expect(states).toEqual([trouble]);
      ports.plugged = [acm(0)];
      await clock.advance(SCANNER_RETRY_MS[0]);
      expect(states).toEqual([trouble, 'connected']);
    },
  );

  it('follows its USB device to another port, and does not take another device for it', async () => {
    const { ports, clock, states } = await bench({ usb: USB.toUpperCase() });
    ports.unplug('/dev/ttyACM0');
    ports.plugged = [acm(0, '0403:6001')];
    await clock.advance(10_000);
    expect([states, ports.opened]).toEqual([['connected', 'gone'], ['/dev/ttyACM0 9600']]);
    ports.plugged = [acm(0, '0403:6001'), acm(1)];
    await clock.advance(10_000);
    expect(states.at(-1)).toBe('connected');
    expect(ports.opened.at(-1)).toBe('/dev/ttyACM1 9600');
  });

  it('goes by the path where the system does not say which ports it has', async () => {
    const { ports, clock, states } = await bench({ usb: USB }, []);
    ports.lists = false;
    ports.plugged = [acm(0)];
    await clock.advance(10_000);
    expect(states.at(-1)).toBe('connected');
  });

  it('frees its port when it is closed, tries no more, and says nothing more', async () => {
    const { ports, clock, scanner, states } = await bench();
    ports.scan('/dev/ttyACM0', CODE);
    await scanner.close();
    expect(ports.isRead('/dev/ttyACM0')).toBe(false);
    const gone = await bench({}, []);
    await gone.scanner.close();
    await clock.advance(60_000);
    await gone.clock.advance(60_000);
    expect([states, gone.states, gone.ports.opened.length, clock.pending, gone.clock.pending]).toEqual([
      ['connected'],
      ['gone'],
      1,
      0,
      0,
    ]);
  });

  it('frees a port that opened only after it was closed', async () => {
    const ports = new FakeSerialPorts();
    ports.plugged = [acm(0)];
    const ignore = (): void => undefined;
    const scanner = serialScanner({
      port: codePortSchema.parse({ path: '/dev/ttyACM0' }),
      ports,
      clock: new FakeClock(),
      log: { info: ignore, warn: ignore, error: ignore },
      onScan: ignore,
      onState: ignore,
    });
    await scanner.close();
    expect(ports.isRead('/dev/ttyACM0')).toBe(false);
  });

  it('logs what becomes of the port and nothing of what comes over it', async () => {
    const { ports, logged } = await bench();
    ports.scan('/dev/ttyACM0', `${CODE}\r`);
    ports.unplug('/dev/ttyACM0');
    expect(logged).toHaveLength(2);
    expect(logged.join()).not.toContain(CODE.slice(0, 6));
  });
});

describe('where the scanner is', () => {
  const com = (path: string, usb: string | null): FakePort => ({ path, name: path, usb });
  it.each([
    ['without numbers its path counts alone', { path: 'COM3' }, [com('COM4', USB)], 'COM3'],
    ['its own port comes first', { path: 'com4', usb: USB }, [com('COM3', USB), com('COM4', USB)], 'COM4'],
    [
      'then another port of the device',
      { path: 'COM3', usb: USB },
      [com('COM3', '0403:6001'), com('COM7', USB)],
      'COM7',
    ],
    ['another device on its port is not opened', { path: 'COM3', usb: USB }, [com('COM3', '0403:6001')], null],
    ['a port without numbers may be it', { path: 'COM3', usb: USB }, [com('COM3', null)], 'COM3'],
    ['a list without it says nothing', { path: 'COM3', usb: USB }, [], 'COM3'],
  ] as const)('%s', (_what, port, ports, path) => {
    expect(pathNow(port, ports)).toBe(path);
  });
});
