/**
 * Bundles the gallery as the app's page is bundled, into a folder that the caller gives: never into out/, so never into
 * a package.
 */
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'vite';
import { THIRD_PARTY } from '../../build/bundle/third-party.ts';
import { rendererConfig } from '../../build/bundle/vite.renderer.ts';

/** In place of the licences that belong to the app's own bundles. */
const SAMPLE = 'Packages in FacePay Kiosk, and their licences.\n\nreact 19.0.0 (MIT)\n\nMIT License\n';

/** One file: code that the app loads later is there at once, so that no picture depends on the speed of loading. */
export async function buildGallery(outDir: string): Promise<void> {
  await build({
    ...rendererConfig,
    logLevel: 'warn',
    root: import.meta.dirname,
    // A fixed state of each figure, whatever was changed today: a picture must not depend on that.
    define: { FACEPAY_STALE_PROOF: JSON.stringify(['soak']) },
    build: {
      ...rendererConfig.build,
      outDir,
      emptyOutDir: true,
      minify: false,
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
  writeFileSync(join(outDir, basename(THIRD_PARTY)), SAMPLE);
}
