/** A self-test's lines in words, for the screen, for paper and for the terminal command. */
import type backOfficeWords from '../locales/back-office.zh-CN.json';
import type { CheckCode, CheckId, SelfTestLine, selfTestChecks } from './self-test.ts';

/** The findings whose words several checks share. */
type SharedCode = keyof (typeof backOfficeWords)['selfTest']['found']['any'];
/** The findings that need an action. */
type BadCode<Id extends CheckId> = {
  [Code in CheckCode<Id>]: (typeof selfTestChecks)[Id][Code] extends 'warn' | 'fail' ? Code : never;
}[CheckCode<Id>];

/** Words for each of the codes; also for a shared code if the check has its own words for it. */
type WordsFor<Code extends string> = Readonly<
  Record<Exclude<Code, SharedCode>, string> & Partial<Record<Extract<Code, SharedCode>, string>>
>;

/**
 * The section `selfTest` of a back-office locale. A finding's words have its check and its code as their key:
 * `selfTest.found.<check>.<code>` and `selfTest.remedy.<check>.<code>`. A figure's words have the figure alone:
 * `selfTest.figure.<figure>`. A finding without words does not compile.
 */
export interface SelfTestWords {
  readonly check: Readonly<Record<CheckId, string>>;
  readonly found: { readonly [Id in CheckId]: WordsFor<CheckCode<Id>> } & {
    readonly any: Readonly<Record<SharedCode, string>>;
  };
  readonly remedy: { readonly [Id in CheckId]: WordsFor<BadCode<Id>> } & {
    readonly any: Readonly<Record<'timed-out' | 'broke', string>>;
  };
  /** Words for figures that are codes: why, what kind. A code that is in neither is shown as it is. */
  readonly figure: Readonly<Record<string, string>>;
}

/** The same, but keyed by plain text. */
type Section = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What was found, with its figures. */
export const foundWords = (words: SelfTestWords, line: SelfTestLine): string =>
  filled(words, wordsFor(words.found, line) ?? line.code, line);

/** What to do about it; `null` if there is nothing to do. */
export function remedyWords(words: SelfTestWords, line: SelfTestLine): string | null {
  const remedy = wordsFor(words.remedy, line);
  return remedy === undefined ? null : filled(words, remedy, line);
}

/** A check's own words are used before those that several checks share. */
const wordsFor = (section: Section, { id, code }: SelfTestLine): string | undefined =>
  section[id]?.[code] ?? section['any']?.[code];

const filled = ({ figure }: SelfTestWords, text: string, { figures }: SelfTestLine): string =>
  text.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = figures[name] ?? '?';
    return Object.hasOwn(figure, String(value)) ? (figure[String(value)] ?? '') : String(value);
  });
