import type { Tone } from '../tone.ts';

/** One line of a summary (summary-list.tsx). */
export interface SummaryRow {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  /** What is wrong with it or good about it, in words; the tone gives the shape and the colour. */
  readonly note?: { readonly tone: Tone; readonly words: string };
  readonly action?: { readonly label: string; readonly onPress: () => void };
}
