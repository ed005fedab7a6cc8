/** What the figures cover, and that they are not shown after it has changed. */
import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { covered, coverageOf, hashOf, importsOf, stalePartsOf } from '../../../build/proof/proof-covers.ts';
import { partCommands, partNames, proofSchema, typedCommand, type Proof } from '../../../shared/proof.ts';
import stored from '../../../shared/proof.json' with { type: 'json' };

const root = join(import.meta.dirname, '../../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const wire = proofSchema.parse(stored).wire ?? expect.fail();

describe('what a part covers', () => {
  test.each(partNames)('%s: its own file and the product code it measures, all of them there', (part) => {
    const { files, packages } = coverageOf(part);
    expect(files).toContain(partCommands[part].file);
    expect(files.filter((path) => !existsSync(join(root, path)))).toEqual([]);
    expect(packages).toContain('zod');
    for (const { also, begins, without } of Object.values(covered))
      for (const path of [...also, ...begins, ...without]) expect(existsSync(join(root, path)), path).toBe(true);
  });

  test.each([
    ['simulation', 'electron/orders/machine/machine.ts'],
    ['simulation', 'test/simulation/bugged-search.ts'],
    ['crash', 'electron/orders/engine/leader-lock.ts'],
    ['crash', 'test/crash/syscalls.c'],
    ['crash', 'electron/cli.ts'],
    ['wire', 'electron/wechat/dial.ts'],
    ['audit', 'electron/orders/journal/chain.ts'],
    ['soak', 'electron/practice/ledger.ts'],
  ] as const)('%s covers %s', (part, path) => {
    expect(coverageOf(part).files).toContain(path);
  });

  test.each(partNames)(
    '%s covers the files that its tests name without importing them, to start them or to change them',
    (part) => {
      const { files } = coverageOf(part);
      const named = files
        .filter((path) => path.startsWith('test/'))
        .flatMap((path) =>
          [...read(path).matchAll(/(?<!from )'(?:\.\.\/)*((?:electron|shared|test)\/[\w./-]+\.(?:ts|c))'/g)].map(
            ([, name]) => name,
          ),
        );
      expect(named.filter((name) => name !== undefined && !files.includes(name))).toEqual([]);
    },
  );

  test('the screen, its words, the README and the figures themselves are covered by none', () => {
    const all = partNames.flatMap((part) => coverageOf(part).files);
    expect(all.filter((path) => /^renderer\/|locales\/|README|proof\.json/.test(path))).toEqual([]);
  });

  test('a file imported only for its types is not part of the running code', () => {
    const text =
      "import type { A } from './a.ts';\nimport {\n  b,\n  type C,\n} from './b.ts';\nexport * from './d.ts';\nimport './e.css';\nnew URL('./f.ts', import.meta.url);\nawait import('./g.ts');\nconst from = './h.ts';";
    expect(importsOf(text)).toEqual(['./b.ts', './d.ts', './e.css', './g.ts', './f.ts']);
  });
});

describe('a figure', () => {
  const today = async (part: 'wire', changes: Partial<NonNullable<Proof['wire']>> = {}): Promise<Proof> => ({
    [part]: { ...wire, command: typedCommand(part), covers: await hashOf(part), ...changes },
  });
  const transport = 'electron/wechat/transport.ts';
  /** The hash of the wire part if the text of the transport were another. */
  const after = (change: (text: string) => string): Promise<string> =>
    hashOf('wire', (path) => (path === transport ? change(read(path)) : read(path)));

  test('may be shown as long as the code it covers has not changed', async () => {
    expect(await stalePartsOf(await today('wire'))).toEqual([]);
    expect(await stalePartsOf({})).toEqual([]);
  });

  test('may not be shown after one number in that code has changed, or if another command measures it now', async () => {
    const changed = await after((text) => text.replace(/(?<= )(\d+)(?=;)/, '1$1'));
    expect(changed).not.toBe(await hashOf('wire'));
    expect(await stalePartsOf(await today('wire', { covers: changed }))).toEqual(['wire']);
    expect(await stalePartsOf(await today('wire', { command: 'npm run fire -- --replies 1' }))).toEqual(['wire']);
  });

  test('stays valid after changes of line ends, layout, comments or types, or of code it does not cover', async () => {
    const now = await hashOf('wire');
    expect(await hashOf('wire', (path) => read(path).replaceAll('\n', '\r\n'))).toBe(now);
    expect(
      await after((text) => `// why\n\n${text.replaceAll('  ', '    ')}\ninterface Unused { readonly a: 1 }\n`),
    ).toBe(now);
    expect(coverageOf('wire').files).not.toContain('electron/orders/machine/machine.ts');
  });

  test('stays valid after a file and the paths to it have moved, but not after an import of another file by the same name', async () => {
    const now = await hashOf('wire');
    const deep = 'electron/wechat/deep/transport.ts';
    const moved = await hashOf('wire', (path) => {
      const text = read(path === deep ? transport : path);
      if (path === deep) return text.replaceAll("from '../", "from '../../").replaceAll("from './", "from '../");
      return text.replaceAll(/(?<=')([./\w-]*\/)transport\.ts(?=')/g, (whole, folder: string) =>
        posix.join(posix.dirname(path), folder) === 'electron/wechat/' ? `${folder}deep/transport.ts` : whole,
      );
    });
    expect(moved).toBe(now);
    const other = await after((text) => text.replace(/(?<=from ')\.\/[\w-]+\.ts/, '../base/clock.ts'));
    expect(other).not.toBe(now);
  });
});
