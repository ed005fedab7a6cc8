/** electron-builder's configuration: `electron-builder --config build/electron-builder.ts`, over what `npm run dist` has laid out in dist/. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { configuration } from './pack/configuration.ts';
import { root } from './run.ts';

export default configuration({
  env: process.env,
  work: join(root, 'dist'),
  has: (path) => existsSync(resolve(root, path)),
});
