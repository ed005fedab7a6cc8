/**
 * The connection to the feed: HTTPS by Node, with the feed's own authority if it has one, and by the terminal's own way
 * (a shop's proxy). It replaces electron-updater's client, so that checking and downloading share one set of rules: no
 * plain HTTP, no other host, nothing larger than allowed. Nothing about the terminal is sent.
 */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { Duplex, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { TLSSocket } from 'node:tls';
import type { Result } from '../../shared/result.ts';
import { UPDATE_FILE_MS, UPDATE_TEXT_MS } from '../../shared/timing.ts';
import type { Clock } from '../base/clock.ts';

/** Opens a connection whose other end has proved itself; `done` runs once, and the returned function gives up. */
export type Connect = (
  wanted: { readonly host: string; readonly port: number; readonly caPem: string | null; readonly withinMs: number },
  done: (result: Result<TLSSocket, Error>) => void,
) => (why: Error) => void;

export interface FeedClientParts {
  readonly connect: Connect;
  /** PEM; `null` for the built-in authorities. */
  readonly caPem: string | null;
  /** After this long without a byte the feed has failed. */
  readonly silenceMs: number;
  readonly clock: Pick<Clock, 'after'>;
}

/** The feed answered with something other than the file. */
export class FeedAnswer extends Error {
  readonly statusCode: number;
  constructor(statusCode: number) {
    super(`the feed answered ${String(statusCode)}`);
    this.statusCode = statusCode;
  }
}

export class FeedSilent extends Error {}

/** It kept sending, but did not finish in time. */
export class FeedTooSlow extends Error {}

export class WrongFile extends Error {}

export interface FeedClient {
  /** A small text. Throws network errors, FeedAnswer, FeedSilent or FeedTooSlow. */
  text(url: URL, bytesMax: number): Promise<string>;
  /**
   * Writes the file to `path` if its size and its sum are right. Throws network and disk errors, FeedAnswer,
   * FeedSilent, FeedTooSlow or WrongFile.
   */
  file(url: URL, path: string, expected: { readonly sha512: string; readonly size: number }): Promise<void>;
}

export function openFeedClient(parts: FeedClientParts): FeedClient {
  const { clock } = parts;
  return {
    text: (url, bytesMax) =>
      within(clock, UPDATE_TEXT_MS, async (signal) => {
        const response = await get(parts, url, signal);
        const chunks: Buffer[] = [];
        await pipeline(
          response,
          atMost(bytesMax),
          async (source: AsyncIterable<Buffer>) => {
            for await (const chunk of source) chunks.push(chunk);
          },
          { signal },
        );
        return Buffer.concat(chunks).toString('utf8');
      }),
    file: (url, path, { sha512, size }) =>
      within(clock, UPDATE_FILE_MS, async (signal) => {
        const response = await get(parts, url, signal);
        const sum = createHash('sha512');
        let bytes = 0;
        const counting = new Transform({
          transform(chunk: Buffer, _encoding, done) {
            sum.update(chunk);
            bytes += chunk.length;
            done(null, chunk);
          },
        });
        await pipeline(response, atMost(size), counting, createWriteStream(path, { mode: 0o600 }), { signal });
        if (bytes !== size || sum.digest('base64') !== sha512)
          throw new WrongFile('size or sum are not those that are signed');
      }),
  };
}

function get(parts: FeedClientParts, url: URL, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    if (url.protocol !== 'https:') {
      reject(new WrongFile('not by HTTPS'));
      return;
    }
    const options: RequestOptions = {
      headers: { accept: '*/*', 'cache-control': 'no-cache' },
      createConnection: (_options, made) => {
        connected(parts, url, signal, made);
        return undefined;
      },
      signal,
    };
    const request = httpsRequest(url, options, (response) => {
      // Anything else, also a redirect, is not the feed from the settings.
      if (response.statusCode === 200) resolve(response);
      else {
        response.destroy();
        reject(new FeedAnswer(response.statusCode ?? 0));
      }
    });
    request.setTimeout(parts.silenceMs, () => request.destroy(new FeedSilent('the feed has fallen silent')));
    request.on('error', reject);
    request.end();
  });
}

/** While a connection is being made, the request has nothing yet that it could destroy. */
function connected(
  { connect, caPem, silenceMs, clock }: FeedClientParts,
  { hostname, port }: URL,
  signal: AbortSignal,
  made: (error: Error | null, socket: Duplex) => void,
): void {
  const wanted = {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? 443 : Number(port),
    caPem,
    withinMs: silenceMs,
  };
  const tooLate = (): void => {
    giveUp(new FeedTooSlow('the feed was not connected in time'));
  };
  const giveUp = connect(wanted, (result) => {
    stopTimer();
    signal.removeEventListener('abort', tooLate);
    if (result.ok) made(null, result.value);
    // With an error Node takes no connection, but its types ask for one.
    else made(result.error, new Duplex());
  });
  const stopTimer = clock.after(silenceMs, () => {
    giveUp(new FeedSilent('nothing was connected'));
  });
  signal.addEventListener('abort', tooLate);
}

/** The work, or FeedTooSlow. */
async function within<Got>(
  clock: FeedClientParts['clock'],
  ms: number,
  work: (signal: AbortSignal) => Promise<Got>,
): Promise<Got> {
  const deadline = new AbortController();
  const callOff = clock.after(ms, () => {
    deadline.abort();
  });
  try {
    return await work(deadline.signal);
  } catch (error) {
    if (deadline.signal.aborted) throw new FeedTooSlow(`the feed was not done after ${String(ms)} ms`);
    throw error;
  } finally {
    callOff();
  }
}

function atMost(bytesMax: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > bytesMax) done(new WrongFile('larger than it may be'));
      else done(null, chunk);
    },
  });
}

/** Whether an error comes from the feed or the network. Any other error is a bug, or the disk's. */
export function isFeedTrouble(error: unknown): boolean {
  if (
    error instanceof FeedAnswer ||
    error instanceof FeedSilent ||
    error instanceof FeedTooSlow ||
    error instanceof WrongFile
  )
    return true;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^(E(CONN|NOTFOUND|AI_AGAIN|HOST|NET|TIMEDOUT|PIPE|PROTO)|CERT_|DEPTH_|SELF_|UNABLE_|HOSTNAME_|ERR_(TLS|SSL|PROXY|STREAM_PREMATURE|STREAM_DESTROYED)|HPE_)/.test(
    code,
  );
}
