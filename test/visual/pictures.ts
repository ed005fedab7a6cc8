/** Stored pictures of screens, and how a new picture is compared with its stored one. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { encode } from 'fast-png';
import pixelmatch from 'pixelmatch';
import { pictureOf, type Picture } from './picture.ts';
import { smallPng } from './small-png.ts';

export const STORED = join(import.meta.dirname, 'stored');

/** How far two pictures may differ and still count as the same screen. */
export interface Tolerance {
  /** How far a pixel's colour may differ (pixelmatch's scale, 0 to 1) before it counts as another colour. */
  readonly threshold: number;
  /** Whether a pixel counts that looks like the edge of a glyph. */
  readonly includeAA: boolean;
  /** How many pixels of the reduced picture may have another colour. */
  readonly pixelsMax: number;
}

/** The edges of one glyph, less than one character. */
export const READABLE: Tolerance = { threshold: 0.15, includeAA: false, pixelsMax: 24 };
/**
 * Where a character is two pixels high, all of it looks like an edge. One changed word causes a difference in six of
 * twelve pictures.
 */
export const SMALL: Tolerance = { threshold: 0.06, includeAA: true, pixelsMax: 8 };

/** `no-picture`: none is stored. Otherwise the number of different pixels, and a picture that shows them. */
export type Compared =
  | { readonly kind: 'no-picture' }
  | { readonly kind: 'other-size' }
  | { readonly kind: 'compared'; readonly pixels: number; readonly diff: Uint8Array };

export function compared(stored: Picture | null, now: Picture, { threshold, includeAA }: Tolerance): Compared {
  if (stored === null) return { kind: 'no-picture' };
  if (stored.width !== now.width || stored.height !== now.height) return { kind: 'other-size' };
  const { width, height } = now;
  const diff = new Uint8Array(width * height * 4);
  const pixels = pixelmatch(stored.rgba, now.rgba, diff, width, height, { threshold, includeAA });
  return { kind: 'compared', pixels, diff: encode({ width, height, data: diff, channels: 4 }) };
}

export const storedPicture = (name: string): Picture | null => {
  const file = fileOf(name);
  return existsSync(file) ? pictureOf(readFileSync(file)) : null;
};

export function store(name: string, picture: Picture): void {
  mkdirSync(dirname(fileOf(name)), { recursive: true });
  writeFileSync(fileOf(name), smallPng(picture));
}

const fileOf = (name: string): string => join(STORED, `${name}.png`);
