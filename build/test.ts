/** `npm test`: everything, on a machine that has Node and npm. Ends with one line that counts the tests. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chooseHost } from '../test/host/launch.ts';
import { prepare } from './prepare.ts';
import { runNode } from './run.ts';

const reports = mkdtempSync(join(tmpdir(), 'facepay-tests-'));

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

async function test(): Promise<number> {
  const missing = await prepare(['chromium', 'fonts-noto-cjk', 'openssl']);
  if (missing.length > 0) {
    console.error(missing.join('\n'));
    return 1;
  }
  for (const without of await prepare(['gcc', 'libc6-dev'])) console.log(`${without}; the crash tests (test/crash) are skipped without it`);
  for (const without of await prepare(['osslsigncode'])) console.log(`${without}; the test of Windows signing (test/pack/signing.test.ts) is skipped without it`);
  for (const without of await prepare(['rpm'])) console.log(`${without}; the test of the rpm (test/pack/rpm.test.ts) is skipped without it`);
  for (const without of await prepare(['nsis', 'shellcheck'])) console.log(`${without}; what needs it in test/machine is skipped without it`);
  const checks: readonly (readonly string[])[] = [
    ['build/typecheck.ts'],
    ['node_modules/eslint/bin/eslint.js', '.'],
    ['build/bundle.ts'],
  ];
  for (const check of checks) {
    const exitCode = await runNode(check);
    if (exitCode !== 0) return exitCode;
  }
  console.log(`The end-to-end tests run on: ${chooseHost() === 'electron' ? 'Electron' : 'the stand-in host (no Electron binary here)'}`);
  const exitCodes = [await vitest('spec'), await vitest('host'), await vitest('e2e')];
  const counts = ['spec', 'host', 'e2e'].map(countsOf);
  const sum = (part: keyof Counts): string => String(counts.reduce((total, count) => total + count[part], 0));
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
  return Math.max(...exitCodes);
}

const vitest = (project: string): Promise<number> =>
  runNode([
    'node_modules/vitest/vitest.mjs',
    'run',
    `--project=${project}`,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportOf(project)}`,
  ]);

const reportOf = (project: string): string => join(reports, `${project}.json`);

function countsOf(project: string): Counts {
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(reportOf(project), 'utf8')) as {
    readonly numPassedTests: number;
    readonly numFailedTests: number;
    readonly numPendingTests: number;
  };
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests };
}

process.exitCode = await test();
