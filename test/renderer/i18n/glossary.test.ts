/** One word for each thing, in all shown texts: a reader who sees two words looks for two things. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import scanEn from '../../../shared/locales/scan.en.json';
import scanZh from '../../../shared/locales/scan.zh-CN.json';
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

const ROOT = join(import.meta.dirname, '../../..');

const inChinese = { ...zh, ...aboutZh, ...backOfficeZh, ...courseZh, ...customerZh, ...scanZh, ...shiftSheetZh };
const inEnglish = { ...en, ...aboutEn, ...backOfficeEn, ...courseEn, ...customerEn, ...scanEn, ...shiftSheetEn };

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
  // “支付成功” between such quotes is a word of WeChat's own pages, which a person has to find there.
  { say: '已付款', not: /付款?成功(?!”)|已收款/ },
  { say: '付款失败', not: /支付失败/ },
  { say: '已退款', not: /已原路退回|款项已退|已退回|正在退回/ },
  { say: '查询结果', not: /查微信|查一查微信|询问微信/ },
  { say: '店长已处理', not: /办妥|人工处理/ },
  { say: '添加', not: /^加上$|加上名字/ },
  { say: '订单号', not: /(?<!“)商户单号|商户订单号/ },
  { say: '微信支付单号', not: /(?<!“)交易单号|微信单号|微信订单号/ },
];
const english: readonly Word[] = [
  { say: 'cancel', not: /\b(?:revers(?:e|ed|al)|abort(?:ed)?)\b/i },
  { say: 'technician', not: /\b(?:call|ask|have) the installer\b/i },
  { say: 'manager', not: /\bsupervisor\b/i },
  { say: 'Ask WeChat', not: /\bcheck result\b|\bquery result\b/i },
  {
    say: 'Settled by manager',
    not: /\bmark(?:ed)?\b.* as handled\b|\bhandled by (?:the )?manager\b|\bhandled by hand\b/i,
  },
  { say: 'Paid', not: /payment (?:received|complete|succeeded)/i },
  { say: 'refunded', not: /money (?:is )?on its way back/i },
  { say: 'merchant platform', not: /merchant (?:web)?site|\bon site\b/i },
  { say: 'Medium', not: /^middle$/i },
  { say: 'Order number', not: /^merchant order n(?:umber|o\.)$/i },
  { say: 'WeChat Pay number', not: /^wechat n(?:umber|o\.)$|transaction number/i },
];

const misused = (words: object, { not, but = [] }: Word): string[] =>
  keysOf(words).filter((key) => !but.includes(key) && not.test(wordAt(words, key)));

test.each(chinese)('$say is called so and not otherwise', (word) => {
  expect(misused(inChinese, word)).toEqual([]);
});

test.each(english)('$say is called so in English', (word) => {
  expect(misused(inEnglish, word)).toEqual([]);
});

/** What people read elsewhere: the guides, the first page of the project, the exported tables, the command's words. */
const PAGES: readonly (readonly [path: string, language: 'zh' | 'en'])[] = [
  ...['cashier', 'manager', 'technician', 'terminal-command', 'pos-api'].flatMap((name) => [
    [`build/guide/zh-CN/${name}.md`, 'zh'] as const,
    [`build/guide/en/${name}.md`, 'en'] as const,
  ]),
  ['README.zh-CN.md', 'zh'],
  ['README.md', 'en'],
  ['electron/app/exports/csv-words.ts', 'zh'],
  ['electron/app/exports/csv-words.ts', 'en'],
  ['electron/cli/words.ts', 'en'],
  ['electron/cli/help.ts', 'en'],
  ['electron/pos/refusal.ts', 'en'],
];

/** Technicians' pages speak of the calls by their names on the wire. */
const OF_THE_SCREEN_ONLY = ['cancel', 'technician', '请勿重复收款', 'Settled by manager'];

test.each(PAGES)('%s (%s) uses the same words', (path, language) => {
  const lines = readFileSync(join(ROOT, path), 'utf8').split('\n');
  const misusedThere = (language === 'zh' ? chinese : english)
    .filter(({ say, but = [] }) => but.length === 0 && !OF_THE_SCREEN_ONLY.includes(say))
    .flatMap(({ say, not }) => lines.filter((line) => not.test(line)).map((line) => `${say}: ${line.trim()}`));
  expect(misusedThere).toEqual([]);
});

/** One thing on the screen, in both languages. */
const PAIRS: readonly (readonly [chinese: string, english: string])[] = [
  ['查询结果', 'Ask WeChat'],
  ['店长已处理', 'Settled by manager'],
  ['标记为已处理', 'Mark as settled'],
  ['已付款', 'Paid'],
  ['付款失败', 'Payment failed'],
  ['已撤销，已退款', 'Cancelled, refunded'],
  ['已退款', 'Refunded'],
  ['转平台退款', 'Refund on platform'],
  ['添加', 'Add'],
  ['中', 'Medium'],
];

test('a term has one translation, wherever it stands', () => {
  for (const [say, inEnglishToo] of PAIRS) {
    const keys = keysOf(inChinese).filter((key) => wordAt(inChinese, key) === say);
    expect(keys, say).not.toEqual([]);
    const others = keys.filter((key) => plain(wordAt(inEnglish, key)) !== plain(inEnglishToo) && !isDone(key));
    expect(others, `${say} is ${inEnglishToo}`).toEqual([]);
  }
});

/** Chinese has one form where English needs two: a thing to do and what was done, a name and its short form. */
const TWO_FORMS = [
  '关闭',
  '收回撤销',
  '保留收款',
  '立即重试',
  '待处理',
  '付款失败',
  '删除',
  '收银员',
  '员工登录',
  '交班',
  '撤销凭条',
  '静音',
  '确认已退款',
  '没有退款，改撤销',
  '标记为已处理',
  '到',
  '操作记录',
  '人员',
  '密码',
  '安装设置',
  '接入方式',
  '商户号',
  '支付方式',
  '商户证书',
  '确定',
  '练习课程',
];

test('no Chinese label has two English ones, but where English needs two forms', () => {
  const forms = new Map<string, Set<string>>();
  for (const key of keysOf(inChinese)) {
    const say = wordAt(inChinese, key);
    forms.set(say, (forms.get(say) ?? new Set()).add(plain(wordAt(inEnglish, key))));
  }
  const several = [...forms].filter(([, words]) => words.size > 1).map(([say]) => say);
  expect(several.filter((say) => !TWO_FORMS.includes(say))).toEqual([]);
  expect(
    TWO_FORMS.filter((say) => !several.includes(say)),
    'listed without need',
  ).toEqual([]);
});

/** Without what the place in a sentence adds. */
const plain = (words: string): string => words.toLowerCase().replace(/^the /, '');

/** What was done, in a list of what happened: the past tense. */
const isDone = (key: string): boolean => key.startsWith('history.act.') || key.startsWith('course.of.');

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
