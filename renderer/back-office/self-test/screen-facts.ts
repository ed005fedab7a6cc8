/** What the screen can report about itself. */
import type { ScreenFacts } from '../../../shared/self-test/self-test.ts';

/** `corners`: how many of the four corners a finger has reached; `null` while nobody has tried. */
export const screenFacts = (corners: number | null): ScreenFacts => ({
  width: window.innerWidth,
  height: window.innerHeight,
  pixelRatio: window.devicePixelRatio,
  touchPoints: navigator.maxTouchPoints,
  drawsChinese: drawsChinese(),
  corners,
});

/** Characters of the till that look clearly different from each other. */
const CHARACTERS = ['付', '款', '撤', '销'];

/** A character without a glyph is drawn as a box, always the same box. So the characters are drawn and compared. */
function drawsChinese(): boolean {
  const drawn = CHARACTERS.map(pixelsOf);
  return drawn.every((pixels) => pixels !== null && /[^0,]/.test(pixels)) && new Set(drawn).size === CHARACTERS.length;
}

const SIZE = 32;

/** `null` where the page cannot draw at all. */
function pixelsOf(character: string): string | null {
  const canvas = document.createElement('canvas');
  canvas.width = SIZE;
  canvas.height = SIZE;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return null;
  context.font = `${String(SIZE - 4)}px ${getComputedStyle(document.body).fontFamily}`;
  context.textBaseline = 'top';
  context.fillText(character, 2, 2);
  return context.getImageData(0, 0, SIZE, SIZE).data.join();
}
