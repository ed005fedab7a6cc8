import { describe, expect, it } from 'vitest';
import { createScanners, type ScannerListener, type Scanners } from '../../electron/scanner/scanners.ts';
import { codePortSchema } from '../../shared/settings.ts';
import { SCANNER_TRY_MS } from '../../shared/timing.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { FakeSerialPorts } from '../support/terminal/fake-serial.ts';

const TILL = codePortSchema.parse({ path: 'COM3' });
const NEW = codePortSchema.parse({ path: 'COM4', terminator: 'none' });
const SCAN = '134567890123456789\r';

class HeardScans implements ScannerListener {
  readonly heard: string[] = [];
  onScan = ({ shown }: Parameters<ScannerListener['onScan']>[0]): void => {
    this.heard.push(shown.what);
  };
  onState = (state: string): void => {
    this.heard.push(state);
  };
}

interface Bench {
  readonly ports: FakeSerialPorts;
  readonly clock: FakeClock;
  readonly scanners: Scanners;
  readonly till: HeardScans;
  readonly tried: HeardScans;
  readonly stop: () => Promise<void>;
}

async function bench(): Promise<Bench> {
  const ports = new FakeSerialPorts();
  ports.plugged = ['COM3', 'COM4'].map((path) => ({ path, name: path, usb: null }));
  const clock = new FakeClock();
  const ignore = (): void => undefined;
  const scanners = createScanners({ ports, clock, log: { info: ignore, warn: ignore, error: ignore } });
  expect(scanners.state()).toBeNull();
  const till = new HeardScans();
  const stop = scanners.listen(TILL, till);
  await clock.advance(0);
  return { ports, clock, scanners, till, tried: new HeardScans(), stop };
}

describe('the till’s scanner while one is tried', () => {
  it('gives the till nothing from its own port, and everything again afterwards', async () => {
    const { ports, clock, scanners, till, tried } = await bench();
    for (const port of [null, TILL]) {
      await scanners.beginTry(port, tried);
      ports.scan('COM3', SCAN);
      await scanners.endTry();
    }
    expect(tried.heard).toEqual(['connected', 'code', 'connected', 'code']);
    await clock.advance(0);
    ports.scan('COM3', SCAN);
    expect(till.heard).toEqual(['connected', 'code']);
    expect(ports.opened).toHaveLength(1);
  });

  it('frees its port for other settings of the same port, and takes it back', async () => {
    const { ports, clock, scanners, till, tried } = await bench();
    await scanners.beginTry({ ...TILL, baudRate: 115_200 }, tried);
    await clock.advance(0);
    ports.scan('COM3', SCAN);
    expect(tried.heard).toEqual(['connected', 'code']);
    await scanners.beginTry(NEW, tried);
    await clock.advance(0);
    expect([ports.isRead('COM3'), ports.isRead('COM4')]).toEqual([false, true]);
    await scanners.endTry();
    await clock.advance(0);
    ports.scan('COM3', SCAN);
    expect(till.heard).toEqual(['connected', 'connected', 'code']);
    expect(ports.opened).toEqual(['COM3 9600', 'COM3 115200', 'COM4 9600', 'COM3 9600']);
  });

  it('gets its port back by itself where nobody ends the trial', async () => {
    const { ports, clock, scanners, till, tried } = await bench();
    await scanners.beginTry(NEW, tried);
    await clock.advance(SCANNER_TRY_MS);
    expect([ports.isRead('COM3'), ports.isRead('COM4')]).toEqual([true, false]);
    ports.scan('COM3', SCAN);
    expect(till.heard.at(-1)).toBe('code');
  });

  it('is read no more once the terminal is closed, also when it closes within a trial', async () => {
    const { ports, clock, scanners, tried, stop } = await bench();
    await scanners.beginTry(null, tried);
    await stop();
    await scanners.endTry();
    await clock.advance(0);
    expect([ports.isRead('COM3'), scanners.state()]).toEqual([false, null]);
  });

  it('says that there is no port to try where none is set up', async () => {
    const { scanners, tried, stop } = await bench();
    await stop();
    await scanners.beginTry(null, tried);
    expect(tried.heard).toEqual([]);
  });
});
