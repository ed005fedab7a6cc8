/** What the page loads before the first paint: bytes and requests. These are no timings, so a test may limit them. */
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { bundles } from '../../build/bundle/bundles.ts';
import { rendererConfig } from '../../build/bundle/vite.renderer.ts';

const JS_GZIP_MAX = 150_000;
const CSS_GZIP_MAX = 30_000;
/** The page, its scripts and its styles. */
const REQUESTS_MAX = 14;

type File = Rolldown.OutputChunk | Rolldown.OutputAsset;

let files: ReadonlyMap<string, File>;
let first: readonly Rolldown.OutputChunk[];

beforeAll(async () => {
  // With a test's own setting, React would be the development build.
  vi.stubEnv('NODE_ENV', 'production');
  const renderer = bundles({ out: '', minify: true }).find(({ root }) => root === rendererConfig.root);
  const built = await build({ ...renderer, build: { ...renderer?.build, write: false } });
  if (Array.isArray(built) || !('output' in built)) throw new Error('one build was asked for');
  files = new Map(built.output.map((file) => [file.fileName, file]));
  first = chunksFrom(built.output.filter(isChunk).filter(({ isEntry }) => isEntry));
});

afterAll(() => {
  vi.unstubAllEnvs();
});

const isChunk = (file: File | undefined): file is Rolldown.OutputChunk => file?.type === 'chunk';

/** With everything they import, except what they import later. */
function chunksFrom(entries: readonly Rolldown.OutputChunk[]): readonly Rolldown.OutputChunk[] {
  const all = new Set(entries);
  for (const chunk of all)
    for (const name of chunk.imports) {
      const file = files.get(name);
      if (isChunk(file)) all.add(file);
    }
  return [...all];
}

const styles = (): readonly string[] => {
  const page = files.get('index.html');
  const html = page?.type === 'asset' ? String(page.source) : '';
  return [...html.matchAll(/href="\.\/(assets\/[^"]+\.css)"/g)].map(([, name = '']) => name);
};

const gzipped = (texts: readonly string[]): number =>
  texts.reduce((sum, text) => sum + gzipSync(text, { level: 9 }).byteLength, 0);

test('the scripts before the first paint are small', () => {
  const bytes = gzipped(first.map(({ code }) => code));
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes).toBeLessThanOrEqual(JS_GZIP_MAX);
});

test('the styles before the first paint are small', () => {
  const texts = styles().map((name) => {
    const file = files.get(name);
    return file?.type === 'asset' ? String(file.source) : '';
  });
  expect(texts.length).toBeGreaterThan(0);
  expect(gzipped(texts)).toBeLessThanOrEqual(CSS_GZIP_MAX);
});

test('the first paint takes few requests', () => {
  expect(1 + first.length + styles().length).toBeLessThanOrEqual(REQUESTS_MAX);
});

test('English, the back office with its part of the contract, the guide and the figures of the proof come when somebody asks for them', () => {
  const modules = first.flatMap(({ moduleIds }) => moduleIds);
  expect(modules.some((id) => id.endsWith('renderer/main.tsx'))).toBe(true);
  const late = modules.filter((id) =>
    /renderer\/back-office\/|renderer\/help\/|build\/guide\/|shared\/(?:locales\/(?:back-office\.|about\.|en\.)|contract\/(?:all|back-office|setup|bill|exports|history|updates|customer-display)\.)|proof\.json|slip-dialog|about-dialog/.test(
      id,
    ),
  );
  expect(late).toEqual([]);
});

test('no schema is made before zod knows that it may not compile any', () => {
  const zod = first.find(({ moduleIds }) => moduleIds.some((id) => id.includes('/zod/v4/core/schemas')));
  expect(zod?.moduleIds.at(-1)).toMatch(/renderer\/bridge\/jitless\.ts$/);
});
