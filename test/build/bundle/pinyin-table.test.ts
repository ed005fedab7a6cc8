/** The table of the on-screen keyboard's pinyin, as it is made from the packages. */
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { madeFromPackages, pinyinTable, storedSources } from '../../../build/bundle/pinyin-table.ts';
import { thirdPartyText } from '../../../build/bundle/third-party.ts';
import { candidatesOf } from '../../../renderer/input/pinyin.ts';

const table = pinyinTable(storedSources());
const first = (letters: string, count: number): string[] =>
  candidatesOf(table, letters)
    .slice(0, count)
    .map(({ text }) => text);

test('names and shops are on the first row', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['wang', '王'],
    ['xiao', '小'],
    ['ming', '明'],
    ['li', '李'],
    ['zhang', '张'],
    ['lv', '吕'],
    ['ouyang', '欧阳'],
    ['shan', '单'],
    ['hui', '慧'],
    ['bianli', '便利'],
    ['chaoshi', '超市'],
    ['dian', '店'],
  ];
  for (const [letters, text] of rows) expect(first(letters, 9), letters).toContain(text);
  expect(first('wang', 1)).toEqual(['王']);
});

test('every common character can be spelled, by letters that the keyboard has', () => {
  const all = new Set(Object.values(table.characters).join(''));
  expect(all.size).toBe(6_763);
  expect(Object.keys(table.characters).filter((syllable) => !/^[a-z]{1,6}$/.test(syllable))).toEqual([]);
  expect(Object.keys(table.words).filter((letters) => !/^[a-z]+$/.test(letters))).toEqual([]);
});

test('it is small', () => {
  expect(gzipSync(JSON.stringify(table)).byteLength).toBeLessThan(100_000);
});

test('the packages that it is made from are named with their licences, as those are whose code is bundled', () => {
  const text = thirdPartyText(madeFromPackages('/p/renderer/input/names.pinyin'));
  for (const part of ['pinyin-pro 3.', '@node-rs/jieba 2.', 'MIT License']) expect(text).toContain(part);
  expect(madeFromPackages('/p/renderer/input/pinyin.ts')).toEqual([]);
});
