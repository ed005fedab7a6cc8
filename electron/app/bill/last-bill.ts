/** What the last comparison with a bill came to, for the manager's first page: it stays over a restart. */
import { z } from 'zod';
import { lastBillSchema, type LastBill } from '../../../shared/contract/overview.ts';
import { readSettingsFile, writeSettingsFile } from '../../base/settings-file.ts';

const fileSchema = lastBillSchema.extend({ v: z.literal(1) });

/** A file that cannot be read says no more than one that is not there: the next comparison makes it anew. */
export function readLastBill(path: string): LastBill | null {
  const read = readSettingsFile(path, fileSchema);
  return read.ok && read.value !== null ? { day: read.value.day, differing: read.value.differing } : null;
}

/** A disk that does not take it costs a line of the first page, and never the comparison. */
export function keepLastBill(path: string, { day, differing }: LastBill, wallMs: number): void {
  writeSettingsFile(path, fileSchema, { v: 1, day, differing }, wallMs);
}
