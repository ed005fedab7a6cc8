/** One word for each thing, in all shown texts: a reader who sees two words looks for two things. */
import { expect, test } from 'vitest';
import shiftSheetEn from '../../../shared/locales/shift-sheet.en.json';
import shiftSheetZh from '../../../shared/locales/shift-sheet.zh-CN.json';
import aboutEn from '../../../shared/locales/about.en.json';
import aboutZh from '../../../shared/locales/about.zh-CN.json';
import courseEn from '../../../shared/locales/course.en.json';
import courseZh from '../../../shared/locales/course.zh-CN.json';
import customerEn from '../../../shared/locales/customer.en.json';
import customerZh from '../../../shared/locales/customer.zh-CN.json';
import backOfficeEn from '../../../shared/locales/back-office.en.json';
import backOfficeZh from '../../../shared/locales/back-office.zh-CN.json';
import en from '../../../shared/locales/en.json';
import zh from '../../../shared/locales/zh-CN.json';
import { isPlainRecord, keysOf } from '../../support/locale-keys.ts';

const inChinese = { ...zh, ...aboutZh, ...backOfficeZh, ...courseZh, ...customerZh, ...shiftSheetZh };
const inEnglish = { ...en, ...aboutEn, ...backOfficeEn, ...courseEn, ...customerEn, ...shiftSheetEn };

/** `not`: words never used for it. `but`: the keys where such a word means something else. */
interface Word {
  readonly say: string;
  readonly not: RegExp;
  readonly but?: readonly string[];
}

const chinese: readonly Word[] = [
  { say: '撤销', not: /取消|冲正|撤单/, but: ['stopped.by-customer', 'stuck.clear', 'updates.keep'] },
  { say: '请勿重复收款', not: /(?:请勿|不要|别)(?:重复支付|重复付款|再收|再次收款)|勿重复收费/ },
  { say: '可以重新收款', not: /可以(?:再次|再)收款|可重新收款/ },
  { say: '店长', not: /经理|主管|管理员/, but: ['updates.hold.by-hand'] },
  { say: '技术员', not: /安装人员|技术人员|工程师/ },
  { say: '收银员', not: /营业员|操作员/ },
  { say: '收银软件', not: /收银系统|POS 系统/ },
  { say: '商户平台', not: /商家平台|商户后台/ },
  { say: '凭条', not: /回执|回单/ },
  { say: '原路退回', not: /原路返回|原路退还/ },
];
const english: readonly Word[] = [
  { say: 'cancel', not: /\b(?:revers(?:e|ed|al)|abort(?:ed)?)\b/i },
  { say: 'technician', not: /\b(?:call|ask|have) the installer\b/i },
  { say: 'manager', not: /\bsupervisor\b/i },
];

const misused = (words: object, { not, but = [] }: Word): string[] =>
  keysOf(words).filter((key) => !but.includes(key) && not.test(wordAt(words, key)));

test.each(chinese)('$say is called so and not otherwise', (word) => {
  expect(misused(inChinese, word)).toEqual([]);
});

test.each(english)('$say is called so in English', (word) => {
  expect(misused(inEnglish, word)).toEqual([]);
});

test('nothing says only that it failed and that one should try again', () => {
  const empty = /操作失败|系统错误[，。]?请|请重试[。！]?$|^(?:Operation|Request) failed|[Ss]omething went wrong/;
  const found = [inChinese, inEnglish].flatMap((words) =>
    keysOf(words).filter((key) => empty.test(wordAt(words, key))),
  );
  expect(found).toEqual([]);
});

test('the exceptions are still needed', () => {
  for (const { not, but = [] } of [...chinese, ...english]) {
    const words = chinese.some((word) => word.not === not) ? inChinese : inEnglish;
    expect(but.filter((key) => !not.test(wordAt(words, key)))).toEqual([]);
  }
});

function wordAt(words: object, key: string): string {
  const found = key.split('.').reduce<unknown>((part, name) => (isPlainRecord(part) ? part[name] : undefined), words);
  if (typeof found !== 'string') throw new Error(`no words at ${key}`);
  return found;
}
