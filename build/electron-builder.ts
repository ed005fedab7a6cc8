/**
 * electron-builder's configuration: `electron-builder --config build/electron-builder.ts`, run on the files that `npm
 * run dist` prepared in dist/.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { configuration } from './pack/configuration.ts';
import { root } from './run.ts';

export default configuration({
  env: process.env,
  work: join(root, 'dist'),
  has: (path) => existsSync(resolve(root, path)),
});
