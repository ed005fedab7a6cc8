/** A self-test's lines in words, for the screen, for paper and for the terminal command. */
import type { SelfTestLine } from './self-test.ts';

/** The section `selfTest` of a back office's locale. */
export interface SelfTestWords {
  readonly check: Readonly<Record<string, string>>;
  readonly found: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly remedy: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Words for figures that are codes: why, what kind. What is in neither is shown as it is. */
  readonly figure: Readonly<Record<string, string>>;
}

/** What was found, with its figures. */
export const foundWords = (words: SelfTestWords, line: SelfTestLine): string => filled(words, wordsFor(words.found, line) ?? line.code, line);

/** What to do about it; `null` where there is nothing to do. */
export function remedyWords(words: SelfTestWords, line: SelfTestLine): string | null {
  const remedy = wordsFor(words.remedy, line);
  return remedy === undefined ? null : filled(words, remedy, line);
}

/** A check's own words before those that several share. */
const wordsFor = (section: SelfTestWords['found'], { id, code }: SelfTestLine): string | undefined => section[id]?.[code] ?? section['any']?.[code];

const filled = ({ figure }: SelfTestWords, text: string, { figures }: SelfTestLine): string =>
  text.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = figures[name] ?? '?';
    return Object.hasOwn(figure, String(value)) ? (figure[String(value)] ?? '') : String(value);
  });
