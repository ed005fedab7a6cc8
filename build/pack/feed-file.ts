/**
 * Adds a package that electron-builder did not make to the list of installers that electron-updater reads
 * (latest-linux.yml).
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';

/**
 * Adds a package to `yml` once, in electron-builder's own format. Without a feed there is no list, and nothing is done.
 */
export function addToFeedFile(yml: string, file: string): void {
  if (!existsSync(yml)) return;
  const text = readFileSync(yml, 'utf8');
  const name = basename(file);
  if (text.includes(`url: ${name}\n`)) return;
  const bytes = readFileSync(file);
  const sum = createHash('sha512').update(bytes).digest('base64');
  // `path` is the first line after the list.
  const added = text.replace(
    /^path: /m,
    () => `  - url: ${name}\n    sha512: ${sum}\n    size: ${String(bytes.length)}\npath: `,
  );
  if (added === text) throw new Error(`${yml} has no list that ${name} could be added to`);
  writeFileSync(yml, added);
}
