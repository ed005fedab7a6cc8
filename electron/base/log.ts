import { existsSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { destination, pino } from 'pino';
import { fileTroubleOf, makeFolder } from './safe-file.ts';
import { redact, redactText } from './redact.ts';

/** One line an event, at the boundaries: what, which order, how long. Everything goes through the redaction. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

const LOG_BYTES_MAX = 5 * 1024 * 1024;

/**
 * JSON lines in `<folder>/facepay.log`. A full file becomes `facepay.1.log` at the next start, and that one goes. Where
 * there can be no log there is none: that must not stop a cancel, and the journal says aloud what is wrong with the disk.
 */
export function fileLog(folder: string): Log {
  try {
    return logIn(folder);
  } catch (error) {
    if (fileTroubleOf(error) === null) throw error;
    return silentLog;
  }
}

function logIn(folder: string): Log {
  makeFolder(folder);
  const path = join(folder, 'facepay.log');
  if (existsSync(path) && statSync(path).size > LOG_BYTES_MAX) renameSync(path, join(folder, 'facepay.1.log'));
  const lines = destination({ dest: path, sync: true, mode: 0o600 });
  lines.on('error', () => {
    // A disk that has become too full to log on: the same.
  });
  const logger = pino({ base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime }, lines);
  const write =
    (level: 'info' | 'warn' | 'error') =>
    (fields: object, message: string): void => {
      logger[level](redact(fields), redactText(message));
    };
  return { info: write('info'), warn: write('warn'), error: write('error') };
}

/** For commands that only look. */
export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
