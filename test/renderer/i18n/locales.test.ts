import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTranslator } from 'use-intl/core';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { knownErrCodes } from '../../../electron/wechat/error-codes.ts';
import { isPlainRecord, keysOf } from '../../support/locale-keys.ts';
import { pickedFileSchema } from '../../../shared/contract/setup.ts';
import { customerViewSchema } from '../../../shared/contract/customer.ts';
import { billProblemSchema, differenceKindSchema, standingHereSchema } from '../../../shared/contract/bill.ts';
import { holdSchema, lookResultSchema, trialEndSchema } from '../../../shared/contract/updates.ts';
import { orderGroupSchema, paperSchema, slipEndSchema } from '../../../shared/contract/exports.ts';
import { commands } from '../../../shared/contract/all.ts';
import { commonCodes, hostSchema, noticeSchema, paymentStageSchema, snapshotSchema } from '../../../shared/ipc.ts';
import { keyStoreSchema, protectionSchema, provisionFileSchema, setupProblemSchema, setupStateSchema } from '../../../shared/contract/setup.ts';
import { stepIds } from '../../../renderer/back-office/setup/plan.ts';
import { scenarioGroups } from '../../../renderer/training/scenario-groups.ts';
import { exerciseIds } from '../../../shared/contract/training.ts';
import aboutEn from '../../../shared/locales/about.en.json';
import aboutZh from '../../../shared/locales/about.zh-CN.json';
import courseEn from '../../../shared/locales/course.en.json';
import courseZh from '../../../shared/locales/course.zh-CN.json';
import customerEn from '../../../shared/locales/customer.en.json';
import customerZh from '../../../shared/locales/customer.zh-CN.json';
import deskEn from '../../../shared/locales/desk.en.json';
import deskZh from '../../../shared/locales/desk.zh-CN.json';
import tillEn from '../../../shared/locales/en.json';
import tillZh from '../../../shared/locales/zh-CN.json';
import {
  actionSchema,
  causeSchema,
  noAnswerSchema,
  phaseViewSchema,
  recallSchema,
  timelineRowSchema,
  tradeStateSchema,
  verdictSchema,
} from '../../../shared/order.ts';
import { reasonCodeSchema } from '../../../shared/reason.ts';
import { promiseIds, shownAs } from '../../../shared/promises.ts';
import { figureSchemas } from '../../../shared/proof.ts';
import { roleSchema } from '../../../shared/roles.ts';
import { scenarioSchema } from '../../../shared/scenarios.ts';
import { checkIdSchema, selfTestVerdictSchema } from '../../../shared/self-test.ts';

/** The arguments that are numbers; all others are words. */
const NUMBERS = ['count', 'width', 'height', 'now', 'of', 'line', 'ms', 'seconds', 'minutes', ...Object.values(figureSchemas).flatMap(({ shape }) => Object.keys(shape))];

/** The till's words, the about page's, the back office's, the course's and the customer's together. */
const zh = { ...tillZh, ...aboutZh, ...deskZh, ...courseZh, ...customerZh };
const en = { ...tillEn, ...aboutEn, ...deskEn, ...courseEn, ...customerEn };

const ROOT = join(import.meta.dirname, '../../..');

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => readFileSync(join(ROOT, folder, name), 'utf8'));
}

const renderer = sources('renderer');
const everything = [...renderer, ...sources('electron')].join('\n');
const zhKeys = keysOf(zh);

const namesOf = (union: z.ZodDiscriminatedUnion<readonly z.ZodObject<{ name: z.ZodLiteral<string> }>[]>): string[] =>
  union.options.flatMap((option) => [...option.shape.name.values]);

const stopped = paymentStageSchema.options.find((option) => option.shape.name.value === 'stopped');
const stoppedCodes = stopped !== undefined && 'code' in stopped.shape ? stopped.shape.code.options : [];
const problems = ['missing', 'too-long', 'bad-characters', 'not-a-number', 'fraction-of-fen', 'not-positive', 'too-large'];
const refusals = [...new Set([...commonCodes, ...Object.values(commands).flatMap(({ codes }) => [...codes])])].filter(
  (code) => !problems.includes(code),
);

/** Sections whose keys are codes of the contract: each must have words for all of them, and for nothing else. */
const sections: readonly (readonly [section: string, words: object, codes: readonly string[]])[] = [
  ['verdict', zh.verdict, verdictSchema.options],
  ['stopped', zh.stopped, stoppedCodes],
  ['state', zh.state, [...namesOf(phaseViewSchema).filter((name) => name !== 'cancelled'), 'closed', 'refunded', 'revoked', 'recall']],
  ['action', zh.action, [...actionSchema.options, 'next', 'back']],
  ['timeline.what', zh.timeline.what, timelineRowSchema.shape.what.options],
  ['timeline.recall', zh.timeline.recall, recallSchema.options],
  ['notice', zh.notice, noticeSchema.shape.code.options],
  ['scenario.of', zh.scenario.of, scenarioSchema.options],
  ['scenario.group', zh.scenario.group, scenarioGroups.map(([group]) => group)],
  // What is dark has no words.
  ['customer', zh.customer, ['practice', ...namesOf(customerViewSchema).filter((name) => name !== 'off')]],
  ['course.of', zh.course.of, exerciseIds],
  ['trained.trouble', zh.trained.trouble, ['set-aside', 'unreadable']],
  ['scenarios.what', zh.scenarios.what, scenarioSchema.options],
  ['course.result', zh.course.result, ['done', 'skipped']],
  ['cause', zh.cause, causeSchema.options],
  ['reason', zh.reason, reasonCodeSchema.options],
  ['noAnswer', zh.noAnswer, noAnswerSchema.options],
  ['tradeState', zh.tradeState, [...tradeStateSchema.options, 'NOTFOUND']],
  ['proof.promise', zh.proof.promise, promiseIds],
  ['proof.figure', zh.proof.figure, shownAs],
  ['about.hosts', zh.about.hosts, hostSchema.options.flatMap((option) => [...option.shape.kind.values])],
  ['about.environments', zh.about.environments, snapshotSchema.shape.environment.options],
  ['slip.end', zh.slip.end, slipEndSchema.options.flatMap((option) => [...option.shape.name.values])],
  ['slip.papers', zh.slip.papers, paperSchema.options],
  ['support.groups', zh.support.groups, orderGroupSchema.options],
  ['bill.kind', zh.bill.kind, differenceKindSchema.options],
  ['bill.state', zh.bill.state, standingHereSchema.options],
  ['bill.refused', zh.bill.refused, billProblemSchema.options],
  ['role', zh.role, roleSchema.options],
  ['selfTest.check', zh.selfTest.check, checkIdSchema.options],
  ['selfTest.verdict', zh.selfTest.verdict, selfTestVerdictSchema.options],
  ['problem', zh.problem, problems],
  ['filePicker', zh.filePicker, [...pickedFileSchema.options, 'all']],
  ['refusal', zh.refusal, refusals],
  ['setup.problem', zh.setup.problem, setupProblemSchema.shape.code.options],
  ['setup.field', zh.setup.field, setupProblemSchema.shape.field.options],
  ['setup.step', zh.setup.step, stepIds],
  ['setup.protection', zh.setup.protection, ['recommended', ...protectionSchema.options]],
  ['setup.keyStore', zh.setup.keyStore, keyStoreSchema.options],
  ['setup.facepay', zh.setup.facepay, setupStateSchema.shape.protection.shape.facepay.options],
  ['updates.result', zh.updates.result, lookResultSchema.options],
  ['updates.hold', zh.updates.hold, holdSchema.options],
  ['updates.trial', zh.updates.trial, ['installing', 'proving', 'going-back', 'stuck']],
  ['updates.last', zh.updates.last, trialEndSchema.options],
  ['setup.provision.place', zh.setup.provision.place, provisionFileSchema.shape.place.options],
];

const sorted = (texts: readonly string[]): string[] => [...new Set(texts)].sort();

describe('the words', () => {
  test('of the about page, the back office and the course hide none of the others’', () => {
    const sectionNames = [tillZh, aboutZh, deskZh, courseZh, customerZh].flatMap((words) => Object.keys(words));
    expect(sectionNames.filter((name, index) => sectionNames.indexOf(name) !== index)).toEqual([]);
  });

  test('stand in files that this test reads: each language has the same ones', () => {
    const files = readdirSync(join(ROOT, 'shared/locales')).sort();
    expect(files).toEqual(['about.en.json', 'about.zh-CN.json', 'course.en.json', 'course.zh-CN.json', 'customer.en.json', 'customer.zh-CN.json', 'desk.en.json', 'desk.zh-CN.json', 'en.json', 'zh-CN.json']);
  });

  test('stand nowhere but there: no Chinese in the screen’s sources, apart from what is no sentence', () => {
    const texts = renderer.flatMap((source) => source.replace(/\/\*[\s\S]*?\*\/|(^|\s)\/\/.*$/gm, '').match(/[\p{Script=Han}]+/gu) ?? []);
    expect(texts.filter((text) => !notSentences.includes(text))).toEqual([]);
  });

  test('count in English by its plural, wherever a word stands behind a count that may be one', () => {
    const counted = zhKeys.filter((key) => /\{(?!\w*(?:Ms|ms)\b)\w+\} (?!has\b|was\b|knows\b|does\b|is\b|characters that\b)[a-z]{3,}s\b/.test(wordAt(en, key)));
    expect(counted).toEqual([]);
  });

  test('have the same keys in both languages', () => {
    expect(keysOf(en)).toEqual(zhKeys);
  });

  test('take the same arguments in both languages', () => {
    const names = (text: string): string[] => sorted([...text.matchAll(/\{(\w+)/g)].map((match) => match[1] ?? ''));
    const differing = zhKeys.filter((key) => String(names(wordAt(zh, key))) !== String(names(wordAt(en, key))));
    expect(differing).toEqual([]);
  });

  test('are all well-formed messages', () => {
    const words = [...argumentsOf(zh.selfTest), ...argumentsOf(zh.stuck), ...argumentsOf(zh.updates), 'reason', 'answer', 'todo', 'time', 'tail', 'state', 'field', 'part', 'whole', 'headline', 'verdict', 'commit', 'date', 'electron', 'chromium', 'level', 'file', 'day', 'sum', 'seq', 'fromDay', 'toDay', 'role', 'who', 'number', 'amount', 'user', 'address', 'id', 'name', 'names'];
    const values = Object.fromEntries<string | number>([
      ...words.map((name) => [name, 'x'] as const),
      ...NUMBERS.map((name) => [name, 2] as const),
    ]);
    const onError = (error: Error): never => {
      throw error;
    };
    for (const [locale, messages] of [['zh-CN', zh], ['en', en]] as const) {
      const t = createTranslator({ locale, messages, onError });
      // The translator is typed by literal keys; here they come from the file itself.
      for (const key of zhKeys) expect(Reflect.apply(t, undefined, [key, values]), key).not.toBe('');
    }
  });

  test.each(sections)('of %s cover the contract, and nothing else', (_, words, codes) => {
    expect(sorted(Object.keys(words))).toEqual(sorted(codes));
  });

  test('explain every err_code the error table knows', () => {
    expect(knownErrCodes().filter((code) => !(code in zh.errCode))).toEqual([]);
  });

  test('of every err_code say what it means and what comes next, and never the code alone', () => {
    for (const code of [...knownErrCodes(), 'never-sent', 'other']) {
      expect(wordAt(zh, `errCode.${code}`), code).toMatch(/^\p{Script=Han}[^_]+，.{4,}/u);
      expect(wordAt(en, `errCode.${code}`), code).toMatch(/^[^_;]{8,}; .{6,}/);
    }
  });

  test('are all used: by their key, or through a section of codes', () => {
    const prefixes = [...sections.map(([section]) => section), 'selfTest.found', 'selfTest.remedy', 'selfTest.figure', 'errCode', 'field', 'start.part', 'start.reason'];
    const unused = zhKeys.filter(
      (key) => !prefixes.some((prefix) => key.startsWith(`${prefix}.`)) && !everything.includes(`'${key}'`) && !isComposed(key),
    );
    expect(unused).toEqual([]);
  });

  test('exist for every key the screen asks for', () => {
    const asked = renderer.flatMap((source) => [...source.matchAll(/\bt\(\s*'([^']+)'/g)].map((match) => match[1] ?? ''));
    expect(asked.filter((key) => !zhKeys.includes(key))).toEqual([]);
  });

  test('on buttons are twelve characters at most in Chinese', () => {
    const buttons = [...Object.values(zh.action), zh.stage.take, zh.stage.stop, zh.stage.retry, zh.number.open, zh.number.submit];
    expect(buttons.filter((label) => label.length > 12)).toEqual([]);
  });
});

/** The language's own name, which is the same in both, and the characters that the self-test looks for in the font. */
const notSentences = ['中', '中文', '付', '款', '撤', '销'];

/** The arguments of all words in a section. */
const argumentsOf = (section: object): string[] => [...JSON.stringify(section).matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');

/** A key of which the last part is chosen by the code: `cause.${cause}.title`. */
const isComposed = (key: string): boolean => everything.includes(`\`${key.replace(/\.[^.]+$/, '.${')}`);

function wordAt(words: object, key: string): string {
  const found = key.split('.').reduce<unknown>((part, name) => (isPlainRecord(part) ? part[name] : undefined), words);
  if (typeof found !== 'string') throw new Error(`no words at ${key}`);
  return found;
}
