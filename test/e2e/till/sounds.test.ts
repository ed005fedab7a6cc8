/** The cues as a real Chromium renders them offline: how long, how loud, and that no two are equal. */
import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Cue, Volume } from '../../../renderer/sound/synth.ts';
import { openBrowser } from '../../support/screen/own-browser.ts';

const RATE = 8_000;
const SECONDS = 4;
const LONGEST_S = 3;
const CUES: readonly Cue[] = ['ready', 'paid', 'cancelled', 'failed', 'look', 'manager', 'offline', 'refused'];

interface Heard {
  readonly lastsS: number;
  readonly peak: number;
  /** The loudness of each 20 ms, and how often the wave crosses zero in them: roughly the melody. */
  readonly shape: readonly (readonly [number, number])[];
}

declare const schedule: (context: BaseAudioContext, cue: Cue, volume: Volume) => void;

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await openBrowser();
  page = await browser.newPage();
  // The app's own file, without its types: the test's tools would rewrite an import inside the page.
  const synth = stripTypeScriptTypes(readFileSync('renderer/sound/synth.ts', 'utf8'));
  await page.addScriptTag({ type: 'module', content: `${synth}\nglobalThis.schedule = schedule;` });
});
afterAll(async () => {
  await browser.close();
});

async function heard(cue: Cue, volume: Volume): Promise<Heard> {
  const samples = await page.evaluate(
    async ({ cue, volume, RATE, SECONDS }) => {
      const context = new OfflineAudioContext(1, RATE * SECONDS, RATE);
      schedule(context, cue, volume);
      return [...(await context.startRendering()).getChannelData(0)];
    },
    { cue, volume, RATE, SECONDS },
  );
  const step = RATE / 50;
  const shape = Array.from({ length: samples.length / step }, (_, index) => {
    const part = samples.slice(index * step, (index + 1) * step);
    const crossings = part.filter((sample, at) => at > 0 && Math.sign(sample) !== Math.sign(part[at - 1] ?? 0)).length;
    return [Math.round(Math.max(...part.map(Math.abs)) * 20), crossings] as const;
  });
  return {
    lastsS: samples.findLastIndex((sample) => Math.abs(sample) > 0.001) / RATE,
    peak: samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0),
    shape,
  };
}

test.each(CUES)('%s is short, audible and never distorted, at every volume', async (cue) => {
  const [low, middle, high] = [await heard(cue, 'low'), await heard(cue, 'middle'), await heard(cue, 'high')];
  for (const one of [low, middle, high]) {
    expect(one.lastsS).toBeGreaterThan(0.05);
    expect(one.lastsS).toBeLessThan(LONGEST_S);
    expect(one.peak).toBeLessThan(0.9);
  }
  expect(low.peak).toBeGreaterThan(0.05);
  // People hear about 6 dB, twice the amplitude, as half as loud again.
  expect(middle.peak / low.peak).toBeGreaterThan(1.9);
  expect(high.peak / middle.peak).toBeGreaterThan(1.9);
});

test('no two cues are alike', async () => {
  const shapes = new Set<string>();
  for (const cue of CUES) shapes.add(JSON.stringify((await heard(cue, 'middle')).shape));
  expect(shapes.size).toBe(CUES.length);
});
