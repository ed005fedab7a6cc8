/**
 * The reply to pay/downloadbill as it comes: the bill itself, as text or packed, or a message in XML. It is told by its
 * first bytes and streamed to a file, always packed; nothing of a bill is collected in memory.
 */
import { createWriteStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { REPLY_BYTES_MAX } from '../../shared/timing.ts';
import { fileTroubleOf, type FileTrouble } from '../base/safe-file.ts';

export type Received =
  /** The whole reply is in the file, which is on the disk. Whether it is a whole bill its last lines say. */
  | { readonly kind: 'file'; readonly bytes: number }
  | { readonly kind: 'message'; readonly body: Uint8Array }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'empty' | 'damaged-gzip' }
  /** The reply broke off. */
  | { readonly kind: 'broken' }
  | { readonly kind: 'disk'; readonly trouble: FileTrouble };

/** Reads `reply` to its end. `path` is written anew; what it holds counts only with `file`. */
export async function receiveBill(reply: Readable, path: string, bytesMax: number): Promise<Received> {
  const chunks = bytesOf(reply);
  try {
    const begin = await beginOf(chunks);
    const kind = kindOf(begin);
    const all = Readable.from(joined(begin, chunks), { objectMode: false });
    if (kind === 'empty') return { kind };
    if (kind === 'message') return await message(all);
    const count = counter(bytesMax);
    const packed = createGzip();
    const file = createWriteStream(path, { mode: 0o600, flush: true });
    await (kind === 'gzip'
      ? pipeline(all, createGunzip(), count.stream, packed, file)
      : pipeline(all, count.stream, packed, file));
    return { kind: 'file', bytes: count.bytes() };
  } catch (error) {
    return troubleOf(error, reply);
  }
}

function troubleOf(error: unknown, reply: Readable): Received {
  if (error instanceof TooLarge) return { kind: 'too-large' };
  if (error instanceof Broken || reply.errored !== null) return { kind: 'broken' };
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('Z_')) return { kind: 'damaged-gzip' };
  const trouble = fileTroubleOf(error);
  if (trouble !== null) return { kind: 'disk', trouble };
  throw error;
}

class TooLarge extends Error {}
class Broken extends Error {}

/** An error of the network is told apart from one of the disk, whose codes look the same. */
async function* bytesOf(reply: Readable): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of reply) if (Buffer.isBuffer(chunk)) yield chunk;
  } catch (error) {
    throw new Broken('the reply broke off', { cause: error });
  }
}

/** Enough of a reply to tell what it is; a message has no more blanks before it. */
const BEGIN_BYTES = 64;

async function beginOf(chunks: AsyncGenerator<Buffer>): Promise<Buffer> {
  let begin: Buffer = Buffer.alloc(0);
  while (begin.byteLength < BEGIN_BYTES) {
    const next = await chunks.next();
    if (next.done === true) break;
    begin = Buffer.concat([begin, next.value]);
  }
  return begin;
}

async function* joined(begin: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield begin;
  yield* rest;
}

function kindOf(begin: Buffer): 'gzip' | 'message' | 'text' | 'empty' {
  if (begin.toString('hex', 0, 2) === '1f8b') return 'gzip';
  // Also without the byte order mark that may be there.
  const text = begin
    .toString('utf8')
    .replace(/^\u{feff}/u, '')
    .trimStart();
  if (text === '') return 'empty';
  return text.startsWith('<') ? 'message' : 'text';
}

async function message(all: Readable): Promise<Received> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of bytesOf(all)) {
    size += part.byteLength;
    if (size > REPLY_BYTES_MAX) return { kind: 'too-large' };
    parts.push(part);
  }
  return { kind: 'message', body: Buffer.concat(parts) };
}

/** Passes bytes on as long as there are at most `max`. */
function counter(max: number): { readonly stream: Transform; readonly bytes: () => number } {
  let bytes = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.byteLength;
      if (bytes > max) done(new TooLarge());
      else done(null, chunk);
    },
  });
  return { stream, bytes: () => bytes };
}
