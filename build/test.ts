/**
 * `npm test`: all tests, on a machine that has Node and npm. Of exhaustive loops it runs a part, another one with each
 * commit. `npm run test:long` runs all of them. Everything runs side by side, because some of it computes and the rest
 * mostly waits. It ends with one line that counts the tests.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildGallery } from '../test/gallery/build.ts';
import { chooseHost } from './stand-in/launcher/launch.ts';
import { bundleCommand } from './bundle/command-bundle.ts';
import { SEED } from '../test/support/slice.ts';
import { canMount } from '../test/support/small-disk.ts';
import { writeFontConfig } from './test/test-fonts.ts';
import { counted, type TestMachine } from './test/known-skips.ts';
import { quickFolder } from './test/quick-folder.ts';
import { makeIcons } from './pack/icons.ts';
import { prepare, type Need } from './prepare.ts';
import { root, runNode } from './run.ts';

/** What is checked beside the tests; each is a script with its arguments. */
const CHECKS: Readonly<Record<string, readonly string[]>> = {
  'types and lint': ['node_modules/oxlint/bin/oxlint'],
  layout: ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
};

/** The runs, side by side, each with one or more projects of vitest.config.ts. */
const RUNS = { spec: ['spec', 'spec-together'], e2e: ['host', 'e2e'] } as const;
const RUN_NAMES = ['spec', 'e2e'] as const;

/** The tools that some tests need, and those tests. */
const OPTIONAL: readonly (readonly [needs: readonly Need[], tests: string])[] = [
  [['gcc', 'libc6-dev'], 'the crash tests (test/crash) and those of the face SDK’s helper (test/face-bridge)'],
  [['gcc-mingw-w64-i686-win32', 'gcc-mingw-w64-x86-64-win32'], 'compiling that helper for Windows'],
  [['osslsigncode'], 'the test of Windows signing (test/pack/signing.test.ts)'],
  [['rpm'], 'the test of the rpm (test/pack/rpm.test.ts)'],
  [['nsis', 'shellcheck'], 'what needs it in test/machine'],
];

const isLong = process.argv.includes('--long');
const work = mkdtempSync(join(tmpdir(), 'facepay-tests-'));
/** For the tests' own files. It may be memory, so nothing of it stays. */
const temporary = mkdtempSync(join(quickFolder(), 'facepay-tests-'));
// A test of root becomes another user, who needs the command and the test's own files.
for (const folder of [work, temporary]) chmodSync(folder, 0o711);
process.on('exit', () => {
  rmSync(temporary, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

async function test(): Promise<number> {
  const missing = await prepare(['chromium', 'fontconfig', 'fonts-noto-cjk', 'fonts-dejavu-core', 'openssl']);
  if (missing.length > 0) {
    console.error(missing.join('\n'));
    return 1;
  }
  const lacks = new Set<string>(spawnSync('systemd-analyze', ['--version']).error === undefined ? [] : ['systemd']);
  for (const [needs, tests] of OPTIONAL) {
    for (const need of needs) {
      const [without] = await prepare([need]);
      if (without === undefined) continue;
      console.log(`${without}; ${tests} are left out without it`);
      lacks.add(need);
    }
  }
  const [failed, exitCodes] = await Promise.all([failedChecks(), testsRun()]);
  for (const check of failed) console.error(`FAILED ${check}: its messages are above`);
  if (exitCodes === null) return 1;
  const isSound = summed({
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    canMount: canMount(),
    host: chooseHost(),
    lacks,
  });
  return isSound && failed.length === 0 ? Math.max(...exitCodes) : 1;
}

/** One after the other, so that the tests beside them have the other cores. Returns the names of those that fail. */
async function failedChecks(): Promise<readonly string[]> {
  const failed: string[] = [];
  for (const [name, script] of Object.entries(CHECKS)) {
    if ((await runNode(script)) === 0) continue;
    console.error(`FAILED ${name}`);
    failed.push(name);
  }
  return failed;
}

/** Makes what the tests use, and runs them. Resolves with the exit codes of the runs, null if there are no bundles. */
async function testsRun(): Promise<readonly number[] | null> {
  if ((await runNode(['build/bundle.ts'])) !== 0) return null;
  const env = {
    TEST_SEED: SEED,
    FACEPAY_TESTS: isLong ? 'long' : 'part',
    TMPDIR: temporary,
    ...(await madeForTests()),
  };
  console.log(
    `The end-to-end tests run on: ${chooseHost() === 'electron' ? 'Electron' : 'the stand-in host (no Electron binary here)'}`,
  );
  console.log(
    isLong
      ? 'Exhaustive loops are run in full'
      : `Of exhaustive loops a part is run; TEST_SEED=${SEED} npm test runs the same again`,
  );
  return Promise.all(RUN_NAMES.map((name) => vitest(name, env)));
}

/**
 * The command, the gallery, the icons and the fontconfig, made once for all tests that use them; the bundles exist
 * already.
 */
async function madeForTests(): Promise<Readonly<Record<string, string>>> {
  const gallery = join(work, 'gallery');
  await buildGallery(gallery);
  await makeIcons(work);
  const fonts = process.platform === 'linux' ? { FACEPAY_FONTS: writeFontConfig(join(work, 'fonts')) } : {};
  return {
    FACEPAY_COMMAND: await bundleCommand(join(work, 'command')),
    FACEPAY_GALLERY: gallery,
    FACEPAY_BUNDLES: join(root, 'out'),
    FACEPAY_ICONS: join(work, 'icons'),
    ...fonts,
  };
}

const vitest = (name: (typeof RUN_NAMES)[number], env: Readonly<Record<string, string>>): Promise<number> =>
  runNode(
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      ...RUNS[name].map((project) => `--project=${project}`),
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${reportOf(name)}`,
    ],
    { env },
  );

const reportOf = (name: string): string => join(work, `${name}.json`);

/** Prints the counts; returns whether no file broke and no test was left out without a reason. */
function summed(machine: TestMachine): boolean {
  const counts = RUN_NAMES.map((name) => counted(readFileSync(reportOf(name), 'utf8'), root, machine));
  for (const { failures, broken, unknownSkips } of counts) {
    // Printed again at the end, because readers of a long log begin there.
    for (const failure of failures) console.error(`\nFAILED ${failure}`);
    for (const file of broken) console.error(`${file} broke outside of its tests`);
    for (const name of unknownSkips)
      console.error(`LEFT OUT, and build/test/known-skips.ts has no reason for it here: ${name}`);
  }
  const sum = (part: 'passed' | 'failed' | 'skipped'): string =>
    String(counts.reduce((total, count) => total + count[part], 0));
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
  return counts.every(({ broken, unknownSkips }) => broken.length + unknownSkips.length === 0);
}

process.exitCode = await test();
