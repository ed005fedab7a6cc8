/** Next to nothing, where it is not the cost of guessing that is tried. */
export const CHEAP = { N: 2 ** 4, r: 8, p: 1, maxmem: 1024 * 1024 };
