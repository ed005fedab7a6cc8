/** The self-test as data: its table, its words, and the allowed content of a report. */
import { describe, expect, it } from 'vitest';
import backOfficeEn from '../../../shared/locales/back-office.en.json' with { type: 'json' };
import backOfficeZh from '../../../shared/locales/back-office.zh-CN.json' with { type: 'json' };
import {
  checkIdSchema,
  finding,
  selfTestChecks,
  selfTestLineSchema,
  withLines,
  worstOf,
  type CheckId,
  type SelfTestLine,
} from '../../../shared/self-test/self-test.ts';
import { foundWords, remedyWords, type SelfTestWords } from '../../../shared/self-test/self-test-words.ts';

const lineOf = (id: CheckId, code: string, verdict: string): SelfTestLine => ({
  id,
  code,
  verdict: verdict as SelfTestLine['verdict'],
  figures: {},
});
const everyFinding = checkIdSchema.options.flatMap((id) =>
  Object.entries(selfTestChecks[id]).map(([code, verdict]) => lineOf(id, code, verdict)),
);
const languages: readonly (readonly [string, SelfTestWords])[] = [
  ['zh-CN', backOfficeZh.selfTest],
  ['en', backOfficeEn.selfTest],
];

describe('the table of findings', () => {
  it('has each check in the order in which it is shown, and every one may hang or break', () => {
    expect(Object.keys(selfTestChecks)).toEqual(checkIdSchema.options);
    for (const id of checkIdSchema.options)
      expect(selfTestChecks[id]).toMatchObject({ 'timed-out': 'fail', broke: 'fail' });
  });

  it.each(languages)(
    'has words for every finding, and a remedy exactly where something is to be done (%s)',
    (_language, words) => {
      for (const line of everyFinding) {
        const where = `${line.id}.${line.code}`;
        expect(foundWords(words, line), where).not.toBe(line.code);
        const toDo = line.verdict === 'warn' || line.verdict === 'fail';
        expect(remedyWords(words, line) !== null, where).toBe(toDo);
      }
    },
  );

  it.each(languages)('has no words for findings that there are not (%s)', (_language, words) => {
    const known = new Set(everyFinding.flatMap(({ id, code }) => [`${id}.${code}`, `any.${code}`]));
    for (const section of [words.found, words.remedy]) {
      const stray = Object.entries(section).flatMap(([id, codes]) => Object.keys(codes).map((code) => `${id}.${code}`));
      expect(stray.filter((name) => !known.has(name))).toEqual([]);
    }
  });
});

describe('a line', () => {
  it('is what the table says of it, and is refused where it says otherwise', () => {
    expect(finding('clock', 'off', { seconds: '61.0' })).toEqual({
      id: 'clock',
      verdict: 'warn',
      code: 'off',
      figures: { seconds: '61.0' },
    });
    expect(selfTestLineSchema.safeParse(lineOf('clock', 'off', 'warn')).success).toBe(true);
    expect(
      selfTestLineSchema.safeParse(lineOf('clock', 'off', 'ok')).success,
      'a failure cannot be passed off as well',
    ).toBe(false);
    for (const code of ['tampered', 'toString', '__proto__', ''])
      expect(selfTestLineSchema.safeParse(lineOf('clock', code, 'ok')).success, code).toBe(false);
  });

  it('is worded with its figures, codes among them in words, and says what is missing by a question mark', () => {
    const { selfTest } = backOfficeEn;
    expect(foundWords(selfTest, finding('disk-sync', 'refused', { why: 'disk-full' }))).toBe(
      'The disk refuses to write: disk full',
    );
    expect(foundWords(selfTest, finding('primary', 'no-name', { host: 'a.example', why: 'ENOTFOUND' }))).toBe(
      'a.example: the name is not found (ENOTFOUND)',
    );
    expect(foundWords(selfTest, finding('disk-sync', 'refused'))).toBe('The disk refuses to write: ?');
  });
});

describe('a report', () => {
  const ok = finding('font', 'chinese');
  const warn = finding('clock', 'off');
  const fail = finding('query', 'signature');
  const skipped = finding('update', 'by-hand');

  it('is as bad as its worst line; what was not looked at spoils nothing', () => {
    expect(worstOf([ok, skipped])).toBe('ok');
    expect(worstOf([ok, warn, skipped])).toBe('warn');
    expect(worstOf([warn, fail, ok])).toBe('fail');
  });

  it('takes fresh lines in the place of old ones, in the order in which they are shown', () => {
    expect(withLines([skipped, finding('font', 'missing')], [warn, ok])).toEqual([warn, ok, skipped]);
  });
});
