/** Each side by its own rules: shared/ without DOM and Node types, electron/ without DOM, renderer/ without Node. */
import { runNode } from '../run.ts';

const exitCodes = await Promise.all(
  ['shared', 'electron', 'renderer', '.'].map((folder) => runNode(['node_modules/typescript/bin/tsc', '-p', folder])),
);
process.exitCode = Math.max(...exitCodes);
