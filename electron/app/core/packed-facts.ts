/** What was decided when the app was packed, as its package.json says. */
import { z } from 'zod';
import { parseJson } from '../../base/json.ts';

const packedSchema = z.object({ signedOn: z.array(z.string()) });

/**
 * Whether this app bears a signature on `platform` (Node's name for it). `undefined` where it was not packed: the
 * package.json of the sources says nothing of it, and there may be none.
 */
export function signedAsPacked(manifest: string | null, platform: string): boolean | undefined {
  const packed = packedSchema.safeParse(parseJson(manifest ?? ''));
  return packed.success ? packed.data.signedOn.includes(platform) : undefined;
}
