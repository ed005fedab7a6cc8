/** The tests that a machine may leave out, and why. `npm test` fails if any other test is left out. */
import { z } from 'zod';

/** The facts about a machine that decide it. */
export interface TestMachine {
  readonly platform: string;
  readonly isRoot: boolean;
  readonly canMount: boolean;
  readonly host: 'electron' | 'stand-in';
  /** Debian packages that are needed and not installed. */
  readonly lacks: ReadonlySet<string>;
}

interface KnownSkip {
  readonly files: readonly string[];
  readonly why: string;
  readonly where: (machine: TestMachine) => boolean;
}

const COMPILERS = ['gcc', 'libc6-dev', 'gcc-mingw-w64-i686-win32', 'gcc-mingw-w64-x86-64-win32'];

export const KNOWN_SKIPS: readonly KnownSkip[] = [
  {
    files: ['test/app/setup/provisioning.test.ts'],
    why: 'root may write where others may not',
    where: ({ isRoot }) => isRoot,
  },
  {
    files: [
      'test/cli/bad-disk.test.ts',
      'test/orders/open-journal.test.ts',
      'test/crash/bystanders.test.ts',
      'test/vault/wipe-file.test.ts',
      'test/base/safe-file.test.ts',
      'test/base/log.test.ts',
    ],
    why: 'a small disk of its own needs the right to mount',
    where: ({ canMount }) => !canMount,
  },
  {
    files: ['test/crash/crash-points.test.ts', 'test/crash/hindrances.test.ts', 'test/crash/bystanders.test.ts'],
    why: 'what stands between a process and the C library needs Linux and a C compiler',
    where: ({ platform, lacks }) => platform !== 'linux' || lacks.has('gcc') || lacks.has('libc6-dev'),
  },
  {
    files: ['test/face-bridge/helper.test.ts'],
    why: 'the helper of the face SDK is compiled here, for Linux and by MinGW for Windows',
    where: ({ platform, lacks }) => platform !== 'linux' || COMPILERS.some((compiler) => lacks.has(compiler)),
  },
  {
    files: ['test/e2e/till/face-sdk.test.ts'],
    why: 'its helper is compiled here, and only root can give it to root',
    where: ({ platform, isRoot, lacks }) =>
      platform !== 'linux' || !isRoot || lacks.has('gcc') || lacks.has('libc6-dev'),
  },
  {
    files: ['test/face-bridge/helper-windows.test.ts'],
    why: 'it runs a helper that was compiled for Windows',
    where: ({ platform }) => platform !== 'win32',
  },
  {
    files: ['test/face-bridge/helper-file.test.ts'],
    why: 'only root can give a file to root',
    where: ({ platform, isRoot }) => platform === 'win32' || !isRoot,
  },
  {
    files: ['test/machine/linux.test.ts'],
    why: 'the scripts are for Linux; two checkers of them may be missing',
    where: ({ platform, lacks }) => platform !== 'linux' || lacks.has('shellcheck') || lacks.has('systemd'),
  },
  {
    files: ['test/machine/installer.test.ts'],
    why: 'the Windows installer’s script is compiled by makensis',
    where: ({ lacks }) => lacks.has('nsis'),
  },
  {
    files: ['test/wechat/dial.test.ts'],
    why: 'two loopback addresses are there on Linux only',
    where: ({ platform }) => platform !== 'linux',
  },
  {
    files: ['test/e2e/back-office/updates.test.ts', 'test/e2e/setup/setup-vault.test.ts'],
    why: 'Electron itself has no stand-in’s records and key store',
    where: ({ host }) => host === 'electron',
  },
  {
    files: ['test/pack/try-program.test.ts'],
    why: 'the program it tries is a shell script',
    where: ({ platform }) => platform === 'win32',
  },
  {
    files: ['test/pack/deb.test.ts', 'test/pack/rpm.test.ts'],
    why: 'packages give their files to root',
    where: ({ platform, isRoot, lacks }) => platform !== 'linux' || !isRoot || lacks.has('rpm'),
  },
  {
    files: ['test/build/test/test-fonts.test.ts', 'test/visual/fonts.test.ts', 'test/e2e/fonts.test.ts'],
    why: 'Chromium asks fontconfig for fonts on Linux only',
    where: ({ platform }) => platform !== 'linux',
  },
  {
    files: ['test/pack/signing.test.ts'],
    why: 'a Windows program is signed here by osslsigncode',
    where: ({ platform, lacks }) => platform !== 'linux' || lacks.has('osslsigncode'),
  },
];

/** The part of the test runner's report that is read. */
const reportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()).optional() }),
      ),
    }),
  ),
});

export interface Counted {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Tests that failed, each with the first lines of its error. */
  readonly failures: readonly string[];
  /** Files that broke before their first test. */
  readonly broken: readonly string[];
  /** Tests that were left out although this machine gives no reason for it. */
  readonly unknownSkips: readonly string[];
}

const LINES_SHOWN = 30;
const firstLines = (text: string): string =>
  text
    .split('\n')
    .slice(0, LINES_SHOWN)
    .map((line) => `    ${line}`)
    .join('\n');

/** Counts a report (JSON); `root` is the folder in which its paths begin. Throws if it is no report. */
export function counted(report: string, root: string, machine: TestMachine): Counted {
  const { numPassedTests, numFailedTests, testResults } = reportSchema.parse(JSON.parse(report));
  const files = testResults.map((file) => ({
    ...file,
    name: file.name.replaceAll('\\', '/').replace(`${root.replaceAll('\\', '/')}/`, ''),
  }));
  const left = files.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status !== 'passed' && status !== 'failed')
      .map(({ fullName }) => ({ name, fullName })),
  );
  const known = (name: string): boolean =>
    KNOWN_SKIPS.some(({ files: of, where }) => of.includes(name) && where(machine));
  return {
    passed: numPassedTests,
    failed: numFailedTests,
    skipped: left.length,
    failures: files.flatMap(({ name, assertionResults }) =>
      assertionResults
        .filter(({ status }) => status === 'failed')
        .map(({ fullName, failureMessages = [] }) => `${name}: ${fullName}\n${firstLines(failureMessages.join('\n'))}`),
    ),
    broken: files
      .filter(
        ({ status, assertionResults }) =>
          status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
      )
      .map(({ name }) => name),
    unknownSkips: left.filter(({ name }) => !known(name)).map(({ name, fullName }) => `${name}: ${fullName}`),
  };
}
