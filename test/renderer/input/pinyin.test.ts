/** Letters to characters, on a table small enough to see. */
import { describe, expect, test } from 'vitest';
import { candidatesOf, nextPage, ROW_LENGTH, rowOf, type PinyinTable } from '../../../renderer/input/pinyin.ts';

const table: PinyinTable = {
  characters: { an: '安按', ming: '明名', wa: '娃', wang: '王望', xi: '西', xian: '先', xiao: '小晓', zhang: '张' },
  words: { xian: '西安', xiaoming: '小明 晓明' },
};
const texts = (letters: string): string[] => candidatesOf(table, letters).map(({ text }) => text);

describe('what letters stand for', () => {
  test('words of all of them come first, then the longest syllable, then a shorter one', () => {
    expect(candidatesOf(table, 'xian')).toEqual([
      { text: '西安', letters: 4 },
      { text: '先', letters: 4 },
      { text: '西', letters: 2 },
    ]);
    expect(texts('xiaoming')).toEqual(['小明', '晓明', '小', '晓', '西']);
  });

  test('the letters after the first syllable wait', () => {
    expect(candidatesOf(table, 'wangxi')).toEqual([
      { text: '王', letters: 4 },
      { text: '望', letters: 4 },
      { text: '娃', letters: 2 },
    ]);
  });

  test('a syllable that was only begun stands for all that begin so, the most usual of each first', () => {
    expect(texts('x')).toEqual(['西', '先', '小', '晓']);
    expect(candidatesOf(table, 'zh')).toEqual([{ text: '张', letters: 2 }]);
    expect(candidatesOf(table, 'zhq')).toEqual([{ text: '张', letters: 2 }]);
  });

  test('nothing stands for nothing, and letters that begin no syllable for no character', () => {
    expect([texts(''), texts('u'), texts('constructor')]).toEqual([[], [], []]);
  });
});

test('candidates come in rows of nine, and after the last row the first again', () => {
  const many = candidatesOf({ characters: { yi: '一以已意义艺易亿依医移宜' }, words: {} }, 'yi');
  expect([rowOf(many, 0).length, rowOf(many, 1).length]).toEqual([ROW_LENGTH, 12 - ROW_LENGTH]);
  expect([nextPage(many, 0), nextPage(many, 1), nextPage([], 0)]).toEqual([1, 0, 0]);
});
