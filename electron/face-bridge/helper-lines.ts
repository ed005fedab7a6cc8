/** The lines between the till and the helper of the face SDK (README.md beside this file). Pure. */
import { z } from 'zod';
import { parseJson } from '../base/json.ts';

/**
 * `face`: the calls of a payment, one after the other; the one for a face code blocks it. `stop`: what must overtake that
 * call.
 */
export const LANES = { face: 0, stop: 1 } as const;
export type Lane = keyof typeof LANES;

/** A longer line is none of the helper's: its own limit is a reply of 256 KiB. */
export const LINE_CHARACTERS_MAX = 400 * 1024;
/** Requests are a few KiB; the helper takes no more than this. */
export const REQUEST_BYTES_MAX = 64 * 1024;

/** Base64, so that the helper needs to read no escapes and a reply in any encoding fits into a line. */
export const lineOf = (id: number, lane: Lane, request: string): string =>
  `{"id":${String(id)},"lane":${String(LANES[lane])},"req":"${Buffer.from(request).toString('base64')}"}\n`;

const base64 = z.base64().transform((text) => Buffer.from(text, 'base64'));
const lineSchema = z.union([
  z.strictObject({ ready: z.literal(1), bits: z.union([z.literal(32), z.literal(64)]) }),
  z.strictObject({ failed: z.enum(['load', 'functions']), code: z.number().int() }),
  z.strictObject({ id: z.number().int(), rc: z.number().int(), resp: base64 }),
  z.strictObject({ id: z.number().int(), error: z.enum(['busy', 'too-long']) }),
]);
export type HelperLine = z.output<typeof lineSchema>;

/** `null` where it is not one of the helper's. */
export function readLine(line: string): HelperLine | null {
  const read = lineSchema.safeParse(parseJson(line));
  return read.success ? read.data : null;
}
