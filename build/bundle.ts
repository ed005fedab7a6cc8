/** Builds what runs: out/main, out/preload, out/renderer. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import storedProof from '../shared/proof.json' with { type: 'json' };
import { proofSchema } from '../shared/proof.ts';
import { bundleAll } from './bundle/bundle-all.ts';
import { noteMadeFrom, sourcesNow } from './bundle/made-from.ts';
import { root } from './run.ts';

const OUT = join(root, 'out');

// The screen shows these figures, so figures that break their schema must not be bundled.
proofSchema.parse(storedProof);

// Read before anything is bundled: a source that is changed meanwhile is bundled again next time.
const sources = sourcesNow();
await rm(OUT, { recursive: true, force: true });
await bundleAll({ out: OUT, minify: true });
noteMadeFrom(OUT, sources);
