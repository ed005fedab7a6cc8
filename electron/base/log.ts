import { closeSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { ok } from '../../shared/result.ts';
import { makeFolder, sizeOf, withFiles } from './safe-file.ts';
import { redact, redactText } from './redact.ts';

/** One line an event, at the boundaries: what, which order, how long. Everything goes through the redaction. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export const LOG_BYTES_MAX = 5 * 1024 * 1024;

/** The app's own, and one that all commands share: no command takes the app's last lines away. */
export type LogName = 'facepay' | 'facepay-command';

/** Of each log: as it is, and the one that was full before. */
export const logFileNames = (name: LogName): { readonly now: string; readonly before: string } => ({
  now: `${name}.log`,
  before: `${name}.1.log`,
});

/**
 * JSON lines in `<folder>/<name>.log`. A file that the next line would make larger than `bytesMax` becomes `<name>.1.log`
 * at once, and the one that was that goes. Where there can be no log there is none: that must not stop a cancel, and the
 * journal says aloud what is wrong with the disk.
 */
export function fileLog(folder: string, name: LogName = 'facepay', bytesMax = LOG_BYTES_MAX): Log {
  const lines = rotatingFile(folder, name, bytesMax);
  const logger = pino({ base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime }, { write: lines });
  const write =
    (level: 'info' | 'warn' | 'error') =>
    (fields: object, message: string): void => {
      logger[level](redact(fields), redactText(message));
    };
  return { info: write('info'), warn: write('warn'), error: write('error') };
}

/**
 * Appends lines, each in one write, so that those of several processes never mix. The file is opened anew for each line:
 * another process may have moved it away meanwhile, and there are few lines.
 */
function rotatingFile(folder: string, name: LogName, bytesMax: number): (line: string) => void {
  const { now, before } = logFileNames(name);
  const path = join(folder, now);
  return (line) => {
    const bytes = Buffer.from(line);
    // What cannot be moved aside just now, because somebody reads it, is written to all the same.
    tried(() => {
      makeRoom(path, join(folder, before), bytesMax - bytes.byteLength);
    });
    if (
      tried(() => {
        append(path, bytes);
      })
    )
      return;
    // Without a folder it is made; where there can be none there is no log.
    tried(() => {
      makeFolder(folder);
      append(path, bytes);
    });
  };
}

/** Whether the file system let it be done. */
const tried = (act: () => void): boolean =>
  withFiles(() => {
    act();
    return ok(null);
  }).ok;

function append(path: string, bytes: Buffer): void {
  const file = openSync(path, 'a', 0o600);
  try {
    writeSync(file, bytes);
  } finally {
    closeSync(file);
  }
}

/**
 * Moves a log with more than `fullFrom` bytes aside. One process at a time, and only what is full still: of two that find
 * it full at once the second would move the fresh one over what the first has just kept. Who does not get the turn appends
 * all the same.
 */
function makeRoom(path: string, before: string, fullFrom: number): void {
  const turn = `${path}.turn`;
  if (sizeOf(path) <= fullFrom || !isTaken(turn, path)) return;
  try {
    if (sizeOf(path) > fullFrom) renameSync(path, before);
  } finally {
    rmSync(turn, { force: true });
  }
}

/** A process that died while it made room holds the turn no longer than this, by the times of the files. */
const HELD_AT_MOST_MS = 10_000;

function isTaken(turn: string, path: string): boolean {
  const isFree = tried(() => {
    closeSync(openSync(turn, 'wx', 0o600));
  });
  if (isFree) return true;
  const [held, written] = [turn, path].map((file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs);
  if (held !== undefined && written !== undefined && written - held > HELD_AT_MOST_MS) rmSync(turn, { force: true });
  return false;
}

/** For commands that only look. */
export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
