/** The app's icons in every size, drawn from build/icons/*.svg by this machine's Chromium. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { findChromium } from '../stand-in/browser/browser.ts';
import { root } from '../run.ts';
import { icoOf, type IconPicture } from './ico.ts';

/** Up to this size in pixels the small drawing is clearer. */
const SMALL_UP_TO = 32;
export const LINUX_SIZES = [16, 24, 32, 48, 64, 128, 256, 512] as const;
export const WINDOWS_SIZES = [16, 20, 24, 32, 40, 48, 64, 128, 256] as const;

/** Writes `work`/icons/icon.ico and `work`/icons/linux/NxN.png. Throws if there is no Chromium. */
export async function makeIcons(work: string): Promise<void> {
  const executablePath = findChromium();
  if (executablePath === null)
    throw new Error('the icons are drawn by a Chromium, and none is here: install one, or name it in CHROMIUM_PATH');
  const folder = join(work, 'icons');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'linux'), { recursive: true });
  // It shows two drawings of this repository and nothing else. The sandbox cannot start as root, and is not needed for
  // that.
  const browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
  try {
    const page = await browser.newPage();
    const draw = async (size: number): Promise<IconPicture> => {
      await page.setViewportSize({ width: size, height: size });
      const svg = readFileSync(join(root, 'build/icons', size <= SMALL_UP_TO ? 'icon-small.svg' : 'icon.svg'), 'utf8');
      await page.setContent(
        `<style>body{margin:0}svg{display:block;width:${String(size)}px;height:${String(size)}px}</style>${svg}`,
      );
      return { size, png: await page.screenshot({ omitBackground: true }) };
    };
    const pictures = new Map<number, IconPicture>();
    for (const size of new Set<number>([...LINUX_SIZES, ...WINDOWS_SIZES])) pictures.set(size, await draw(size));
    const of = (sizes: readonly number[]): IconPicture[] =>
      [...pictures.values()].filter(({ size }) => sizes.includes(size)).sort((a, b) => a.size - b.size);
    for (const { size, png } of of(LINUX_SIZES))
      writeFileSync(join(folder, 'linux', `${String(size)}x${String(size)}.png`), png);
    writeFileSync(join(folder, 'icon.ico'), icoOf(of(WINDOWS_SIZES)));
  } finally {
    await browser.close();
  }
}
