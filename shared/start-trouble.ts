/** What stops a terminal from opening, for the part that main and screen must agree on. */

const PASSING: ReadonlySet<string> = new Set([
  'busy',
  'io',
  'disk-full',
  'read-only',
  'not-permitted',
  'key-store-unavailable',
]);

/**
 * Whether the reason may pass by itself: a program that holds a file, or a disk that is full, not yet there or
 * read-only. Then opening is tried again. Any other reason needs a person. `code` is the code of a start problem.
 */
export const passes = (code: string): boolean => PASSING.has(code);
