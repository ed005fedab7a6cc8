/** What the figures cover, and that they are not shown once it has changed. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { covered, coverageOf, hashOf, importsOf, stalePartsOf } from '../../build/proof-covers.ts';
import { partCommands, partNames, proofSchema, typedCommand, type Proof } from '../../shared/proof.ts';
import stored from '../../shared/proof.json' with { type: 'json' };

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const wire = proofSchema.parse(stored).wire ?? expect.fail();

describe('what a part covers', () => {
  test.each(partNames)('%s: its own file and the product code it measures, all of them there', (part) => {
    const { files, packages } = coverageOf(part);
    expect(files).toContain(partCommands[part].file);
    expect(files.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    expect(packages).toContain('zod');
    for (const { also, begins, without } of Object.values(covered)) for (const path of [...also, ...begins, ...without]) expect(existsSync(join(root, path)), path).toBe(true);
  });

  test.each([
    ['simulation', 'electron/orders/machine.ts'],
    ['simulation', 'test/simulation/bugged-search.ts'],
    ['crash', 'electron/orders/driver-seat.ts'],
    ['crash', 'test/crash/syscalls.c'],
    ['crash', 'electron/cli.ts'],
    ['wire', 'electron/wechat/dial.ts'],
    ['audit', 'electron/orders/audit-chain.ts'],
    ['soak', 'electron/practice/ledger.ts'],
  ] as const)('%s covers %s', (part, path) => {
    expect(coverageOf(part).files).toContain(path);
  });

  test.each(partNames)('%s covers the files that its tests name without importing them, to start them or to change them', (part) => {
    const { files } = coverageOf(part);
    const named = files.filter((path) => path.startsWith('test/')).flatMap((path) => [...read(path).matchAll(/(?<!from )'(?:\.\.\/)*((?:electron|shared|test)\/[\w./-]+\.(?:ts|c))'/g)].map(([, name]) => name));
    expect(named.filter((name) => name !== undefined && !files.includes(name))).toEqual([]);
  });

  test('the screen, the README and the figures themselves are covered by none', () => {
    const all = partNames.flatMap((part) => coverageOf(part).files);
    expect(all.filter((path) => /^renderer\/|README|proof\.json/.test(path))).toEqual([]);
  });

  test('what is imported for its types alone is not there when it runs', () => {
    const text = "import type { A } from './a.ts';\nimport {\n  b,\n  type C,\n} from './b.ts';\nexport * from './d.ts';\nimport './e.css';\nnew URL('./f.ts', import.meta.url);\nawait import('./g.ts');\nconst from = './h.ts';";
    expect(importsOf(text)).toEqual(['./b.ts', './d.ts', './e.css', './g.ts', './f.ts']);
  });
});

describe('a figure', () => {
  const today = (part: 'wire', changes: Partial<NonNullable<Proof['wire']>> = {}): Proof => ({ [part]: { ...wire, command: typedCommand(part), covers: hashOf(part), ...changes } });

  test('may be shown as long as nothing has changed of what it covers', () => {
    expect(stalePartsOf(today('wire'))).toEqual([]);
    expect(stalePartsOf({})).toEqual([]);
  });

  test('may not be shown once one byte of it has, or it is measured by another command', () => {
    const changed = hashOf('wire', (path) => (path === 'electron/wechat/transport.ts' ? `${read(path)} ` : read(path)));
    expect(changed).not.toBe(hashOf('wire'));
    expect(stalePartsOf(today('wire', { covers: changed }))).toEqual(['wire']);
    expect(stalePartsOf(today('wire', { command: 'npm run fire -- --replies 1' }))).toEqual(['wire']);
  });

  test('is none the older for other ends of lines, or for what it does not cover', () => {
    expect(hashOf('wire', (path) => read(path).replaceAll('\n', '\r\n'))).toBe(hashOf('wire'));
    expect(coverageOf('wire').files).not.toContain('electron/orders/machine.ts');
  });
});
