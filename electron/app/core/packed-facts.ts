/** What was decided when the app was packed, according to its package.json. */
import { z } from 'zod';
import { parseJson } from '../../base/json.ts';

const packedSchema = z.object({ signedOn: z.array(z.string()) });

/**
 * Whether this app is signed on `platform` (Node's name for it). `undefined` if the app is not packed: the sources'
 * package.json says nothing about a signature, and there may be none.
 */
export function signedAsPacked(manifest: string | null, platform: string): boolean | undefined {
  const packed = packedSchema.safeParse(parseJson(manifest ?? ''));
  return packed.success ? packed.data.signedOn.includes(platform) : undefined;
}
