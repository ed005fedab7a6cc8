/**
 * The signed manifest of a release. electron-updater trusts anyone who can write latest.yml. The installer's sum is in
 * that very file, and Windows' own check is skipped for a build without a publisher. So a second file is beside it,
 * signed with the chain's Ed25519 key. Only what that file names is downloaded or installed. Pure.
 */
import { createHash, sign, verify } from 'node:crypto';
import { z } from 'zod';
import { versionSchema } from '../../shared/contract/updates.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { ed25519PrivateKey, ed25519PublicKey } from '../base/ed25519.ts';
import { parseJson } from '../base/json.ts';

export const MANIFEST_NAME = 'facepay-update.json';
/**
 * The same manifest under a name that never changes. There a terminal finds its own version's manifest, so that it can
 * go back to that version.
 */
export const manifestNameOf = (version: string): string => `facepay-update-${version}.json`;
export const MANIFEST_BYTES_MAX = 64 * 1024;

const FORMAT = 1;
const FILE_BYTES_MAX = 2 * 1024 ** 3;

/** Base64 of 64 bytes in its one canonical form: a SHA-512 sum, or a signature. */
const base64Of64 = z.base64().refine((text) => canonical(text)?.length === 64);

function canonical(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}

const releaseFileSchema = z.strictObject({
  /** A bare file name in the folder of the feed. */
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,127}$/),
  sha512: base64Of64,
  size: z.number().int().min(1).max(FILE_BYTES_MAX),
});
export type ReleaseFile = z.infer<typeof releaseFileSchema>;

const releaseSchema = z.strictObject({
  facepayUpdate: z.literal(FORMAT),
  channel: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/),
  version: versionSchema,
  /** The oldest version that can update to this one in a single step. */
  minimumVersion: versionSchema,
  /** UTC. It never goes back from one manifest of a feed to the next. */
  releasedAt: z.iso.datetime({ precision: 3 }),
  /** How many of a hundred terminals may install it, 0 to 100. */
  stagingPercentage: z.number().int().min(0).max(100),
  files: z.array(releaseFileSchema).min(1).max(32),
});
export type Release = z.infer<typeof releaseSchema>;

const manifestSchema = releaseSchema.extend({ signature: base64Of64 });

export type ManifestProblem = 'bad-manifest' | 'bad-signature' | 'no-key';

/**
 * What is signed: the values in one fixed order, whatever order or spacing the file has. Because of the first words, a
 * signature of the same key for something else cannot pass for one of these.
 */
function signedBytes({
  facepayUpdate,
  channel,
  version,
  minimumVersion,
  releasedAt,
  stagingPercentage,
  files,
}: Release): Buffer {
  const values = [
    facepayUpdate,
    channel,
    version,
    minimumVersion,
    releasedAt,
    stagingPercentage,
    files.map(({ name, sha512, size }) => [name, sha512, size]),
  ];
  return Buffer.from(`facepay-kiosk update ${JSON.stringify(values)}\n`, 'utf8');
}

/**
 * The text of a manifest. `unsuitable-key`: no Ed25519 private key. `bad-release`: a value that no terminal would
 * accept.
 */
export function makeManifest(
  release: Release,
  privateKeyPem: string,
): Result<string, 'unsuitable-key' | 'bad-release'> {
  const checked = releaseSchema.safeParse(release);
  if (!checked.success) return fail('bad-release');
  const key = ed25519PrivateKey(privateKeyPem);
  if (key === null) return fail('unsuitable-key');
  const signature = sign(null, signedBytes(checked.data), key).toString('base64');
  return ok(`${JSON.stringify({ ...checked.data, signature }, null, 2)}\n`);
}

/** The release in `text`, if the key's holder has signed every value of it. `keyPem`: the public key. */
export function readManifest(text: string, keyPem: string | null): Result<Release, ManifestProblem> {
  const key = keyPem === null ? null : ed25519PublicKey(keyPem);
  if (key === null) return fail('no-key');
  const parsed = manifestSchema.safeParse(parseJson(text));
  if (!parsed.success) return fail('bad-manifest');
  const { signature, ...release } = parsed.data;
  return verify(null, signedBytes(release), key, Buffer.from(signature, 'base64'))
    ? ok(release)
    : fail('bad-signature');
}

/** The first digits of a key's SHA-256, for people to compare; `null` if it is no key. */
export function keyIdOf(keyPem: string | null): string | null {
  const key = keyPem === null ? null : ed25519PublicKey(keyPem);
  if (key === null) return null;
  const digits = createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex')
    .slice(0, 16);
  return digits.replace(/(.{4})(?=.)/g, '$1 ');
}

/**
 * A program that runs without being installed, by the name that build/pack/configuration.ts gives it. It replaces no
 * terminal's app.
 */
export const isPortable = (name: string): boolean => name.includes('-portable-');

/**
 * The installer of a release for one kind of terminal: by its ending, and by its processor if several have that ending.
 */
export function fileFor(files: readonly ReleaseFile[], ending: string, arch: string): ReleaseFile | null {
  const fitting = files.filter(
    ({ name }) => name.toLowerCase().endsWith(`.${ending.toLowerCase()}`) && !isPortable(name),
  );
  return fitting.find(({ name }) => name.includes(arch)) ?? (fitting.length === 1 ? (fitting[0] ?? null) : null);
}
