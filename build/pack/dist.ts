/**
 * `npm run dist`: bundles the app and makes its installers, for this system or the ones asked for (`-- --linux --win
 * --x64 --arm64 --dir --china-mirrors`). The packed result is verified before it counts as done.
 */
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Arch, build, Platform } from 'electron-builder';
import { makeCommand } from './command.ts';
import { COMMAND_FOLDER } from './command-place.ts';
import { configuration } from './configuration.ts';
import { makeDeb } from './deb.ts';
import { mirrorsFor, readDistribution, type Processor, type System } from './distribution.ts';
import { addToFeedFile } from './feed-file.ts';
import { makeIcons } from './icons.ts';
import { makeRpm } from './rpm.ts';
import { windowsSigning } from './signing.ts';
import { stageApp } from './stage.ts';
import { root, runNode } from '../run.ts';

const WORK = join(root, 'dist');
const PACKED = join(WORK, 'packed');
const INSTALLERS: Readonly<Record<System, readonly string[]>> = { linux: ['AppImage'], win: ['nsis', 'portable'] };

const unpacked = (system: System, processor: Processor): string =>
  join(PACKED, `${system}${processor === 'x64' ? '' : `-${processor}`}-unpacked`);

async function dist(): Promise<number> {
  const { systems, processors, foldersOnly, chinaMirrors } = readDistribution(process.argv.slice(2), process);
  const signing = windowsSigning(process.env);
  if (chinaMirrors) Object.assign(process.env, mirrorsFor(process.env));
  const bundled = await runNode(['build/bundle.ts']);
  if (bundled !== 0) return bundled;
  rmSync(PACKED, { recursive: true, force: true });
  stageApp({ out: join(root, 'out'), work: WORK, signing });
  await makeIcons(WORK);
  for (const system of systems)
    for (const processor of processors) {
      const into = join(WORK, COMMAND_FOLDER, `${system}-${processor}`);
      await makeCommand({ system, processor, into, icon: join(WORK, 'icons/icon.ico') });
    }
  const electronDist = process.env['FACEPAY_ELECTRON_DIST'] ?? '';
  for (const system of systems) {
    const platform = system === 'linux' ? Platform.LINUX : Platform.WINDOWS;
    await build({
      projectDir: root,
      targets: platform.createTarget(
        foldersOnly ? ['dir'] : [...INSTALLERS[system]],
        ...processors.map((name) => Arch[name]),
      ),
      config: configuration({
        env: process.env,
        work: WORK,
        has: (path) => existsSync(resolve(root, path)),
        ...(electronDist === '' ? {} : { electronDist }),
      }),
      publish: 'never',
    });
  }
  const verified = await runNode([
    'build/pack/verify-dist.ts',
    ...systems.flatMap((system) => processors.map((processor) => unpacked(system, processor))),
  ]);
  if (verified !== 0) return verified;
  if (systems.includes('linux') && !foldersOnly) linuxPackages(processors);
  if (!foldersOnly) writeSums();
  if (systems.includes('win') && signing.kind === 'none')
    console.log(
      'The Windows build is NOT SIGNED, and its about page says so. build/pack/README.md names the variables that sign it.',
    );
  return 0;
}

function linuxPackages(processors: readonly Processor[]): void {
  const scripts = join(root, 'build/machine/linux/deb');
  const sourceDate = Number(spawnSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8' }).stdout);
  for (const processor of processors) {
    const order = { packed: unpacked('linux', processor), processor, into: PACKED, scripts, sourceDate };
    if (isHere('dpkg-deb', 'deb')) {
      const deb = makeDeb(order);
      addToFeedFile(join(PACKED, `latest-linux${processor === 'x64' ? '' : `-${processor}`}.yml`), deb);
      console.log(`  made ${deb}`);
    }
    if (isHere('rpmbuild', 'rpm')) console.log(`  made ${makeRpm(order)}`);
  }
}

function isHere(program: string, what: string): boolean {
  if (spawnSync(program, ['--version']).error === undefined) return true;
  console.log(
    `No ${what}: ${program} is not here (Debian and Ubuntu: apt-get install ${what === 'deb' ? 'dpkg' : 'rpm'}).`,
  );
  return false;
}

/** What `sha256sum --check SHA256SUMS` reads. */
function writeSums(): void {
  const files = readdirSync(PACKED, { withFileTypes: true }).filter(
    (entry) =>
      entry.isFile() && /\.(exe|AppImage|deb|rpm|blockmap|yml)$/.test(entry.name) && entry.name !== 'builder-debug.yml',
  );
  const lines = files.map(
    ({ name }) =>
      `${createHash('sha256')
        .update(readFileSync(join(PACKED, name)))
        .digest('hex')}  ${name}\n`,
  );
  writeFileSync(
    join(PACKED, 'SHA256SUMS'),
    lines.sort((one, other) => (one.slice(64) < other.slice(64) ? -1 : 1)).join(''),
  );
}

process.exitCode = await dist();
