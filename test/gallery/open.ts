/**
 * The gallery in the machine's Chromium, under the app's own content security policy, from memory: no server listens.
 */
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import type { CDPSession, Page, Request } from 'playwright-core';
import { CONTENT_SECURITY_POLICY } from '../../electron/shell/windows/content-security-policy.ts';
import type { Language } from '../../shared/settings.ts';
import { openBrowser } from '../support/screen/own-browser.ts';
import { buildGallery } from './build.ts';
import type { WindowSize } from './entry.ts';

const ORIGIN = 'http://gallery.invalid';
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.png': 'image/png',
  '.txt': 'text/plain; charset=utf-8',
};

export const LANGUAGES = ['zh-CN', 'en'] as const;
export const THEMES = ['light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export interface OpenGallery {
  readonly page: Page;
  /** The ids of all entries that are drawn in a till's window. */
  readonly ids: readonly string[];
  /** The entries with a window of their own. */
  readonly others: readonly { readonly id: string; readonly size: WindowSize }[];
  /** Draws one entry; resolves when nothing changes any more. */
  show(id: string, language: Language): Promise<void>;
  setTheme(theme: Theme): Promise<void>;
  /** The faults since the last call. */
  takeFaults(): Promise<string[]>;
  /** A PNG of what is in the window, drawn at this scale. Nothing is written into the page for it. */
  picture(scale: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

interface GalleryPage {
  readonly gallery: {
    show(id: string, language: string): Promise<void>;
    takeFaults(): string[];
    readonly entries: readonly { readonly id: string; readonly size: WindowSize | null }[];
  };
}

export async function openGallery(): Promise<OpenGallery> {
  const files = await galleryFiles();
  const browser = await openBrowser(['--font-render-hinting=none', '--disable-lcd-text']);
  const page = await browser.newPage({
    viewport: { width: 1280, height: 800 },
    timezoneId: 'Asia/Shanghai',
    reducedMotion: 'reduce',
    deviceScaleFactor: 1,
  });
  await page.route('**/*', async (route) => {
    const { pathname } = new URL(route.request().url());
    const body = files.get(pathname);
    if (body === undefined) return route.fulfill({ status: 404, body: '' });
    return route.fulfill({
      body,
      headers: { 'content-type': TYPES[extname(pathname)] ?? '', 'content-security-policy': CONTENT_SECURITY_POLICY },
    });
  });
  const loads = loadsOf(page);
  await page.goto(`${ORIGIN}/index.html?bare`);
  const devtools: CDPSession = await page.context().newCDPSession(page);
  const entries = await page.evaluate(() => (window as unknown as GalleryPage).gallery.entries);
  return {
    page,
    ids: entries.filter(({ size }) => size === null).map(({ id }) => id),
    others: entries.flatMap(({ id, size }) => (size === null ? [] : [{ id, size }])),
    async show(id, language) {
      // Code that loads late arrives after its place has been drawn; then the entry is drawn again with all of it.
      for (let before = -1; before !== loads.begun();) {
        before = loads.begun();
        await page.evaluate(([wanted, words]) => (window as unknown as GalleryPage).gallery.show(wanted, words), [
          id,
          language,
        ] as const);
        await loads.over();
      }
    },
    setTheme: (colorScheme) => page.emulateMedia({ colorScheme }),
    takeFaults: () => page.evaluate(() => (window as unknown as GalleryPage).gallery.takeFaults()),
    async picture(scale) {
      const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
      const clip = { x: 0, y: 0, width, height, scale };
      const { data } = await devtools.send('Page.captureScreenshot', { format: 'png', optimizeForSpeed: true, clip });
      return Buffer.from(data, 'base64');
    },
    close: () => browser.close(),
  };
}

/**
 * The build that `npm test` has made for all tests that open it, otherwise one made now; by the paths that the page
 * asks for.
 */
async function galleryFiles(): Promise<ReadonlyMap<string, Buffer>> {
  const given = process.env['FACEPAY_GALLERY'];
  const folder = given ?? mkdtempSync(join(tmpdir(), 'facepay-gallery-'));
  if (given === undefined) await buildGallery(folder);
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => extname(name) in TYPES);
  const files = new Map(names.map((name) => [`/${name.replaceAll('\\', '/')}`, readFileSync(join(folder, name))]));
  if (given === undefined) rmSync(folder, { recursive: true, force: true });
  return files;
}

interface Loads {
  /** How many loads of code and pictures have begun so far. Data is fetched with each drawing, so it does not count. */
  begun(): number;
  /** Resolves when no load is running. */
  over(): Promise<void>;
}

function loadsOf(page: Page): Loads {
  const underWay = new Set<Request>();
  let begun = 0;
  page.on('request', (request) => {
    if (request.resourceType() !== 'fetch') begun += 1;
    underWay.add(request);
  });
  page.on('requestfinished', (request) => underWay.delete(request));
  page.on('requestfailed', (request) => underWay.delete(request));
  return {
    begun: () => begun,
    over: async () => {
      await Promise.all([...underWay].map((request) => request.response()));
    },
  };
}
