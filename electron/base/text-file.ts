/**
 * Text as people's programs save it. Editors on Windows put a byte order mark first or write UTF-16, and end lines with
 * CRLF; what is read here must not differ for that.
 */
import { readFileSync } from 'node:fs';

const UTF16 = { 'fe,ff': 'utf-16be', 'ff,fe': 'utf-16le' } as const;

/** The encoding of a text that begins with these bytes: UTF-8, or UTF-16 where its mark stands first. */
export function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16be' | 'utf-16le' {
  const mark = Array.from(bytes.subarray(0, 2), (byte) => byte.toString(16)).join();
  return mark === 'fe,ff' || mark === 'ff,fe' ? UTF16[mark] : 'utf-8';
}

/** The text in `bytes`, without a byte order mark. `null` if the bytes are not a text of their encoding (`encodingOf`). */
export function decodeText(bytes: Uint8Array): string | null {
  try {
    // A decoder leaves out the mark of its own encoding.
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    // With `fatal` the decoder throws on bytes that are not of its encoding.
    return null;
  }
}

/**
 * The text of a file that a person may have edited. Bytes that are no text come back as characters that no schema takes.
 * Throws what the file system refuses.
 */
export function readText(path: string): string {
  const bytes = readFileSync(path);
  return decodeText(bytes) ?? bytes.toString('latin1');
}
