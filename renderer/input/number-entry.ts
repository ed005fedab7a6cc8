/** What the keys of the order-number dialog do to its text, and how the number is shown. Pure. */

/** The longest text that is sent to main; the contract accepts no more. */
export const NUMBER_TEXT_MAX = 64;

export const digitKeys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '_', '0', '-'] as const;

/** In order numbers capital and small letters differ, so there is a shift key, and both pages have it. */
export const letterRows = ['qwertyuiop', 'asdfghjkl|', 'zxcvbnm_-*@'] as const;

/** Adds typed or scanned text, up to the length that the contract accepts. */
export const withText = (number: string, text: string): string => (number + text).slice(0, NUMBER_TEXT_MAX);

/** Groups of four, as people read numbers out to each other: `4200000272` -> `['4200', '0002', '72']`. */
export const groupsOfFour = (number: string): string[] => number.match(/.{1,4}/gu) ?? [];

/**
 * An order number with its last four apart, because those are the ones people compare: `20261123150007` ->
 * `{ head: ['2026', '1123', '15'], tail: '0007' }`.
 */
export const splitNumber = (number: string): { readonly head: string[]; readonly tail: string } => ({
  head: groupsOfFour(number.slice(0, -4)),
  tail: number.slice(-4),
});
