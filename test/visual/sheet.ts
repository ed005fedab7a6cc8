/** Many small pictures as one: separate files, each with a head, would be larger than their content. */
import type { Picture } from './picture.ts';

const WHITE = 255;

/** Row by row, each picture at the top left of its own cell; a row is as high as its highest picture. */
export function sheetOf(rows: readonly (readonly Picture[])[]): Picture {
  const width = Math.max(...rows.map((row) => row.reduce((sum, one) => sum + one.width, 0)));
  const heights = rows.map((row) => Math.max(...row.map((one) => one.height)));
  const height = heights.reduce((sum, one) => sum + one, 0);
  const rgba = new Uint8Array(width * height * 4).fill(WHITE);
  let top = 0;
  for (const [index, row] of rows.entries()) {
    let left = 0;
    for (const one of row) {
      for (let y = 0; y < one.height; y += 1)
        rgba.set(one.rgba.subarray(y * one.width * 4, (y + 1) * one.width * 4), ((top + y) * width + left) * 4);
      left += one.width;
    }
    top += heights[index] ?? 0;
  }
  return { width, height, rgba };
}
