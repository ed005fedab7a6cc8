/**
 * The payment codes that practice offers. What each of them does stands in its digits, so that a code that was photographed
 * or printed does it too. Codes without these digits are taken as WeChat Pay takes them.
 */
import { randomInt } from 'node:crypto';
import { practiceCodeKindSchema, type PracticeCode, type PracticeCodeKind } from '../../shared/practice/codes.ts';

const MARKS: Readonly<Record<PracticeCodeKind, string>> = {
  usual: '13000001',
  'needs-password': '13000002',
  spent: '13000003',
  'other-wallet': '28000001',
};
const LENGTH = 18;

const mint = (kind: PracticeCodeKind): string =>
  MARKS[kind] + Array.from({ length: LENGTH - MARKS[kind].length }, () => randomInt(10)).join('');

/** One of each kind, never offered before. */
export const offeredCodes = (): PracticeCode[] =>
  practiceCodeKindSchema.options.map((kind) => ({ kind, code: mint(kind) }));

/** What an offered code does; `null` for any other code. */
export const offeredKind = (code: string): PracticeCodeKind | null =>
  practiceCodeKindSchema.options.find((kind) => code.startsWith(MARKS[kind])) ?? null;
