/** The last days of the logs, masked line by line; only the newest if there are too many. */
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { parseJson } from '../../base/json.ts';
import { logFileNames } from '../../base/log.ts';
import { maskValue } from '../../base/mask.ts';

const DAYS_MS = 7 * 24 * 60 * 60 * 1_000;
/** Of each file: enough for a week of a quiet shop, and small enough to send by mail. */
const BYTES_MAX = 2 * 1024 * 1024;

/** Older first. */
const NAMES = (['facepay', 'facepay-command'] as const).map(logFileNames).flatMap(({ now, before }) => [before, now]);

export interface LogTail {
  readonly name: string;
  readonly text: string;
}

export function logTails(folder: string, wallMs: number): LogTail[] {
  return NAMES.flatMap((name) => {
    const path = join(folder, name);
    return existsSync(path) ? [{ name, text: masked(tailOf(path), wallMs - DAYS_MS) }] : [];
  });
}

function tailOf(path: string): string {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const bytes = Buffer.alloc(Math.min(size, BYTES_MAX));
    const read = readSync(file, bytes, 0, bytes.length, size - bytes.length);
    const text = bytes.toString('utf8', 0, read);
    // The tail may start in the middle of a line.
    return size > BYTES_MAX ? text.slice(text.indexOf('\n') + 1) : text;
  } finally {
    closeSync(file);
  }
}

const lineSchema = z.looseObject({ time: z.string() });

function masked(text: string, fromMs: number): string {
  const lines = text.split('\n').filter((line) => line !== '');
  const kept = lines.flatMap((line) => {
    const parsed = lineSchema.safeParse(parseJson(line));
    // A line that is not ours cannot be masked by its fields, so it is left out.
    if (!parsed.success)
      return [JSON.stringify({ msg: 'a line that could not be read was left out', characters: line.length })];
    return Date.parse(parsed.data.time) < fromMs ? [] : [JSON.stringify(maskValue(parsed.data))];
  });
  return kept.map((line) => `${line}\n`).join('');
}
