/** Writes a file, piece by piece, to a path that a person chose: in the end it is there completely, or not at all. */
import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { fileTroubleOf, type FileTrouble } from '../../base/safe-file.ts';

/** Pieces are collected up to this size, so that a million lines do not need a million writes. */
const CHUNK_BYTES = 64 * 1024;

/**
 * Writes `pieces` beside `path` and then moves the finished file there; an existing file stays until then. What
 * `pieces` throws is thrown on, after the draft is removed.
 */
export async function writeDraft(
  path: string,
  pieces: AsyncIterable<string | Uint8Array>,
): Promise<Result<null, FileTrouble>> {
  const draft = `${path}.${randomBytes(4).toString('hex')}.part`;
  try {
    await writeAll(draft, pieces);
    await rename(draft, path);
    return ok(null);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    const trouble = fileTroubleOf(error);
    if (trouble === null) throw error;
    return fail(trouble);
  }
}

async function writeAll(path: string, pieces: AsyncIterable<string | Uint8Array>): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    let waiting: Buffer[] = [];
    let bytes = 0;
    for await (const piece of pieces) {
      const chunk = Buffer.from(piece);
      waiting.push(chunk);
      bytes += chunk.length;
      if (bytes < CHUNK_BYTES) continue;
      await file.appendFile(Buffer.concat(waiting));
      waiting = [];
      bytes = 0;
    }
    await file.appendFile(Buffer.concat(waiting));
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Pieces that exist already, for a writer that takes pieces as they come. */
// oxlint-disable-next-line typescript/require-await -- it has nothing to wait for
export async function* onePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
