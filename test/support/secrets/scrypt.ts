/** Almost no cost, for tests that are not about the cost of guessing. */
export const CHEAP = { N: 2 ** 4, r: 8, p: 1, maxmem: 1024 * 1024 };
