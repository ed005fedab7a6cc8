/**
 * Which characters and words are typed by which letters, for names on the on-screen keyboard. It is made when the app is
 * bundled: the readings come from pinyin-pro, how usual a word is from jieba's dictionary, and what names are made of from
 * renderer/input/names.pinyin. None of these packages is in the app, only the table; their licences are named as if they were.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pinyin } from 'pinyin-pro';
import type { Plugin } from 'vite';
import type { PinyinTable } from '../../renderer/input/pinyin.ts';
import { packageFolder } from './package-folder.ts';

const require = createRequire(import.meta.url);
/** The longest words, in characters, and how many of them: others are seldom part of a name. */
const WORD_MAX = 4;
const WORDS_MAX = 8_000;
/** The dictionary has its rarest words in thousands. They say nothing of what is usual, and take long. */
const COUNT_MIN = 5;

/** The files that the table is made from; arguments, so that a test can give its own. */
export interface PinyinSources {
  /** Surnames, then characters of given names, each the most usual first; then words of names and of shops. */
  readonly names: string;
  /** A word, how often it was found, its kind: one word in a line. */
  readonly dictionary: string;
}

export const storedSources = (): PinyinSources => ({
  names: readFileSync(new URL('../../renderer/input/names.pinyin', import.meta.url), 'utf8'),
  dictionary: readFileSync(require.resolve('@node-rs/jieba/dict.txt'), 'utf8'),
});

/** Most usual first: surnames, given names, then everything else by how often it is written. */
export function pinyinTable({ names, dictionary }: PinyinSources): PinyinTable {
  const [surnames = '', given = '', named = ''] = names.trim().split('\n');
  const characters = new Set(simplifiedCharacters());
  const words = wordsOf(dictionary, characters);
  const written = new Map<string, number>();
  for (const [word, count] of words)
    for (const character of word) written.set(character, (written.get(character) ?? 0) + count);
  const rank = new Map([...new Set(Array.from(surnames + given))].map((character, index) => [character, index]));
  const weightOf = (character: string, isUsualReading: boolean): number => {
    const place = rank.get(character);
    // A reading that is not the usual one is looked for less often.
    return place === undefined ? (written.get(character) ?? 0) * (isUsualReading ? 1 : 0.05) : 1e12 - place;
  };
  const bySyllable = new Map<string, { readonly character: string; readonly weight: number }[]>();
  for (const character of characters)
    for (const [index, syllable] of readingsOf(character).entries())
      bySyllable.set(syllable, [
        ...(bySyllable.get(syllable) ?? []),
        { character, weight: weightOf(character, index === 0) },
      ]);
  return {
    characters: Object.fromEntries(
      [...bySyllable]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([syllable, all]) => [
          syllable,
          all
            .sort((a, b) => b.weight - a.weight)
            .map(({ character }) => character)
            .join(''),
        ]),
    ),
    words: wordTable([
      ...named.split(' ').map((word): [string, number] => [word, 1e12]),
      ...words.filter(([word]) => word.length > 1).slice(0, WORDS_MAX),
    ]),
  };
}

/** The 6763 characters of GB 2312, which is what names and shops in China are written with. */
function simplifiedCharacters(): string[] {
  const decoder = new TextDecoder('gb18030');
  const all: string[] = [];
  for (let high = 0xb0; high <= 0xf7; high += 1)
    for (let low = 0xa1; low <= 0xfe; low += 1) all.push(decoder.decode(new Uint8Array([high, low])));
  return all.filter((character) => /^\p{Script=Han}$/u.test(character));
}

/** The words of these characters, the most usual first. */
function wordsOf(dictionary: string, characters: ReadonlySet<string>): [string, number][] {
  const found: [string, number][] = [];
  for (const line of dictionary.split('\n')) {
    const end = line.indexOf(' ');
    if (end < 1 || end > WORD_MAX) continue;
    const count = Number.parseInt(line.slice(end + 1), 10);
    if (count < COUNT_MIN) continue;
    const word = line.slice(0, end);
    if (Array.from(word).every((one) => characters.has(one))) found.push([word, count]);
  }
  return found.sort(([, a], [, b]) => b - a);
}

/** Without tones, the usual reading first; `ü` is typed as v. */
const readingsOf = (character: string): string[] => [
  ...new Set(pinyin(character, { toneType: 'none', multiple: true, type: 'array', v: true })),
];

const lettersOf = (word: string): string => pinyin(word, { toneType: 'none', type: 'array', v: true }).join('');

function wordTable(words: readonly (readonly [string, number])[]): Record<string, string> {
  const byLetters = new Map<string, string[]>();
  for (const [word] of words) {
    const letters = lettersOf(word);
    byLetters.set(letters, [...(byLetters.get(letters) ?? []), word]);
  }
  return Object.fromEntries(
    [...byLetters].sort(([a], [b]) => (a < b ? -1 : 1)).map(([letters, all]) => [letters, [...new Set(all)].join(' ')]),
  );
}

const IS_TABLE = /[\\/]names\.pinyin$/;

/** The folders of the packages that a module is made from without being theirs: their licences ask for a mention too. */
export const madeFromPackages = (id: string): readonly string[] =>
  IS_TABLE.test(id)
    ? [require.resolve('pinyin-pro'), require.resolve('@node-rs/jieba/dict.txt')].flatMap(
        (file) => packageFolder(file) ?? [],
      )
    : [];

/** For Vite: importing the names gives `table`. */
export const pinyinPlugin = (): Plugin => ({
  name: 'facepay-pinyin',
  load(id) {
    if (!IS_TABLE.test(id)) return null;
    // As a text that is parsed: faster than an object of as many literals.
    const text = JSON.stringify(JSON.stringify(pinyinTable(storedSources())));
    return { code: `export const table = JSON.parse(${text});`, moduleType: 'js' };
  },
});
