/** Bundles the gallery as the app's page is bundled, into a folder of the caller's: never into out/, so never into a package. */
import { build } from 'vite';
import { rendererConfig } from '../../build/vite.renderer.ts';

/** One file: what the app loads only when it is opened is there at once, so that no picture depends on how fast that goes. */
export async function buildGallery(outDir: string): Promise<void> {
  await build({
    ...rendererConfig,
    logLevel: 'warn',
    root: import.meta.dirname,
    // One state of each, whatever was changed today: a picture must not depend on it.
    define: { FACEPAY_STALE_PROOF: JSON.stringify(['soak']) },
    build: {
      ...rendererConfig.build,
      outDir,
      emptyOutDir: true,
      minify: false,
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
}
