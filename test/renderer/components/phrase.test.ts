import { expect, test } from 'vitest';
import { piecesOf } from '../../../renderer/components/phrase.tsx';

const texts = (text: string): readonly string[] => piecesOf(text).map((piece) => piece.text);

test('a Chinese label may end a line between its words, never inside one', () => {
  expect(texts('安装设置')).toEqual(['安装', '设置']);
});

test('a figure stays with what it counts', () => {
  expect(piecesOf('第 3 次 · 约 10 分钟后重试')).toEqual([
    { text: '第 3 次 · ', whole: true },
    { text: '约 10 分钟后重试', whole: true },
  ]);
});

test('one character is never left alone, and no line begins with a full stop or ends with an opening quote', () => {
  const lone = texts('请先在这台机器上“登录”，再继续。');
  expect(lone.join('')).toBe('请先在这台机器上“登录”，再继续。');
  expect(lone.filter((text) => text.replaceAll(/[^\p{L}\p{N}]/gu, '').length < 2)).toEqual([]);
  expect(lone.filter((text) => /^[，。”]|“$/u.test(text))).toEqual([]);
});

test('any other text is left to the blanks it has', () => {
  expect(texts('Take payment')).toEqual(['Take payment']);
});
