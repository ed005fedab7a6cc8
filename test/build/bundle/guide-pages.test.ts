/**
 * From the guide's Markdown to what the screen draws, and the pages themselves: complete, equal in both languages, and
 * with the screen's own words.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { guideDocument, pngSize } from '../../../build/bundle/guide-pages.ts';
import { HELP } from '../../../electron/cli/help.ts';
import type { GuideBlock, GuideText } from '../../../renderer/help/guide-document.ts';
import { guidePageAt, guidePages, type GuidePage } from '../../../renderer/state/guide-pages.ts';
import courseEn from '../../../shared/locales/course.en.json' with { type: 'json' };
import courseZh from '../../../shared/locales/course.zh-CN.json' with { type: 'json' };
import aboutEn from '../../../shared/locales/about.en.json' with { type: 'json' };
import aboutZh from '../../../shared/locales/about.zh-CN.json' with { type: 'json' };
import backOfficeEn from '../../../shared/locales/back-office.en.json' with { type: 'json' };
import backOfficeZh from '../../../shared/locales/back-office.zh-CN.json' with { type: 'json' };
import scanEn from '../../../shared/locales/scan.en.json' with { type: 'json' };
import scanZh from '../../../shared/locales/scan.zh-CN.json' with { type: 'json' };
import en from '../../../shared/locales/en.json' with { type: 'json' };
import zh from '../../../shared/locales/zh-CN.json' with { type: 'json' };
import { scenarioSchema } from '../../../shared/practice/scenarios.ts';
import { reasonCodeSchema } from '../../../shared/order/reason.ts';
import { languageSchema, type Language } from '../../../shared/settings.ts';

const folder = join(import.meta.dirname, '../../../build/guide');
const languages = languageSchema.options;
const noPicture = (): never => {
  throw new Error('no picture was asked for');
};
const blocks = (markdown: string): readonly GuideBlock[] => guideDocument(`# Title\n\n${markdown}`, noPicture).blocks;
const plain = (text: string): GuideText => ({ kind: 'plain', text });

const textOf = (language: Language, page: GuidePage): string =>
  readFileSync(join(folder, language, `${page}.md`), 'utf8');
const documentOf = (language: Language, page: GuidePage): ReturnType<typeof guideDocument> =>
  guideDocument(textOf(language, page), (path) => pngSize(join(folder, language, path)));

describe('Markdown becomes a tree', () => {
  test('of headings, paragraphs, words of the screen and code', () => {
    expect(blocks('## Two\n\n### Three\n\nTap **Take back** and run `facepay`.')).toEqual([
      { kind: 'heading', level: 2, texts: [plain('Two')] },
      { kind: 'heading', level: 3, texts: [plain('Three')] },
      {
        kind: 'paragraph',
        texts: [
          plain('Tap '),
          { kind: 'strong', text: 'Take back' },
          plain(' and run '),
          { kind: 'code', text: 'facepay' },
          plain('.'),
        ],
      },
    ]);
  });

  test('of lists, tables and code as it was written, with every sign that HTML would take for its own', () => {
    expect(blocks('1. one\n2. **two**')).toEqual([
      { kind: 'list', ordered: true, items: [[plain('one')], [{ kind: 'strong', text: 'two' }]] },
    ]);
    expect(blocks('- a < b & "c"')).toEqual([{ kind: 'list', ordered: false, items: [[plain('a < b & "c"')]] }]);
    expect(blocks('| a | b |\n| --- | --- |\n| `x` | y |')).toEqual([
      { kind: 'table', head: [[plain('a')], [plain('b')]], rows: [[[{ kind: 'code', text: 'x' }], [plain('y')]]] },
    ]);
    expect(blocks('```sh\nfacepay <ORDER> && echo "$A"\n  two\n```')).toEqual([
      { kind: 'code', text: 'facepay <ORDER> && echo "$A"\n  two' },
    ]);
  });

  test('of pictures with their size, and of links to other pages, each in a line of its own', () => {
    expect(
      guideDocument('# T\n\n![what is seen](a.png)\n\n[Manager](manager.md)', () => ({ width: 4, height: 3 })).blocks,
    ).toEqual([
      { kind: 'picture', src: 'a.png', alt: 'what is seen', width: 4, height: 3 },
      { kind: 'link', page: 'manager', text: 'Manager' },
    ]);
  });

  test.each([
    ['HTML', 'see <b>this</b>'],
    ['a block of HTML', '<script>1</script>'],
    ['a link that leads out of the app', '[here](https://example.com/)'],
    ['a link to a page that is not there', '[here](owner.md)'],
    ['a link within a sentence, too small for a finger', 'see [Manager](manager.md) first'],
    ['an address that becomes a link by itself', 'see https://example.com/ first'],
    ['a list in a list', '- one\n  - two'],
    ['emphasis, which a Chinese font does not have', 'an *important* word'],
    ['a quotation', '> said'],
    ['a second title', '# Again'],
  ])('and not of %s: bundling stops there', (_what, markdown) => {
    expect(() => blocks(markdown)).toThrow('the screen shows no');
  });

  test('with the first heading as its title, and not without one', () => {
    expect(guideDocument('# Cashier\n', noPicture)).toEqual({ title: 'Cashier', blocks: [] });
    expect(() => guideDocument('Cashier', noPicture)).toThrow('begins with its title');
  });
});

describe('each page of the guide', () => {
  test('is there in both languages, and nothing else but its pictures', () => {
    for (const language of languages) {
      const files = readdirSync(join(folder, language)).sort();
      expect(files.filter((name) => name.endsWith('.md'))).toEqual(guidePages.map((page) => `${page}.md`).sort());
      expect(files.filter((name) => !/\.(md|png)$/.test(name))).toEqual([]);
    }
    expect(readdirSync(folder).sort()).toEqual([...languages].sort());
  });

  test.each(guidePages)('%s has the same headings, lists, tables, pictures and code in both languages', (page) => {
    const shapes = languages.map((language) => documentOf(language, page).blocks.map(shapeOf));
    expect(shapes[0]?.length).toBeGreaterThan(10);
    expect(shapes[0]).toEqual(shapes[1]);
  });

  test.each(languages.flatMap((language) => guidePages.map((page) => [language, page] as const)))(
    '%s/%s names files that are there, in pictures that load at once',
    (language, page) => {
      const paths = [...textOf(language, page).matchAll(/\]\(([^)]+)\)/g)].map(([, path = '']) =>
        join(folder, language, path),
      );
      expect(paths.filter((path) => !existsSync(path))).toEqual([]);
      expect(paths.filter((path) => path.endsWith('.png') && statSync(path).size >= 40_000)).toEqual([]);
    },
  );

  test.each(languages.flatMap((language) => guidePages.map((page) => [language, page] as const)))(
    '%s/%s has in bold what the screen says, to the letter',
    (language, page) => {
      const words = new Set(
        language === 'en'
          ? [en, aboutEn, backOfficeEn, courseEn, scanEn].flatMap(textsIn)
          : [zh, aboutZh, backOfficeZh, courseZh, scanZh].flatMap(textsIn),
      );
      const bold = documentOf(language, page).blocks.flatMap(strongsOf);
      expect(bold.filter((text) => !words.has(text) && text !== LANGUAGE_BUTTON)).toEqual([]);
    },
  );
});

describe('the page on the terminal command', () => {
  const helpNames = [...new Set([...HELP.matchAll(/(?<![\w-])--[a-z][a-z-]+/g)].map(([name]) => name))];

  test.each(languages)('has in %s every command and option that --help has, and no other', (language) => {
    const text = textOf(language, 'terminal-command');
    const commands = [...HELP.matchAll(/^ {2}([a-z]+(?: (?:verify|export|make|apply|reset|sign))?)(?= |$)/gm)].map(
      ([, name = '']) => name,
    );
    expect(commands.length).toBeGreaterThan(15);
    expect(commands.filter((name) => !text.includes(`| \`${name}`))).toEqual([]);
    expect(helpNames.filter((name) => !text.includes(name))).toEqual([]);
    for (const page of guidePages) {
      const used = [...textOf(language, page).matchAll(/npm run --silent facepay -- ([^\n]*)/g)].flatMap(
        ([, line = '']) => [...line.matchAll(/(?<!\S)--[a-z-]+/g)].map(([name]) => name),
      );
      expect(
        used.filter((name) => !helpNames.includes(name) && name !== '--help'),
        page,
      ).toEqual([]);
    }
  });

  test.each(languages)('names in %s all scenarios and all reason codes', (language) => {
    const text = textOf(language, 'terminal-command');
    expect(
      [...scenarioSchema.options, ...reasonCodeSchema.options].filter((name) => !text.includes(`\`${name}\``)),
    ).toEqual([]);
  });
});

test.each([
  [{ backOfficePage: null, role: 'cashier' }, 'cashier'],
  [{ backOfficePage: null, role: 'manager' }, 'cashier'],
  [{ backOfficePage: null, role: null }, 'cashier'],
  [{ backOfficePage: '', role: 'manager' }, 'manager'],
  [{ backOfficePage: 'stuck', role: 'manager' }, 'manager'],
  [{ backOfficePage: 'support', role: 'manager' }, 'manager'],
  [{ backOfficePage: 'self-test', role: 'manager' }, 'technician'],
  [{ backOfficePage: '', role: 'technician' }, 'technician'],
  [{ backOfficePage: 'history', role: 'technician' }, 'technician'],
  [{ backOfficePage: 'setup', role: 'cashier' }, 'technician'],
  [{ backOfficePage: 'setup', role: null }, 'technician'],
  [{ backOfficePage: 'pos', role: 'technician' }, 'pos-api'],
] as const)('at %o the guide opens at %s', (standing, page) => {
  expect(guidePageAt(standing)).toBe(page);
});

/** The two languages' own names, which are in no list of words. */
const LANGUAGE_BUTTON = '中 / EN';

function shapeOf(block: GuideBlock): string {
  switch (block.kind) {
    case 'heading':
      return `heading ${String(block.level)}`;
    case 'list':
      return `list ${String(block.ordered)} of ${String(block.items.length)}`;
    case 'table':
      return `table ${String(block.head.length)}x${String(block.rows.length)}`;
    case 'code':
      // The parts of a line that are not words are the same in each language.
      return `code ${block.text.replace(/\p{Script=Han}+/gu, '')}`;
    case 'picture':
      return `picture ${block.src}`;
    case 'link':
      return `link ${block.page}`;
    case 'paragraph':
      return 'paragraph';
  }
}

function strongsOf(block: GuideBlock): string[] {
  const texts = ((): readonly GuideText[] => {
    switch (block.kind) {
      case 'heading':
      case 'paragraph':
        return block.texts;
      case 'list':
        return block.items.flat();
      case 'table':
        return [...block.head, ...block.rows.flat()].flat();
      default:
        return [];
    }
  })();
  return texts.flatMap(({ kind, text }) => (kind === 'strong' ? [text] : []));
}

const textsIn = (words: unknown): string[] =>
  typeof words === 'string'
    ? [words]
    : typeof words === 'object' && words !== null
      ? Object.values(words).flatMap(textsIn)
      : [];
