/** `npm run proof -- --check` and `--table`, on a copy of the project that has no git. */
import { execFile } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { coverageOf, hashOf } from '../../../build/proof/proof-covers.ts';
import { whyDue } from '../../../build/proof/proof-due.ts';
import { PROOF_MARKS } from '../../../build/proof/proof-table.ts';
import { partNames, proofSchema, typedCommand, type PartName, type Proof } from '../../../shared/proof.ts';
import stored from '../../../shared/proof.json' with { type: 'json' };

const root = join(import.meta.dirname, '../../..');
const figures = proofSchema.parse(stored);
const wire = figures.wire ?? expect.fail();

describe('on a copy without git', () => {
  let copy = '';
  const proofOf = async (part: PartName): Promise<Proof> => ({
    [part]: { ...figures[part], command: typedCommand(part), covers: await hashOf(part) },
  });
  const allOfToday = async (): Promise<Proof> =>
    proofSchema.parse(Object.assign({}, ...(await Promise.all(partNames.map(proofOf)))));

  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), 'facepay-proof-'));
    for (const path of [
      'package.json',
      PROOF_MARKS.page,
      'build',
      'shared',
      ...partNames.flatMap((part) => coverageOf(part).files),
    ]) {
      mkdirSync(dirname(join(copy, path)), { recursive: true });
      cpSync(join(root, path), join(copy, path), { recursive: true });
    }
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  });
  afterAll(() => {
    rmSync(copy, { recursive: true, force: true });
  });

  const proof = (flag: string): Promise<{ code: number; said: string }> =>
    new Promise((resolve) => {
      execFile(process.execPath, [join(copy, 'build/proof.ts'), flag], { cwd: copy }, (error, stdout) => {
        resolve({ code: error === null ? 0 : Number(error.code), said: stdout });
      });
    });
  const page = (): string => readFileSync(join(copy, PROOF_MARKS.page), 'utf8');

  test('every figure counts until the code it covers changes: then it is named, the exit code is 1, and the page no longer shows it', async () => {
    writeFileSync(join(copy, 'shared/proof.json'), JSON.stringify(await allOfToday()));
    expect(await proof('--check')).toEqual({ code: 0, said: 'Every figure was measured on the code that is here.\n' });
    expect((await proof('--table')).code).toBe(0);
    expect(page()).toContain('100,000 damaged replies');
    expect(page()).not.toContain('not measured since its code changed');
    appendFileSync(join(copy, 'test/fire/run.ts'), '\nconsole.log(1);\n');
    const { code, said } = await proof('--check');
    expect([code, said]).toEqual([
      1,
      `wire: measured on ${wire.date} at ${wire.commit}; what it covers has changed since. npm run proof -- wire\n`,
    ]);
    expect((await proof('--table')).code).toBe(0);
    expect(page()).not.toContain('100,000 damaged replies');
    expect(page()).toContain('not measured since its code changed');
    expect(page()).toContain('simulated lives');
  });
});

describe('why a figure is due', () => {
  const lines = (proof: Proof, changed: readonly string[] | null): string =>
    whyDue(proof, {
      due: ['wire'],
      filesOf: () => ['a', 'b', 'c', 'd', 'e', 'f', 'g'],
      changedSince: () => changed,
    }).join('\n');
  const measured: Proof = { wire: { ...wire, command: typedCommand('wire'), date: '2026-11-24', commit: 'abc1234' } };

  test.each<[what: string, proof: Proof, changed: readonly string[] | null, says: string]>([
    ['never measured', {}, null, 'wire: never measured. npm run proof -- wire'],
    [
      'which of its files changed',
      measured,
      ['b', 'x'],
      'wire: measured on 2026-11-24 at abc1234; changed since: b. npm run proof -- wire',
    ],
    ['the first of many', measured, ['a', 'b', 'c', 'd', 'e', 'f', 'g'], 'changed since: a, b, c, d, e and 2 more.'],
    ['that something did, where git knows nothing', measured, null, 'what it covers has changed since.'],
    [
      'that it was another command',
      { wire: { ...wire, command: 'npm run fire -- --replies 1' } },
      ['b'],
      'by npm run fire -- --replies 1, not by npm run fire -- --replies 100000.',
    ],
  ])('%s', (_what, proof, changed, says) => {
    expect(lines(proof, changed)).toContain(says);
  });
});
