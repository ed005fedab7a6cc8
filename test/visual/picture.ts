/** A picture in memory, with only the colours that are compared. */
import { decode } from 'fast-png';

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, alpha. */
  readonly rgba: Uint8Array;
}

/** Sixteen steps per channel: text and its edges stay as they are, and few colours are left. */
const STEP = 17;

const stepped = (value: number): number => Math.round(value / STEP) * STEP;

/**
 * From a PNG of 8 bits, in full colour or indexed. With `factor`, each square of that many pixels becomes one pixel
 * with their mean, because Chromium's own reduction blends the edges of its layers differently from time to time.
 * Incomplete squares at the right and at the bottom are left out.
 */
export function pictureOf(png: Uint8Array, factor = 1): Picture {
  const { width: fullWidth, height: fullHeight, data, channels, palette } = decode(png);
  const [width, height] = [Math.floor(fullWidth / factor), Math.floor(fullHeight / factor)];
  const sums = new Uint32Array(width * height * 3);
  for (let y = 0; y < height * factor; y += 1) {
    for (let x = 0; x < width * factor; x += 1) {
      const from = (y * fullWidth + x) * channels;
      const to = (Math.floor(y / factor) * width + Math.floor(x / factor)) * 3;
      const colour = palette?.[data[from] ?? 0];
      for (let channel = 0; channel < 3; channel += 1)
        sums[to + channel] =
          (sums[to + channel] ?? 0) + ((colour === undefined ? data[from + channel] : colour[channel]) ?? 0);
    }
  }
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let pixel = 0; pixel < width * height; pixel += 1)
    for (let channel = 0; channel < 3; channel += 1)
      rgba[pixel * 4 + channel] = stepped((sums[pixel * 3 + channel] ?? 0) / factor ** 2);
  return { width, height, rgba };
}
