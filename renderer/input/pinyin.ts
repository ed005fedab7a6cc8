/** Letters to Chinese characters, for names on the on-screen keyboard. Pure; build/bundle/pinyin-table.ts makes the table. */

export interface PinyinTable {
  /** By syllable, without tones: its characters, the most usual first. */
  readonly characters: Readonly<Record<string, string>>;
  /** By letters: the words that are typed by them, with blanks between. */
  readonly words: Readonly<Record<string, string>>;
}

/** A text to choose, and how many of the letters it stands for. */
export interface Candidate {
  readonly text: string;
  readonly letters: number;
}

/** zhuang, chuang and shuang: no syllable is longer. */
const SYLLABLE_MAX = 6;
/** More than this many letters are not one name. */
export const LETTERS_MAX = 24;

/**
 * What the letters may stand for: words of all of them or of the first ones, then the characters of the first syllable. A
 * syllable that was only begun stands for all that begin so.
 */
export function candidatesOf({ characters, words }: PinyinTable, letters: string): readonly Candidate[] {
  const found: Candidate[] = [];
  for (let length = letters.length; length > 1; length -= 1)
    for (const text of ofKey(words, letters.slice(0, length)).split(' '))
      if (text !== '') found.push({ text, letters: length });
  for (let length = Math.min(letters.length, SYLLABLE_MAX); length > 0; length -= 1)
    for (const text of ofKey(characters, letters.slice(0, length))) found.push({ text, letters: length });
  return found.length > 0 ? found : begunSyllables(characters, letters);
}

/** Whoever spells `constructor` looks for no property of every object. */
const ofKey = (table: Readonly<Record<string, string>>, key: string): string =>
  Object.hasOwn(table, key) ? (table[key] ?? '') : '';

/** Of a syllable that is not whole yet: the most usual of each syllable first, then the next. */
function begunSyllables(characters: PinyinTable['characters'], letters: string): readonly Candidate[] {
  for (let length = Math.min(letters.length, SYLLABLE_MAX); length > 0; length -= 1) {
    const begun = letters.slice(0, length);
    const rows = Object.keys(characters)
      .filter((syllable) => syllable.startsWith(begun))
      .map((syllable) => Array.from(characters[syllable] ?? ''));
    const deepest = Math.max(0, ...rows.map((row) => row.length));
    const found = Array.from({ length: deepest }, (_, depth) => rows.flatMap((row) => row[depth] ?? [])).flat();
    if (found.length > 0) return [...new Set(found)].map((text) => ({ text, letters: length }));
  }
  return [];
}

/** How many candidates stand in the row at once: one for each digit from 1 to 9. */
export const ROW_LENGTH = 9;

/** The row of candidates number `page`, from 0. */
export const rowOf = (candidates: readonly Candidate[], page: number): readonly Candidate[] =>
  candidates.slice(page * ROW_LENGTH, (page + 1) * ROW_LENGTH);

/** The page after this one; after the last one the first again. */
export const nextPage = (candidates: readonly Candidate[], page: number): number =>
  (page + 1) * ROW_LENGTH < candidates.length ? page + 1 : 0;
