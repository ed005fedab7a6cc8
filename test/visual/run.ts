/** `npm run test:visual [-- --update]`: the pictures, the accessibility rules and the control sizes of every screen. */
import { runNode } from '../../build/run.ts';

process.env['FACEPAY_TESTS'] = 'long';
const update = process.argv.includes('--update');
if (update) process.env['FACEPAY_UPDATE_PICTURES'] = '1';
process.exitCode = await runNode([
  'node_modules/vitest/vitest.mjs',
  'run',
  '--project=e2e',
  ...(update ? ['test/visual/pictures.test.ts', 'test/visual/sheets.test.ts'] : ['test/visual']),
]);
