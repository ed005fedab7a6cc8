/** What one guess at a secret costs: N x r x 128 bytes of memory, and the time to go through them. */
export interface ScryptCost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
  readonly maxmem: number;
}

/** For the secrets on the terminal: about 60 ms and 32 MiB. */
export const SEAL_COST: ScryptCost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };

/** For a file that may be copied and guessed at elsewhere: about 150 ms and 64 MiB. */
export const PROVISION_COST: ScryptCost = { N: 2 ** 16, r: 8, p: 1, maxmem: 96 * 1024 * 1024 };
