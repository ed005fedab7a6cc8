/** Part 5: the cost of a till that nobody touches, and whether the countdown runs smoothly on a slow machine. */
import { setTimeout as sleep } from 'node:timers/promises';
import { onTill, openShop, takePayment, tap, type Shop } from '../../support/screen/shop.ts';
import { spreadOf, table } from '../figures.ts';
import { FRAME_COLUMNS, frameCells, framesOf } from '../page/frames.ts';
import { treeOf, usageOf, type Usage } from '../processes.ts';

const SETTLE_MS = 5_000;
const IDLE_MS = 20_000;
const SLICES = 4;
const THROTTLE = 4;
const FRAMES_MS = 6_000;

type Readings = ReadonlyMap<string, Usage>;

export async function idlePart(): Promise<string> {
  const shop = await openShop();
  try {
    await shop.page.getByTestId('take-payment').waitFor();
    await sleep(SETTLE_MS);
    const idle = await idleTable(shop);
    const frames = await framesTable(shop);
    return `${idle}\n\n${frames}`;
  } finally {
    await shop.close();
  }
}

async function idleTable(shop: Shop): Promise<string> {
  const slices: Readings[] = [];
  for (let n = 0; n < SLICES; n += 1) {
    const before = readings(shop.kiosk.pid);
    await sleep(IDLE_MS / SLICES);
    slices.push(since(before, readings(shop.kiosk.pid)));
  }
  const kinds = [...new Set(slices.flatMap((slice) => [...slice.keys()]))];
  const perS = SLICES / (IDLE_MS / 1_000);
  const rows = kinds.map((kind) => {
    const cpu = slices.map((slice) => slice.get(kind)?.cpuMs ?? 0);
    const woken = spreadOf(slices.map((slice) => (slice.get(kind)?.wakeUps ?? 0) * perS));
    const whole = cpu.reduce((sum, one) => sum + one, 0);
    const share = spreadOf(cpu.map((one) => (one * perS) / 10));
    return [
      kind,
      `${(whole / 1_000).toFixed(2)} s`,
      `${((whole / IDLE_MS) * 100).toFixed(1)} % (${share.least.toFixed(1)} to ${share.most.toFixed(1)})`,
      `${woken.p50.toFixed(0)} (${woken.least.toFixed(0)} to ${woken.most.toFixed(0)})`,
    ];
  });
  const note =
    shop.kiosk.kind === 'stand-in'
      ? ' On the stand-in host main also holds the DevTools line to Chromium, and this bench has one more open: both wake it; Electron has neither. Chromium draws without a graphics card here.'
      : '';
  return `${table(['process', `CPU over ${String(IDLE_MS / 1_000)} s at the till`, `of one core (least to most of ${String(SLICES)} slices)`, 'wake-ups a second, all threads'], rows)}\n\nRead from /proc (in steps of 10 ms of CPU); a wake-up is a voluntary context switch.${note}`;
}

/** By kind: several processes of one kind share a row. */
function readings(pid: number): Map<string, Usage> {
  const all = new Map<string, Usage>();
  for (const one of treeOf(pid)) {
    const { cpuMs, wakeUps } = usageOf(one.pid);
    const known = all.get(one.kind) ?? { cpuMs: 0, wakeUps: 0 };
    all.set(one.kind, { cpuMs: known.cpuMs + cpuMs, wakeUps: known.wakeUps + wakeUps });
  }
  return all;
}

const since = (before: Readings, after: Readings): Readings =>
  new Map(
    [...after].map(([kind, { cpuMs, wakeUps }]) => [
      kind,
      {
        cpuMs: cpuMs - (before.get(kind)?.cpuMs ?? 0),
        wakeUps: Math.max(0, wakeUps - (before.get(kind)?.wakeUps ?? 0)),
      },
    ]),
  );

async function framesTable({ page, gateway }: Shop): Promise<string> {
  await gateway.setScenario('never-answers');
  await takePayment(page, '1');
  await tap(page, 'cancel');
  await onTill(page, 'armed');
  await page.getByTestId('countdown').waitFor();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE });
  const frames = await framesOf(page, FRAMES_MS);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  const counting = await page.getByTestId('countdown').isVisible();
  return `${table(['', ...FRAME_COLUMNS], [['countdown at 4x CPU throttle', ...frameCells(frames)]])}\n\n${counting ? 'The countdown ran all the while.' : 'THE COUNTDOWN ENDED MEANWHILE: these are not its frames alone.'} That React draws nothing while it runs is held by test/e2e/till/till-page.test.ts.`;
}
