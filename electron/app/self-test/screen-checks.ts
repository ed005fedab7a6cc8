/** Judges what the screen reports about itself. Pure. */
import { finding, type ScreenFacts, type SelfTestLine } from '../../../shared/self-test/self-test.ts';

/** The smallest width and height on which the whole till is visible, in CSS pixels. */
export const SCREEN_SHORT_MIN = 720;
export const SCREEN_LONG_MIN = 1_024;
const CORNERS = 4;

/** `null`: no screen was asked, for example from a terminal command. */
export function screenChecks(facts: ScreenFacts | null): SelfTestLine[] {
  if (facts === null)
    return [finding('screen', 'in-the-app'), finding('touch', 'in-the-app'), finding('font', 'in-the-app')];
  return [sizeCheck(facts), touchCheck(facts), finding('font', facts.drawsChinese ? 'chinese' : 'missing')];
}

function sizeCheck({ width, height, pixelRatio }: ScreenFacts): SelfTestLine {
  const figures = {
    width,
    height,
    ratio: Number(pixelRatio.toFixed(2)),
    way: width > height ? 'landscape' : 'portrait',
  };
  const fits = Math.min(width, height) >= SCREEN_SHORT_MIN && Math.max(width, height) >= SCREEN_LONG_MIN;
  return finding('screen', fits ? 'fits' : 'small', figures);
}

function touchCheck({ touchPoints, corners }: ScreenFacts): SelfTestLine {
  if (corners === CORNERS) return finding('touch', 'works', { points: touchPoints });
  if (corners !== null) return finding('touch', 'missed', { corners, points: touchPoints });
  return touchPoints === 0 ? finding('touch', 'none') : finding('touch', 'untried', { points: touchPoints });
}
