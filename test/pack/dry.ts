/** `npm run pack:dry`: packs for every system and processor around files that stand for Electron's, and prints what was found. Nothing of it can run. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { preparePacking, root } from './packed.ts';

const packing = await preparePacking();
try {
  const folders: string[] = [];
  for (const system of ['linux', 'win32'] as const)
    for (const processor of ['x64', 'arm64'] as const) folders.push(await packing.pack(system, processor));
  const { status } = spawnSync(process.execPath, [join(root, 'build/verify-dist.ts'), ...folders], {
    stdio: 'inherit',
  });
  process.exitCode = status ?? 1;
} finally {
  packing.remove();
}
