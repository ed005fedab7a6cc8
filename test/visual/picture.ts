/** A picture in memory, in as few colours as it is compared in. */
import { decode } from 'fast-png';

export interface Picture {
  readonly width: number;
  readonly height: number;
  /** Red, green, blue, alpha. */
  readonly rgba: Uint8Array;
}

/** Sixteen steps to a channel: text and its edges stay what they are, and few colours are left. */
const STEP = 17;

const stepped = (value: number): number => Math.round(value / STEP) * STEP;

/** From a PNG of 8 bits, in full colour or indexed. */
export function pictureOf(png: Uint8Array): Picture {
  const { width, height, data, channels, palette } = decode(png);
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const colour = palette === undefined ? data.subarray(pixel * channels, pixel * channels + 3) : (palette[data[pixel] ?? 0] ?? []);
    for (let channel = 0; channel < 3; channel += 1) rgba[pixel * 4 + channel] = stepped(colour[channel] ?? 0);
  }
  return { width, height, rgba };
}
