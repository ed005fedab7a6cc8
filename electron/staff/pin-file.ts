/**
 * The file of PINs in the profile: hashes and the counts of tries, never a PIN. A file that does not parse is left as
 * it is, and one that is gone is missed: otherwise whoever removes it may choose the first PIN again.
 */
import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { z } from 'zod';
import type { PinRole } from '../../shared/contract/staff.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { PIN_TRIES } from '../../shared/timing.ts';
import { parseJson } from '../base/json.ts';
import { knownFiles } from '../base/known-files.ts';
import { readText } from '../base/text-file.ts';
import { syncFolderOf, withFiles, writeFileSafely, type FileTrouble } from '../base/safe-file.ts';
import { pinHashSchema } from './pin-hash.ts';

const timestampSchema = z.strictObject({ wallMs: z.number(), monoMs: z.number(), run: z.string() });

const keptPinSchema = z.strictObject({
  kept: pinHashSchema,
  /** Set in practice by any person at the screen, so it opens nothing where the money is real. */
  trial: z.boolean(),
  /** Given by a technician: a person who signs in with it must first choose their own. */
  initial: z.boolean(),
  tries: z.strictObject({
    wrong: z
      .number()
      .int()
      .min(0)
      .max(PIN_TRIES - 1),
    locks: z.number().int().min(0),
    lock: z.strictObject({ leftMs: z.number().min(0), at: timestampSchema }).nullable(),
  }),
});
export type KeptPin = z.infer<typeof keptPinSchema>;

const pinsSchema = z.strictObject({
  v: z.literal(1),
  manager: keptPinSchema.nullable(),
  technician: keptPinSchema.nullable(),
});
export type KeptPins = z.infer<typeof pinsSchema>;

/** `damaged`: the file exists but does not parse. `gone`: it was here and is not. Neither ever counts as "no PIN". */
export type PinFileProblem = 'damaged' | 'gone' | FileTrouble;

/** There is no PIN in it to keep. What only cannot be read now may hold the other role's. */
export const holdsNoPin = (problem: PinFileProblem): boolean => problem === 'damaged' || problem === 'gone';

export interface PinFile {
  read(): Result<KeptPins, PinFileProblem>;
  /** On disk when it returns. */
  write(pins: KeptPins): Result<null, FileTrouble>;
}

export const noPins: KeptPins = { v: 1, manager: null, technician: null };

export const withPin = (pins: KeptPins, role: PinRole, kept: KeptPin): KeptPins => ({ ...pins, [role]: kept });

export function pinFile(path: string): PinFile {
  const known = knownFiles(dirname(path));
  return {
    read: () =>
      withFiles<KeptPins, 'damaged' | 'gone'>(() => {
        if (!existsSync(path)) return known.has(basename(path)) ? fail('gone') : ok(noPins);
        const parsed = pinsSchema.safeParse(parseJson(readText(path)));
        return parsed.success ? ok(parsed.data) : fail('damaged');
      }),
    write: (pins) =>
      withFiles<null, never>(() => {
        writeFileSafely(path, `${JSON.stringify(pins, null, 2)}\n`);
        syncFolderOf(path);
        known.add([basename(path)]);
        return ok(null);
      }),
  };
}
