/** serialport itself, on a pty: what the shell makes of a real system's ports. */
import { chmodSync, writeFileSync } from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { factsOf, nodeSerialPorts, troubleOf } from '../../electron/scanner/node-serial-ports.ts';
import { hasPty, Pty, PTY_FOLDER } from '../support/pty.ts';

const CODE = '134567890123456789';

describe.skipIf(!hasPty)('a port of this system', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(PTY_FOLDER, 'facepay-serial-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('gives what comes, erases it behind the reader, is held for others, and is lost when its device goes', async () => {
    const pty = new Pty(join(folder, 'scanner'));
    await pty.plugIn();
    const heard: string[] = [];
    const kept: Uint8Array[] = [];
    const scanned = Promise.withResolvers<undefined>();
    const lost = Promise.withResolvers<undefined>();
    const opened = await nodeSerialPorts.open(
      { path: pty.link, baudRate: 9_600 },
      {
        bytes: (bytes) => {
          heard.push(Buffer.from(bytes).toString('latin1'));
          kept.push(bytes);
          if (heard.join('') === `\0${CODE}\r\n`) scanned.resolve(undefined);
        },
        lost: () => {
          lost.resolve(undefined);
        },
      },
    );
    expect(opened.ok).toBe(true);
    pty.send(`\0${CODE}\r\n`);
    await scanned.promise;
    expect(kept.every((bytes) => bytes.every((byte) => byte === 0))).toBe(true);
    const ignore = { bytes: () => undefined, lost: () => undefined };
    expect(await nodeSerialPorts.open({ path: pty.link, baudRate: 9_600 }, ignore)).toEqual({
      ok: false,
      error: 'held',
    });
    await pty.unplug();
    await lost.promise;
    expect(await nodeSerialPorts.open({ path: pty.link, baudRate: 9_600 }, ignore)).toEqual({
      ok: false,
      error: 'gone',
    });
    // And the same name once more, as a scanner that is plugged in again.
    await pty.plugIn();
    const again = await nodeSerialPorts.open({ path: pty.link, baudRate: 9_600 }, ignore);
    expect(again.ok).toBe(true);
    if (again.ok) await again.value.close();
    const free = await nodeSerialPorts.open({ path: pty.link, baudRate: 9_600 }, ignore);
    expect(free.ok).toBe(true);
    if (free.ok) await free.value.close();
    await pty.unplug();
  });

  it('is none where the path names a file', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    chmodSync(file, 0o600);
    const ignore = { bytes: () => undefined, lost: () => undefined };
    expect((await nodeSerialPorts.open({ path: file, baudRate: 9_600 }, ignore)).ok).toBe(false);
  });

  it('is listed, or the system says that it lists none', async () => {
    const ports = await nodeSerialPorts.list();
    for (const { path, name } of ports ?? []) expect([path, name].every((text) => text !== '')).toBe(true);
  });
});

describe('what the package says', () => {
  it.each([
    ['Error: No such file or directory, cannot open /dev/ttyACM0', 'gone'],
    ['Error: Permission denied, cannot open /dev/ttyACM0', 'denied'],
    ['Error: Device or resource busy, cannot open /dev/ttyACM0', 'held'],
    ['Error Resource temporarily unavailable Cannot lock port', 'held'],
    ['Opening COM3: File not found', 'gone'],
    ['Opening COM3: Access denied', 'held'],
    ['Opening COM3: Unknown error code 121', 'failed'],
  ])('"%s": %s', (message, trouble) => {
    expect(troubleOf(message)).toBe(trouble);
  });

  const nothing = {
    manufacturer: undefined,
    serialNumber: undefined,
    pnpId: undefined,
    locationId: undefined,
    productId: undefined,
    vendorId: undefined,
  };
  it('has names that a person finds on a device, and numbers by which it is found again', () => {
    const linux = {
      ...nothing,
      path: '/dev/ttyACM0',
      manufacturer: 'Newland Auto-ID',
      serialNumber: 'FM430L0123',
      pnpId: 'usb-Newland_Auto-ID_NLS-FM430_FM430L0123-if00',
      vendorId: '1eab',
      productId: '1d06',
    };
    expect(factsOf(linux)).toEqual({
      path: '/dev/ttyACM0',
      name: 'Newland Auto-ID NLS-FM430 FM430L0123',
      usb: '1eab:1d06:fm430l0123',
    });
    const windows = {
      ...nothing,
      path: 'COM3',
      manufacturer: 'Microsoft',
      // Made up by Windows for a device without one: it changes with the socket.
      serialNumber: '6&2A9F2C1B&0&2',
      vendorId: '1EAB',
      productId: '1D06',
      friendlyName: 'USB 串行设备 (COM3)',
    };
    expect(factsOf(windows)).toEqual({ path: 'COM3', name: 'USB 串行设备 (COM3)', usb: '1eab:1d06' });
    expect(factsOf({ ...nothing, path: '/dev/ttyS0' })).toEqual({ path: '/dev/ttyS0', name: '/dev/ttyS0', usb: null });
  });
});
