/** A run of the tests counts what was left out, and accepts only what the list gives a reason for. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { counted, KNOWN_SKIPS, type TestMachine } from '../../../build/test/known-skips.ts';
import { root } from '../../../build/run.ts';

const MACHINE: TestMachine = { platform: 'linux', isRoot: true, canMount: true, host: 'stand-in', lacks: new Set() };

const report = (name: string, ...statuses: readonly string[]): string =>
  JSON.stringify({
    numPassedTests: statuses.filter((status) => status === 'passed').length,
    numFailedTests: statuses.filter((status) => status === 'failed').length,
    testResults: [
      {
        name: `/somewhere/${name}`,
        status: statuses.includes('failed') ? 'failed' : 'passed',
        assertionResults: statuses.map((status, index) => ({ fullName: `test ${String(index)}`, status })),
      },
    ],
  });

const skipsOf = (name: string, machine: Partial<TestMachine> = {}): readonly string[] =>
  counted(report(name, 'passed', 'skipped'), '/somewhere', { ...MACHINE, ...machine }).unknownSkips;

describe('a test that is left out', () => {
  it('is counted, and named where the list has no reason', () => {
    expect(
      counted(
        report('test/orders/engine/engine.test.ts', 'passed', 'passed', 'pending', 'todo'),
        '/somewhere',
        MACHINE,
      ),
    ).toEqual({
      passed: 2,
      failed: 0,
      skipped: 2,
      failures: [],
      broken: [],
      unknownSkips: ['test/orders/engine/engine.test.ts: test 2', 'test/orders/engine/engine.test.ts: test 3'],
    });
  });

  it('is taken only on a machine that has the reason', () => {
    expect(skipsOf('test/app/setup/provisioning.test.ts')).toEqual([]);
    expect(skipsOf('test/app/setup/provisioning.test.ts', { isRoot: false })).toHaveLength(1);
    expect(skipsOf('test/crash/crash-points.test.ts')).toHaveLength(1);
    expect(skipsOf('test/crash/crash-points.test.ts', { lacks: new Set(['gcc']) })).toEqual([]);
    expect(skipsOf('test/pack/rpm.test.ts', { platform: 'win32' })).toEqual([]);
  });

  it('is of a file that exists', () => {
    for (const file of KNOWN_SKIPS.flatMap(({ files }) => files)) expect(existsSync(join(root, file)), file).toBe(true);
  });
});

it('a test that fails is named with the beginning of what it said', () => {
  const failed = JSON.stringify({
    numPassedTests: 0,
    numFailedTests: 1,
    testResults: [
      {
        name: '/here/test/a.test.ts',
        status: 'failed',
        assertionResults: [
          {
            fullName: 'an order ends',
            status: 'failed',
            failureMessages: [`AssertionError: no\n${'at there\n'.repeat(100)}`],
          },
        ],
      },
    ],
  });
  const [failure = '', ...others] = counted(failed, '/here', MACHINE).failures;
  expect(others).toEqual([]);
  expect(failure).toMatch(/^test\/a\.test\.ts: an order ends\n {4}AssertionError: no\n {4}at there\n/);
  expect(failure.split('\n').length).toBeLessThan(40);
});

it('a file that breaks before its first test is named', () => {
  const broken = JSON.stringify({
    numPassedTests: 0,
    numFailedTests: 0,
    testResults: [
      { name: 'C:\\here\\test\\a.test.ts', status: 'failed', message: 'SyntaxError', assertionResults: [] },
    ],
  });
  expect(counted(broken, 'C:\\here', MACHINE).broken).toEqual(['test/a.test.ts']);
});
