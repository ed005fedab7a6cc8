/**
 * The file that sets a terminal up without a person. Either it is encrypted with a passphrase (scrypt, AES-256-GCM), or
 * its content is readable and has an Ed25519 signature of the people who run the fleet. A SHA-256 sum alone shows only
 * damage: anyone who changes a file can compute a new sum. Pure except for randomness.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  randomBytes,
  scryptSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { z } from 'zod';
import { fail, ok, type Result } from '../../shared/result.ts';
import { ed25519PrivateKey, ed25519PublicKey } from '../base/ed25519.ts';
import { parseJson } from '../base/json.ts';
import { PROVISION_COST, type ScryptCost } from './scrypt-cost.ts';

export const PROVISION_BYTES_MAX = 256 * 1024;
export const PROVISION_PASSPHRASE_MIN = 12;

const VERSION = 1;

/** Base64 in its one canonical form, so that every changed byte is noticed. */
const base64 = z.base64().refine((text) => Buffer.from(text, 'base64').toString('base64') === text);

const headShape = {
  facepayProvision: z.literal(VERSION),
  /** Names the file, so that a terminal uses it only once. */
  id: z.string().regex(/^[0-9a-f]{16}$/),
  /** The only terminal that may use it; `null` for any. */
  deviceId: z.string().min(1).max(64).nullable(),
};
const fileSchema = z.discriminatedUnion('sealed', [
  z.strictObject({
    ...headShape,
    sealed: z.literal('passphrase'),
    salt: base64,
    iv: base64,
    tag: base64,
    text: base64,
  }),
  z.strictObject({
    ...headShape,
    sealed: z.literal('signature'),
    payload: base64,
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    signature: base64,
  }),
]);
export type ProvisionFileText = z.infer<typeof fileSchema>;

export type ProvisionReadProblem =
  | 'not-provision-file'
  | 'provision-newer' // of a version that this app does not know
  | 'provision-damaged'; // damaged: its checksum is wrong

export type ProvisionOpenProblem =
  | 'provision-passphrase' // wrong, or the file was changed: the two cannot be distinguished
  | 'provision-damaged' // the sum is wrong: the copy was damaged
  | 'provision-unsigned' // a sum alone: it shows damage, but not who made the file
  | 'provision-no-fleet-key' // signed, but this terminal has no key to check it with
  | 'provision-signature'; // signed by another key, or changed after it was signed

/** How a file is to be protected. */
export type ProvisionProtection =
  | { readonly by: 'passphrase'; readonly passphrase: string }
  | { readonly by: 'signature'; readonly privateKeyPem: string };

const versionSchema = z.looseObject({
  facepayProvision: z
    .number()
    .int()
    .min(VERSION + 1),
});

export function readProvisionFile(text: string): Result<ProvisionFileText, ProvisionReadProblem> {
  const json = parseJson(text);
  if (versionSchema.safeParse(json).success) return fail('provision-newer');
  const file = fileSchema.safeParse(json);
  if (file.success) return ok(file.data);
  return fail(
    z.looseObject({ facepayProvision: z.unknown() }).safeParse(json).success && /facepayProvision/.test(text)
      ? 'provision-damaged'
      : 'not-provision-file',
  );
}

/** The text of a new file around `payload`, JSON. `unsuitable-key`: the key is no Ed25519 private key. */
export function makeProvisionFile(
  payload: string,
  deviceId: string | null,
  protection: ProvisionProtection,
  cost = PROVISION_COST,
): Result<string, 'unsuitable-key'> {
  const head = { facepayProvision: VERSION, id: randomBytes(8).toString('hex'), deviceId } as const;
  if (protection.by === 'passphrase')
    return ok(written({ ...head, ...encrypted(payload, head, protection.passphrase, cost) }));
  const key = ed25519PrivateKey(protection.privateKeyPem);
  return key === null ? fail('unsuitable-key') : ok(written({ ...head, ...signed(payload, head, key) }));
}

const written = (file: ProvisionFileText): string => `${JSON.stringify(file, null, 2)}\n`;

/**
 * The payload. `passphrase` is for encrypted files, `fleetKeyPem` for signed ones; `null` if this terminal has none.
 */
export function openProvisionFile(
  file: ProvisionFileText,
  passphrase: string,
  fleetKeyPem: string | null,
  cost = PROVISION_COST,
): Result<string, ProvisionOpenProblem> {
  return file.sealed === 'passphrase' ? decrypted(file, passphrase, cost) : verified(file, fleetKeyPem);
}

type Head = Pick<ProvisionFileText, 'facepayProvision' | 'id' | 'deviceId'>;
type Of<Sealed extends ProvisionFileText['sealed']> = Extract<ProvisionFileText, { sealed: Sealed }>;

/** The readable fields are bound to the content as well. */
const headBytes = ({ facepayProvision, id, deviceId }: Head): Buffer =>
  Buffer.from(`facepay-kiosk provision ${JSON.stringify([facepayProvision, id, deviceId])}\n`, 'utf8');

function encrypted(
  payload: string,
  head: Head,
  passphrase: string,
  cost: ScryptCost,
): Omit<Of<'passphrase'>, keyof Head> {
  const [salt, iv] = [randomBytes(16), randomBytes(12)];
  const key = scryptSync(passphrase, salt, 32, cost);
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: 16 }).setAAD(headBytes(head));
  const text = Buffer.concat([cipher.update(payload, 'utf8'), cipher.final()]);
  key.fill(0);
  const inBase64 = (bytes: Buffer): string => bytes.toString('base64');
  return {
    sealed: 'passphrase',
    salt: inBase64(salt),
    iv: inBase64(iv),
    tag: inBase64(cipher.getAuthTag()),
    text: inBase64(text),
  };
}

function decrypted(file: Of<'passphrase'>, passphrase: string, cost: ScryptCost): Result<string, ProvisionOpenProblem> {
  const key = scryptSync(passphrase, Buffer.from(file.salt, 'base64'), 32, cost);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(file.iv, 'base64'), { authTagLength: 16 })
      .setAAD(headBytes(file))
      .setAuthTag(Buffer.from(file.tag, 'base64'));
    const payload = Buffer.concat([decipher.update(Buffer.from(file.text, 'base64')), decipher.final()]);
    const text = payload.toString('utf8');
    payload.fill(0);
    return ok(text);
  } catch {
    // GCM throws if key and content do not fit.
    return fail('provision-passphrase');
  } finally {
    key.fill(0);
  }
}

const sha256 = (head: Head, payload: Buffer): string =>
  createHash('sha256').update(headBytes(head)).update(payload).digest('hex');

function signed(payload: string, head: Head, key: KeyObject): Omit<Of<'signature'>, keyof Head> {
  const bytes = Buffer.from(payload, 'utf8');
  const signature = sign(null, Buffer.concat([headBytes(head), bytes]), key);
  return {
    sealed: 'signature',
    payload: bytes.toString('base64'),
    sha256: sha256(head, bytes),
    signature: signature.toString('base64'),
  };
}

function verified(file: Of<'signature'>, fleetKeyPem: string | null): Result<string, ProvisionOpenProblem> {
  const bytes = Buffer.from(file.payload, 'base64');
  if (sha256(file, bytes) !== file.sha256) return fail('provision-damaged');
  if (file.signature === '') return fail('provision-unsigned');
  const key = fleetKeyPem === null ? null : ed25519PublicKey(fleetKeyPem);
  if (key === null) return fail('provision-no-fleet-key');
  const isSigned = verify(null, Buffer.concat([headBytes(file), bytes]), key, Buffer.from(file.signature, 'base64'));
  return isSigned ? ok(bytes.toString('utf8')) : fail('provision-signature');
}
