/** Every document of the project: its links and the names in it exist, and the two README say the same. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { problemWords } from '../electron/cli/words.ts';
import manifest from '../package.json' with { type: 'json' };
import {
  anchorsOf,
  deadCitations,
  deadLinks,
  deadNotes,
  linksOf,
  missingFiles,
  missingScripts,
  sectionsOf,
  type Files,
} from './support/documents.ts';

const root = join(import.meta.dirname, '..');
const FOLDERS = ['electron', 'renderer', 'shared', 'test', 'build'];
/** This test and its tools name pages that do not exist. */
const OWN = /^test\/(?:documents\.test|support\/documents)\.ts$/;
const TEXT = /\.(?:md|tsx?|css|html|json|ya?ml|sh|ps1|nsh|c)$/;

function filesUnder(folder: string): readonly (readonly [string, string])[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return filesUnder(path);
    return [[path, TEXT.test(path) && !OWN.test(path) ? readFileSync(join(root, path), 'utf8') : ''] as const];
  });
}

const atTop = readdirSync(root, { withFileTypes: true }).flatMap((entry) =>
  entry.isFile() && entry.name !== 'package-lock.json' ? [entry.name] : [],
);
const files: Files = new Map([
  ...atTop.map((name) => [name, TEXT.test(name) ? readFileSync(join(root, name), 'utf8') : ''] as const),
  ...[...FOLDERS, '.github'].flatMap(filesUnder),
]);
const read = (path: string): string => files.get(path) ?? expect.fail(`there is no ${path}`);

describe('the documents', () => {
  test('have no link that leads nowhere', () => {
    expect(deadLinks(files)).toEqual([]);
  });

  test('and the code name no page and no section that is not there', () => {
    expect(deadCitations(files, FOLDERS)).toEqual([]);
  });

  test('and the code name no Note that is not written out once', () => {
    expect(deadNotes(files)).toEqual([]);
  });

  test('name no file and no folder that is not there', () => {
    expect(missingFiles(files, FOLDERS)).toEqual([]);
  });

  test('and the code name no npm script that package.json does not have', () => {
    expect(missingScripts(files, Object.keys(manifest.scripts))).toEqual([]);
  });

  test('have the sections that the command names after a mistake in merchant.json; a wrong scenario is answered with all names', () => {
    for (const code of ['unknown-field', 'wrong-type', 'out-of-range', 'not-one-of'])
      expect(problemWords({ field: 'x', code })).toContain('build/guide/en/technician.md, "Unattended"');
    expect(problemWords({ field: '--scenario', code: 'unknown-scenario' })).toMatch(
      /is none of: paid, .*, refund-slow$/,
    );
  });

  test('tell of every package why it is here', () => {
    const packages = Object.keys({ ...manifest.devDependencies, ...manifest.optionalDependencies }).filter(
      (name) => !name.startsWith('@types/'),
    );
    expect(packages.filter((name) => !read('CONTRIBUTING.md').includes(`**${name}**`))).toEqual([]);
  });

  test('and the code cite no notes that are not in the project', () => {
    const cites = [...files].filter(
      ([path, text]) =>
        path !== 'CHANGELOG.md' &&
        /protocol notes|\bnotes on money\b|\(result judgement, |\bof the design\b|\b[Tt]he design's\b|README, "/.test(
          text,
        ),
    );
    expect(cites.map(([path]) => path)).toEqual([]);
  });

  test('are all reached from the README, page by page', () => {
    const reached = new Set(['README.md']);
    for (const page of reached) {
      for (const target of linksOf(read(page))) {
        const path = join(page, '..', target.split('#')[0] ?? '').replaceAll('\\', '/');
        if (path.endsWith('.md') && files.has(path)) reached.add(path);
      }
    }
    expect([...files.keys()].filter((path) => path.endsWith('.md') && !reached.has(path))).toEqual([]);
  });
});

describe('README.md and README.zh-CN.md', () => {
  const both = ['README.md', 'README.zh-CN.md'] as const;

  test.each(both)('%s has at most 6 kB', (path) => {
    expect(Buffer.byteLength(read(path))).toBeLessThanOrEqual(6_000);
  });

  test('have the same commands, pictures, links, tables and sections, each in its language', () => {
    const shapeOf = (path: string): object => {
      const text = read(path);
      return {
        commands: [...text.matchAll(/^npm [^#\n]*/gm)].map(([line]) => line.trim()),
        links: linksOf(text).map((target) =>
          target.replace(/#.*/, '').replace('README.zh-CN.md', 'README.md').replace('zh-CN', 'en'),
        ),
        rows: [...text.matchAll(/^\|.*\|$/gm)].map(([row]) => row.split('|').length),
        sections: [...text.matchAll(/^#+/gm)].map(([marks]) => marks),
      };
    };
    expect(shapeOf('README.zh-CN.md')).toEqual(shapeOf('README.md'));
  });
});

describe('a fault in a document is found', () => {
  const page = '# Page\n\n## Pay: err_codes\n\n## 撤销 `recall`\n\n## Twice\n\n## Twice\n\n```sh\n# no heading\n```\n';
  const withText = (text: string, path = 'electron/a.md'): Files =>
    new Map([
      ['electron/wechat/README.md', page],
      ['electron/wechat/sign.ts', ''],
      [path, text],
    ]);

  test('sections and anchors are read as GitHub makes them', () => {
    expect(sectionsOf(page)).toEqual(['Page', 'Pay: err_codes', '撤销 recall', 'Twice', 'Twice']);
    expect(anchorsOf(page)).toEqual(['page', 'pay-err_codes', '撤销-recall', 'twice', 'twice-1']);
  });

  test.each([
    ['a page', '[x](wechat/README.md) and [y](https://example.com/gone.md)', []],
    ['a folder', '[x](wechat/)', []],
    ['a section', '[x](wechat/README.md#pay-err_codes), [y](wechat/README.md#twice-1)', []],
    ['a Chinese section, as a browser writes it', '[x](wechat/README.md#%E6%92%A4%E9%94%80-recall)', []],
    ['a page that is gone', '[x](wechat/GONE.md)', ['electron/a.md: there is no wechat/GONE.md']],
    ['a picture that is gone', '![x](gone.png)', ['electron/a.md: there is no gone.png']],
    [
      'a section that is gone',
      '[x](wechat/README.md#query)',
      ['electron/a.md: electron/wechat/README.md has no heading #query'],
    ],
    ['a section of its own that is gone', '# A\n\n[x](#b)', ['electron/a.md: electron/a.md has no heading #b']],
    ['something in a code block', '```\n[x](gone.md)\n```\n`[y](gone.md)`', []],
  ])('a link to %s', (_what, text, faults) => {
    expect(deadLinks(withText(text))).toEqual(faults);
  });

  test.each([
    ['that is there', '// (electron/wechat/README.md, "Pay: err_codes", "Twice")', []],
    ['broken over two lines of a comment', '/**\n * Why (electron/wechat/README.md,\n * "Pay: err_codes").\n */', []],
    ['whose name is broken over two lines', '  // electron/wechat/README.md, "Pay:\n  // err_codes"', []],
    [
      'of a page that is gone',
      "'see electron/wechat/NOTES.md'",
      ['electron/b.ts: there is no page electron/wechat/NOTES.md'],
    ],
    [
      'of a section that is gone',
      '\'see electron/wechat/README.md, "Query"\'',
      ['electron/b.ts: electron/wechat/README.md has no section "Query"'],
    ],
    [
      'whose second section is gone',
      '// electron/wechat/README.md, "Twice" and "Query"',
      ['electron/b.ts: electron/wechat/README.md has no section "Query"'],
    ],
  ])('a citation %s', (_what, text, faults) => {
    expect(deadCitations(withText(text, 'electron/b.ts'), ['electron'])).toEqual(faults);
  });

  test.each([
    ['that is there', '`electron/wechat/sign.ts` in `electron/wechat/`, `electron/wechat/*.ts`, `build`', []],
    ['that is gone', '`electron/wechat/gone.ts`', ['electron/a.md: there is no electron/wechat/gone.ts']],
    ['in a folder that is gone', '`electron/gone/*.ts`', ['electron/a.md: there is no electron/gone/*.ts']],
  ])('a file %s', (_what, text, faults) => {
    expect(missingFiles(withText(text), ['electron', 'build'])).toEqual(faults);
  });

  test.each([
    [
      'written once and named',
      '/** [Note: Two clocks] One of them. */\n// see [Note: Two clocks].\n/** Walks ([Note: Two clocks]) on. */',
      [],
    ],
    ['named only', '// See [Note: Two clocks].', ['[Note: Two clocks] is written out nowhere']],
    [
      'written twice',
      '/** [Note: A] Because. */\n/** [Note: A] Because. */',
      ['[Note: A] is written out in electron/a.ts and electron/a.ts'],
    ],
  ])('a Note %s', (_what, text, faults) => {
    expect(deadNotes(withText(text, 'electron/a.ts'))).toEqual(faults);
  });

  test('a script that is gone', () => {
    expect(
      missingScripts(withText('`npm run bench -- codec`, `npm run --silent facepay -- orders`, `npm run gone`'), [
        'bench',
        'facepay',
      ]),
    ).toEqual(['electron/a.md: there is no npm run gone']);
  });
});
