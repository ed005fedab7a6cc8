/**
 * How the renderer is bundled: one page of plain files, without anything that the app's content security policy would
 * refuse.
 */
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { InlineConfig } from 'vite';
import storedProof from '../../shared/proof.json' with { type: 'json' };
import { proofSchema } from '../../shared/proof.ts';
import { guidePlugin } from './guide-pages.ts';
import { pinyinPlugin } from './pinyin-table.ts';
import { stalePartsOf } from '../proof/proof-covers.ts';
import { wordsPlugin } from './compiled-words.ts';
import { withoutJsonSchema } from './without-json-schema.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export const rendererConfig: InlineConfig & { readonly root: string } = {
  configFile: false,
  root: at('../../renderer/'),
  // The page is served from app://, so every address in it is relative.
  base: './',
  publicDir: false,
  plugins: [react(), guidePlugin(), pinyinPlugin(), wordsPlugin(), withoutJsonSchema()],
  // The about page shows no figures that were measured on other code than it is bundled from.
  define: { FACEPAY_STALE_PROOF: JSON.stringify(await stalePartsOf(proofSchema.parse(storedProof))) },
  build: {
    outDir: at('../../out/renderer/'),
    emptyOutDir: true,
    target: 'chrome156',
    minify: true,
    sourcemap: false,
    // The only browser is the one we ship: it knows modulepreload. The policy refuses fonts or scripts inlined as data:
    // URLs.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // A chunk runs before the chunks that import it. So no schema is made before zod knows that it may not
            // compile code.
            { name: 'schemas', test: /renderer[\\/]bridge[\\/]jitless\.ts$|node_modules[\\/]zod/, priority: 2 },
            // Otherwise each small file that the till shares with a few of the later pages would be a request of its
            // own. What only those pages share does not belong here: the till loads all of it before its first paint.
            {
              name: 'shared',
              test: /renderer[\\/](?:(?:bridge|state|i18n|input|sound)[\\/](?!use-command|more-words|hold)|order[\\/](?=phase|cues))?[a-z-]+\.tsx?$|shared[\\/](?:(?:order|practice)[\\/])?(?!beijing-day)[a-z-]+\.ts$/,
              minShareCount: 3,
            },
          ],
        },
      },
    },
  },
};
