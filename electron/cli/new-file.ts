/** A command always writes a new file: it overwrites nothing. */
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';

/** Why `file` cannot be a new file; `null` if it can. */
export function whyNotNew(file: string): 'file-exists' | 'folder-not-found' | null {
  if (existsSync(file)) return 'file-exists';
  return existsSync(dirname(file)) ? null : 'folder-not-found';
}
