/** This device's own secret: 32 random bytes in their own file, readable by this user only, made at first use. */
import { randomBytes } from 'node:crypto';
import { existsSync, linkSync } from 'node:fs';
import { readSafely, removeIfPossible, writeFileSafely } from '../base/safe-file.ts';

const SECRET_BYTES = 32;

/** The secret; `null` if there is none, or if a power cut has left only half of one. */
export function deviceSecret(path: string): Buffer | null {
  return whole(look(path));
}

/** The secret, made now if there is none. If several processes make it at once, all get the same. */
export function deviceSecretOrNew(path: string): Buffer {
  // It is read only once. At a second read, the secret of the process that was first could look like a half one.
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
    // A link fails if the name is taken. A rename would replace the file of the process that was first.
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
