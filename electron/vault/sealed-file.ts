/**
 * A file of secrets. The protection is chosen when it is written. It may be this device's secret alone. Then a copied
 * settings folder or backup is worthless, but a person with this user's account on this machine can still open it. A
 * passphrase may be needed as well, or the operating system's key store, or all three.
 */
import { createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Protection } from '../../shared/contract/setup.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { parseJson } from '../base/json.ts';
import { writeFileSafely } from '../base/safe-file.ts';
import { deviceSecret, deviceSecretOrNew } from './device-secret.ts';
import {
  openEnvelope,
  readEnvelope,
  rewrapEnvelope,
  sealEnvelope,
  writeEnvelope,
  type Envelope,
  type Slot,
  type SlotOpener,
} from './envelope.ts';
import { SEAL_COST, type ScryptCost } from './scrypt-cost.ts';
import type { BoxProblem, SecretBox } from './secret-box.ts';

/** `passphrase-needed`: none was given, and no slot opens without one. */
export type SealProblem = 'missing' | 'damaged' | 'wrong-key' | 'passphrase-needed' | BoxProblem;

/** What a process has for opening sealed files. */
export interface SealKeys {
  /** Where this device's secret is (device-secret.ts), made at first use. */
  readonly secretPath: string;
  /** The passphrase that this process was started with; `''` for none. */
  readonly passphrase: string;
  readonly box: SecretBox;
  readonly cost: ScryptCost;
}

/**
 * How to seal. `supportPassphrase` also opens the file, as a second way beside a protection that includes the key
 * store.
 */
export interface Seal {
  readonly protection: Protection;
  readonly supportPassphrase?: string;
}

export interface SealedFile {
  read(): Promise<Result<string, SealProblem>>;
  /** Replaces the whole content at once: after a power cut it is the old one or the new one. */
  write(text: string, seal?: Seal): Promise<void>;
  /** How it is sealed, without opening it; `null` if there is nothing readable. */
  seal(): { readonly protection: Protection; readonly supported: boolean } | null;
}

/** The best protection that needs nothing beyond what this process was given. */
export const usualSeal = ({ passphrase }: Pick<SealKeys, 'passphrase'>): Seal => ({
  protection: passphrase === '' ? 'device' : 'passphrase',
});

export function sealedFile(path: string, keys: SealKeys): SealedFile {
  return {
    async read() {
      if (!existsSync(path)) return fail('missing');
      const text = readFileSync(path, 'utf8');
      const secret = deviceSecret(keys.secretPath);
      const envelope = readEnvelope(text);
      if (envelope === null) return readFirstVersion(text, secret, keys.passphrase);
      if (secret === null) return fail('wrong-key');
      const content = await openAny(envelope, secret, keys, (renewed) => {
        writeFileSafely(path, writeEnvelope(renewed));
      });
      return content.ok ? ok(textOf(content.value)) : content;
    },
    async write(text, seal = usualSeal(keys)) {
      const content = Buffer.from(text, 'utf8');
      try {
        const openers = await openersFor(seal, deviceSecretOrNew(keys.secretPath), keys);
        writeFileSafely(path, writeEnvelope(sealEnvelope(content, openers)));
      } finally {
        content.fill(0);
      }
    },
    seal() {
      const envelope = existsSync(path) ? readEnvelope(readFileSync(path, 'utf8')) : null;
      const first = envelope?.slots[0];
      if (envelope === null || first === undefined) return null;
      return {
        protection: first.kind,
        supported: first.kind !== 'passphrase' && envelope.slots.some(({ kind }) => kind === 'passphrase'),
      };
    },
  };
}

/** The text of `bytes`, which are erased afterwards. V8 erases the text itself when it collects garbage. */
function textOf(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  bytes.fill(0);
  return text;
}

async function openersFor(
  { protection, supportPassphrase = '' }: Seal,
  secret: Buffer,
  { passphrase, box, cost }: SealKeys,
): Promise<SlotOpener[]> {
  const inBox = protection === 'key-store' || protection === 'both';
  const share = inBox ? randomBytes(32) : null;
  const own: SlotOpener = {
    kind: protection,
    parts: partsFor(protection, secret, share, passphrase),
    cost,
    ...(share === null ? {} : { wrapped: await box.wrap(share) }),
  };
  if (!inBox || supportPassphrase === '') return [own];
  return [own, { kind: 'passphrase', parts: partsFor('passphrase', secret, null, supportPassphrase), cost }];
}

function partsFor(kind: Protection, secret: Buffer, share: Buffer | null, passphrase: string): Uint8Array[] {
  const withPassphrase = kind === 'passphrase' || kind === 'both';
  return [secret, ...(share === null ? [] : [share]), ...(withPassphrase ? [Buffer.from(passphrase, 'utf8')] : [])];
}

/** Tries each slot for which the process has what is needed. If none opens, it returns the reason of the first. */
async function openAny(
  envelope: Envelope,
  secret: Buffer,
  keys: SealKeys,
  renew: (renewed: Envelope) => void,
): Promise<Result<Buffer, SealProblem>> {
  let problem: SealProblem | null = null;
  for (const slot of envelope.slots) {
    const opened = await openSlot(envelope, slot, secret, keys, renew);
    if (opened.ok) return opened;
    problem ??= opened.error;
  }
  return fail(problem ?? 'damaged');
}

async function openSlot(
  envelope: Envelope,
  { kind, wrapped }: Slot,
  secret: Buffer,
  { passphrase, box, cost }: SealKeys,
  renew: (renewed: Envelope) => void,
): Promise<Result<Buffer, SealProblem>> {
  if ((kind === 'passphrase' || kind === 'both') && passphrase === '') return fail('passphrase-needed');
  if (kind === 'device' || kind === 'passphrase')
    return openEnvelope(envelope, { kind, parts: partsFor(kind, secret, null, passphrase), cost });
  const unwrapped = await box.unwrap(Buffer.from(wrapped, 'base64'));
  if (!unwrapped.ok) return unwrapped;
  const { secret: share, stale } = unwrapped.value;
  const opener = { kind, parts: partsFor(kind, secret, share, passphrase), cost };
  try {
    const opened = openEnvelope(envelope, opener);
    if (opened.ok && stale && (await box.kind()) === 'real') {
      const renewed = rewrapEnvelope(envelope, opener, await box.wrap(share));
      if (renewed.ok) renew(renewed.value);
    }
    return opened;
  } finally {
    share.fill(0);
  }
}

const bytes = z.base64().transform((text) => Buffer.from(text, 'base64'));
const firstVersionSchema = z.strictObject({ v: z.literal(1), salt: bytes, iv: bytes, tag: bytes, text: bytes });

/** Version 1 had only the device's secret and a passphrase, and sealed the text itself. */
function readFirstVersion(text: string, secret: Buffer | null, passphrase: string): Result<string, SealProblem> {
  const sealed = firstVersionSchema.safeParse(parseJson(text));
  if (!sealed.success) return fail('damaged');
  if (secret === null) return fail('wrong-key');
  const { salt, iv, tag, text: content } = sealed.data;
  const key = scryptSync(Buffer.concat([secret, Buffer.from(passphrase, 'utf8')]), salt, 32, SEAL_COST);
  try {
    const opened = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: 16 }).setAuthTag(tag);
    return ok(textOf(Buffer.concat([opened.update(content), opened.final()])));
  } catch {
    // GCM throws if key and content do not fit: another device, another passphrase, or an edit.
    return fail('wrong-key');
  } finally {
    key.fill(0);
  }
}
