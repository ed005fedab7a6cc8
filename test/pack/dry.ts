/**
 * `npm run pack:dry`: packs for every system and processor around files that replace Electron's, and prints the
 * findings. The result cannot run.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { preparePacking, root } from './packed.ts';

const packing = await preparePacking();
try {
  const folders: string[] = [];
  for (const system of ['linux', 'win32'] as const)
    for (const processor of ['x64', 'arm64'] as const) folders.push(await packing.pack(system, processor));
  const { status } = spawnSync(process.execPath, [join(root, 'build/pack/verify-dist.ts'), ...folders], {
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
} finally {
  packing.remove();
}
