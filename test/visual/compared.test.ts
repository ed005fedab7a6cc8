/** The comparison itself: it tolerates a few pixels, and nothing else. */
import { expect, test } from 'vitest';
import { pictureOf, type Picture } from './picture.ts';
import { compared, READABLE, SMALL } from './pictures.ts';
import { smallPng } from './small-png.ts';

const white = (width = 100, height = 20): Picture => ({
  width,
  height,
  rgba: new Uint8Array(width * height * 4).fill(255),
});

/** The first `count` pixels are black: a bar of one row. */
function withBlack(count: number): Picture {
  const picture = white();
  for (let pixel = 0; pixel < count; pixel += 1) picture.rgba.fill(0, pixel * 4, pixel * 4 + 3);
  return picture;
}

const pixels = (picture: Picture): number => {
  const result = compared(white(), picture, READABLE);
  return result.kind === 'compared' ? result.pixels : Number.NaN;
};

test('counts what is of another colour', () => {
  expect(pixels(white())).toBe(0);
  expect(pixels(withBlack(40))).toBeGreaterThan(READABLE.pixelsMax);
});

test('tells a picture that is not there from one of another size', () => {
  expect(compared(null, white(), SMALL).kind).toBe('no-picture');
  expect(compared(white(10, 10), white(), SMALL).kind).toBe('other-size');
});

test('reads back what it stores', () => {
  expect(pictureOf(smallPng(withBlack(33)))).toEqual(withBlack(33));
});
