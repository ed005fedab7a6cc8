/** This device's own secret: 32 random bytes in a file of their own, readable by this user alone, made on first use. */
import { randomBytes } from 'node:crypto';
import { existsSync, linkSync } from 'node:fs';
import { readSafely, removeIfPossible, writeFileSafely } from '../base/safe-file.ts';

const SECRET_BYTES = 32;

/** The secret; `null` where there is none, or the half of one that a power cut has left. */
export function deviceSecret(path: string): Buffer | null {
  return whole(look(path));
}

/** The secret, made now where there is none. Of processes that make it at once all get the same. */
export function deviceSecretOrNew(path: string): Buffer {
  // One look decides: at a second one the secret of whoever was first would pass for a half.
  const found = look(path);
  const known = whole(found);
  if (known !== null) return known;
  const bytes = randomBytes(SECRET_BYTES);
  if (found !== null) {
    writeFileSafely(path, bytes);
    return bytes;
  }
  const own = `${path}.${bytes.toString('hex', 0, 8)}`;
  writeFileSafely(own, bytes);
  try {
    // A link fails where the name is taken; a rename would take the name from who was first.
    linkSync(own, path);
    return bytes;
  } catch (error) {
    const first = deviceSecret(path);
    if (first === null) throw error;
    return first;
  } finally {
    removeIfPossible(own);
  }
}

const look = (path: string): Buffer | null => (existsSync(path) ? readSafely(path) : null);

const whole = (bytes: Buffer | null): Buffer | null => (bytes?.byteLength === SECRET_BYTES ? bytes : null);
