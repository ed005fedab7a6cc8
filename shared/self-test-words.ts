/** A self-test's lines in words, for the screen, for paper and for the terminal command. */
import type deskWords from './locales/desk.zh-CN.json';
import type { CheckCode, CheckId, SelfTestLine, selfTestChecks } from './self-test.ts';

/** The findings whose words several checks share. */
type SharedCode = keyof (typeof deskWords)['selfTest']['found']['any'];
/** Those that something is to be done about. */
type BadCode<Id extends CheckId> = {
  [Code in CheckCode<Id>]: (typeof selfTestChecks)[Id][Code] extends 'warn' | 'fail' ? Code : never;
}[CheckCode<Id>];

/** Words for each of the codes; for those that are shared, where the check says it in its own way. */
type WordsFor<Code extends string> = Readonly<
  Record<Exclude<Code, SharedCode>, string> & Partial<Record<Extract<Code, SharedCode>, string>>
>;

/**
 * The section `selfTest` of a back office's locale, where a finding's words are found by its check and its code:
 * `selfTest.found.<check>.<code>` and `selfTest.remedy.<check>.<code>`, and a figure's by itself: `selfTest.figure.<figure>`. A finding
 * without them does not compile.
 */
export interface SelfTestWords {
  readonly check: Readonly<Record<CheckId, string>>;
  readonly found: { readonly [Id in CheckId]: WordsFor<CheckCode<Id>> } & {
    readonly any: Readonly<Record<SharedCode, string>>;
  };
  readonly remedy: { readonly [Id in CheckId]: WordsFor<BadCode<Id>> } & {
    readonly any: Readonly<Record<'timed-out' | 'broke', string>>;
  };
  /** Words for figures that are codes: why, what kind. What is in neither is shown as it is. */
  readonly figure: Readonly<Record<string, string>>;
}

/** The same by plain text. */
type Section = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What was found, with its figures. */
export const foundWords = (words: SelfTestWords, line: SelfTestLine): string =>
  filled(words, wordsFor(words.found, line) ?? line.code, line);

/** What to do about it; `null` where there is nothing to do. */
export function remedyWords(words: SelfTestWords, line: SelfTestLine): string | null {
  const remedy = wordsFor(words.remedy, line);
  return remedy === undefined ? null : filled(words, remedy, line);
}

/** A check's own words before those that several share. */
const wordsFor = (section: Section, { id, code }: SelfTestLine): string | undefined =>
  section[id]?.[code] ?? section['any']?.[code];

const filled = ({ figure }: SelfTestWords, text: string, { figures }: SelfTestLine): string =>
  text.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = figures[name] ?? '?';
    return Object.hasOwn(figure, String(value)) ? (figure[String(value)] ?? '') : String(value);
  });
