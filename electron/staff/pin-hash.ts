/** A PIN as it is stored: scrypt with its own salt. */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** N x r x 128 bytes are needed for one guess, p times over. */
export interface HashCost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/**
 * About 250 ms and 32 MiB here, off the main thread. A PIN is short, so a copied file must not be guessed within
 * minutes.
 */
export const PIN_COST: HashCost = { N: 2 ** 15, r: 8, p: 4 };

const HASH_BYTES = 32;
const SALT_BYTES = 16;
const MEMORY_MAX = 64 * 1024 * 1024;

/** The limits stop a manipulated file from stopping the app. A file beyond them counts as damaged. */
export const pinHashSchema = z.strictObject({
  salt: z.base64().length(24),
  hash: z.base64().length(44),
  N: z
    .number()
    .int()
    .min(2)
    .max(2 ** 15),
  r: z.literal(8),
  p: z.number().int().min(1).max(8),
});
export type PinHash = z.infer<typeof pinHashSchema>;

export async function hashPin(pin: string, cost: HashCost): Promise<PinHash> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await stretched(pin, salt, cost);
  return { salt: salt.toString('base64'), hash: hash.toString('base64'), N: cost.N, r: 8, p: cost.p };
}

/** Whether `pin` is the one that was hashed. A wrong one takes as long as the right one. */
export async function isPin(pin: string, kept: PinHash): Promise<boolean> {
  const hash = await stretched(pin, Buffer.from(kept.salt, 'base64'), kept);
  return timingSafeEqual(hash, Buffer.from(kept.hash, 'base64'));
}

const stretched = (pin: string, salt: Buffer, { N, r, p }: HashCost): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(pin, salt, HASH_BYTES, { N, r, p, maxmem: MEMORY_MAX }, (error, hash) => {
      if (error === null) resolve(hash);
      else reject(error);
    });
  });
