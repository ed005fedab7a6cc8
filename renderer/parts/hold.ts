/** Long enough that nobody does it by leaning on the screen, short enough to do it on purpose. */
export const HOLD_MS = 1_500;
