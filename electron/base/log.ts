import { closeSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { ok } from '../../shared/result.ts';
import { makeFolder, sizeOf, withFiles } from './safe-file.ts';
import { redact, redactText } from './redact.ts';

/** One line per event, at the boundaries: what, which order, how long. Everything is redacted. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export const LOG_BYTES_MAX = 5 * 1024 * 1024;

/** The app's own log, and one that all commands share: no command can push out the app's last lines. */
export type LogName = 'facepay' | 'facepay-command';

/** Of each log: the present file, and the one that was full before it. */
export const logFileNames = (name: LogName): { readonly now: string; readonly before: string } => ({
  now: `${name}.log`,
  before: `${name}.1.log`,
});

/**
 * JSON lines in `<folder>/<name>.log`. If the next line would make the file larger than `bytesMax`, the file becomes
 * `<name>.1.log` at once, and the earlier `<name>.1.log` is dropped. If no log can be written, there is none: that must
 * not stop a cancel, and the journal reports what is wrong with the disk.
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
 * Appends lines, each in one write, so that lines of several processes never mix. The file is opened again for each
 * line: another process may have moved it meanwhile, and there are few lines.
 */
function rotatingFile(folder: string, name: LogName, bytesMax: number): (line: string) => void {
  const { now, before } = logFileNames(name);
  const path = join(folder, now);
  return (line) => {
    const bytes = Buffer.from(line);
    // A file that cannot be moved now, because somebody reads it, is written to all the same.
    tried(() => {
      makeRoom(path, join(folder, before), bytesMax - bytes.byteLength);
    });
    if (
      tried(() => {
        append(path, bytes);
      })
    )
      return;
    // Creates the folder if it is missing. If that is not possible, there is no log.
    tried(() => {
      makeFolder(folder);
      append(path, bytes);
    });
  };
}

/** Whether the file system allowed it. */
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
 * Moves a log with more than `fullFrom` bytes to `<name>.1.log`. Only one process at a time does this, and only if the
 * file is still full. Otherwise, if two find it full at once, the second would move the new file over the one that the
 * first has just kept. A process that does not get the turn appends all the same.
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

/** A process that died while it moved the log keeps the turn no longer than this, by the times of the files. */
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

/** For commands that only read. */
export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
