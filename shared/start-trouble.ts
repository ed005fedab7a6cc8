/** What keeps a terminal from opening, as far as both sides must agree on it. */

const PASSING: ReadonlySet<string> = new Set([
  'busy',
  'io',
  'disk-full',
  'read-only',
  'not-permitted',
  'key-store-unavailable',
]);

/**
 * Whether what keeps a terminal from opening may be over by itself: a program that holds a file, a disk that is full, not
 * yet there or read-only. Then it is tried again; anything else needs somebody. `code` is the code of a start problem.
 */
export const passes = (code: string): boolean => PASSING.has(code);
