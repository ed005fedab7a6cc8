/** test/README.md against shared/proof.json and the promises, and the words of the table. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { stalePartsOf } from '../../../build/proof/proof-covers.ts';
import { PROOF_MARKS, withTable } from '../../../build/proof/proof-table.ts';
import manifest from '../../../package.json' with { type: 'json' };
import { partCommands, partNames, proofSchema, type PartName, type Proof } from '../../../shared/proof.ts';
import stored from '../../../shared/proof.json' with { type: 'json' };
import { shownPromises } from '../../../shared/promises.ts';

const root = join(import.meta.dirname, '../../..');
const page = readFileSync(join(root, PROOF_MARKS.page), 'utf8');

const simulation: NonNullable<Proof['simulation']> = {
  command: 'npm run simulate -- --seeds 999',
  figures: {
    seeds: 1_000_000,
    seedsPerSecondPerCore: 321.5,
    virtualYears: 61.25,
    faultKinds: 28,
    leastHits: 1_204,
    violations: 1,
    seededBugs: 12,
    seededBugsCaught: 11,
  },
  covers: 'a'.repeat(64),
  commit: 'abc1234',
  date: '2026-11-24',
  node: 'v24.21.0',
  cores: 2,
};

const rowsOf = (proof: Proof, stale: readonly PartName[] = []): string[] =>
  withTable(page, proof, stale)
    .split('\n')
    .filter((line) => line.startsWith('| '));
const rowAbout = (proof: Proof, words: string, stale: readonly PartName[] = []): string =>
  rowsOf(proof, stale).find((row) => row.includes(words)) ?? '';

describe('the page of the tests', () => {
  test('says what shared/proof.json and the promises say, and no figure of code that has changed; `npm run proof -- --table` makes it so', async () => {
    const proof = proofSchema.parse(stored);
    expect(page).toBe(withTable(page, proof, await stalePartsOf(proof)));
  });

  test('shows no figure of a part whose code has changed since', () => {
    const proof = { simulation };
    expect(rowAbout(proof, 'within 15 s', ['simulation'])).toContain(
      '| not measured since its code changed | `npm run simulate -- --seeds 1000000` |',
    );
    expect(rowAbout(proof, '`abc1234`', ['simulation'])).toContain('| changed: its figures are not shown |');
    expect(rowsOf(proof, ['simulation']).join()).not.toMatch(/1,000,000|61\.3|11 of 12/);
  });

  test('shows no figure of a part that was never measured', () => {
    const rows = rowsOf({}).filter((row) => /^\| \d+\. /.test(row));
    expect(rows).toHaveLength(shownPromises({}, []).length);
    for (const row of rows) expect(row).toMatch(/not measured yet|checked with every change/);
  });

  test('shows the figures of a part as they are, bad ones too, with the command, commit and day they came from', () => {
    const proof = { simulation };
    expect(rowAbout(proof, 'within 15 s')).toContain(
      '| 1,000,000 simulated lives, 1 violation | `npm run simulate -- --seeds 999` |',
    );
    expect(rowAbout(proof, 'clock set')).toContain(
      '61.3 simulated years, 28 kinds of fault, each at least 1,204 times, 1 violation |',
    );
    expect(rowAbout(proof, 'put in on purpose')).toContain('11 of 12 found');
    expect(rowAbout(proof, '`abc1234`')).toBe(
      '| `npm run simulate -- --seeds 999` | 2026-11-24 | `abc1234` | v24.21.0 | 2 | as it was |',
    );
    expect(rowAbout(proof, 'Killed at any step')).toContain('not measured yet');
  });

  test.each([
    ['no marks', page.replaceAll('<!--', '')],
    ['the marks twice', `${page}\n${page}`],
  ])('is refused with %s', (_what, text) => {
    expect(() => withTable(text, {}, [])).toThrow('test/README.md must have');
  });
});

describe('the promises', () => {
  test('name test files that are there', () => {
    const partFiles = partNames.map((name) => partCommands[name].file);
    const tests = shownPromises({}, []).flatMap(({ testedIn }) => testedIn.filter((path) => !partFiles.includes(path)));
    expect(tests.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  test('name, of each measured part, a script of package.json and the file that it runs', () => {
    const proof = proofSchema.parse(stored);
    const scripts = new Map(Object.entries<string>(manifest.scripts));
    for (const name of partNames.filter((part) => proof[part] !== undefined)) {
      const { script, file } = partCommands[name];
      expect(scripts.get(script)).toContain(file);
      expect(existsSync(join(root, file)), file).toBe(true);
    }
  });
});

describe('shared/proof.json', () => {
  test.each([
    ['a part nobody knows', { luck: simulation }],
    ['a figure nobody knows', { simulation: { ...simulation, figures: { ...simulation.figures, luck: 1 } } }],
    ['a figure too few', { simulation: { ...simulation, figures: { ...simulation.figures, seeds: undefined } } }],
    ['no hash of what it covers', { simulation: { ...simulation, covers: undefined } }],
    ['no commit', { simulation: { ...simulation, commit: 'unknown' } }],
    ['a day that is none', { simulation: { ...simulation, date: '2026-02-30' } }],
  ])('is refused with %s', (_what, proof) => {
    expect(proofSchema.safeParse(proof).success).toBe(false);
    expect(proofSchema.safeParse({ simulation }).success).toBe(true);
  });
});
