/**
 * Stored secrets as text: AES-256-GCM under a key of their own, and that key sealed once for each way to open it (a
 * slot). Everything in the text is authenticated: if any byte is changed, it does not open. Pure except for randomness.
 */
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { z } from 'zod';
import type { Protection } from '../../shared/contract/setup.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { parseJson } from '../base/json.ts';
import type { ScryptCost } from './scrypt-cost.ts';

const KEY_BYTES = 32;

/** Base64 in its one canonical form: other forms spell the same bytes differently, so an edit would not be noticed. */
const base64 = z.base64().refine((text) => Buffer.from(text, 'base64').toString('base64') === text);

const boxSchema = z.strictObject({ iv: base64, tag: base64, text: base64 });
type Box = z.infer<typeof boxSchema>;

const slotSchema = z.strictObject({
  /** What is needed to open this slot. */
  kind: z.enum(['device', 'passphrase', 'key-store', 'both']),
  salt: base64,
  /** The key store's part of the secret, wrapped by the key store; `''` in slots that need none. */
  wrapped: base64,
  key: boxSchema,
});
export type Slot = z.infer<typeof slotSchema>;

const envelopeSchema = z.strictObject({
  v: z.literal(2),
  slots: z.array(slotSchema).min(1).max(4),
  content: boxSchema,
});
export type Envelope = z.infer<typeof envelopeSchema>;

/** What opens a slot: these bytes one after another, through scrypt. They are not kept. */
export interface SlotOpener {
  readonly kind: Protection;
  readonly parts: readonly Uint8Array[];
  /** See Slot. */
  readonly wrapped?: Uint8Array;
  readonly cost: ScryptCost;
}

/** The envelope in `text`, or `null`. */
export function readEnvelope(text: string): Envelope | null {
  const parsed = envelopeSchema.safeParse(parseJson(text));
  return parsed.success ? parsed.data : null;
}

export const writeEnvelope = (envelope: Envelope): string => JSON.stringify(envelope);

/** Seals `content` so that each of `openers` can open it alone. */
export function sealEnvelope(content: Uint8Array, openers: readonly SlotOpener[]): Envelope {
  const dataKey = randomBytes(KEY_BYTES);
  try {
    return sealedUnder(
      dataKey,
      content,
      openers.map((opener) => slotFor(opener, dataKey)),
    );
  } finally {
    dataKey.fill(0);
  }
}

/** The content, through the slot with `kind`. `wrong-key`: the parts do not fit, or something was changed. */
export function openEnvelope(envelope: Envelope, opener: SlotOpener): Result<Buffer, 'wrong-key'> {
  const dataKey = dataKeyOf(envelope, opener);
  if (dataKey === null) return fail('wrong-key');
  try {
    const content = unboxed(dataKey, envelope.content, slotsAad(envelope.slots));
    return content === null ? fail('wrong-key') : ok(content);
  } finally {
    dataKey.fill(0);
  }
}

/** The same content and slots, with the opener's own slot renewed: the key store's part is wrapped again. */
export function rewrapEnvelope(
  envelope: Envelope,
  opener: SlotOpener,
  wrapped: Uint8Array,
): Result<Envelope, 'wrong-key'> {
  const dataKey = dataKeyOf(envelope, opener);
  const content = dataKey === null ? null : unboxed(dataKey, envelope.content, slotsAad(envelope.slots));
  if (dataKey === null || content === null) return fail('wrong-key');
  const slots = envelope.slots.map((slot) =>
    slot.kind === opener.kind ? slotFor({ ...opener, wrapped }, dataKey) : slot,
  );
  try {
    return ok(sealedUnder(dataKey, content, slots));
  } finally {
    dataKey.fill(0);
    content.fill(0);
  }
}

const sealedUnder = (dataKey: Buffer, content: Uint8Array, slots: Slot[]): Envelope => ({
  v: 2,
  slots,
  content: boxed(dataKey, content, slotsAad(slots)),
});

function slotFor({ kind, parts, wrapped, cost }: SlotOpener, dataKey: Buffer): Slot {
  const salt = randomBytes(16);
  const key = slotKey(parts, salt, cost);
  try {
    return {
      kind,
      salt: salt.toString('base64'),
      wrapped: Buffer.from(wrapped ?? []).toString('base64'),
      key: boxed(key, dataKey, slotAad(kind)),
    };
  } finally {
    key.fill(0);
  }
}

function dataKeyOf({ slots }: Envelope, { kind, parts, cost }: SlotOpener): Buffer | null {
  const slot = slots.find((candidate) => candidate.kind === kind);
  if (slot === undefined) return null;
  const key = slotKey(parts, Buffer.from(slot.salt, 'base64'), cost);
  const dataKey = unboxed(key, slot.key, slotAad(kind));
  key.fill(0);
  return dataKey?.byteLength === KEY_BYTES ? dataKey : null;
}

function slotKey(parts: readonly Uint8Array[], salt: Buffer, cost: ScryptCost): Buffer {
  const whole = Buffer.concat(parts);
  const key = scryptSync(whole, salt, KEY_BYTES, cost);
  whole.fill(0);
  return key;
}

const slotAad = (kind: Protection): Buffer => Buffer.from(`facepay-kiosk slot ${kind}`, 'utf8');
const slotsAad = (slots: readonly Slot[]): Buffer =>
  Buffer.from(`facepay-kiosk envelope 2 ${JSON.stringify(slots)}`, 'utf8');

function boxed(key: Buffer, content: Uint8Array, aad: Buffer): Box {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: 16 }).setAAD(aad);
  const text = Buffer.concat([cipher.update(content), cipher.final()]);
  return { iv: iv.toString('base64'), tag: cipher.getAuthTag().toString('base64'), text: text.toString('base64') };
}

function unboxed(key: Buffer, { iv, tag, text }: Box, aad: Buffer): Buffer | null {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64'), { authTagLength: 16 })
      .setAAD(aad)
      .setAuthTag(Buffer.from(tag, 'base64'));
    return Buffer.concat([decipher.update(Buffer.from(text, 'base64')), decipher.final()]);
  } catch {
    // GCM throws if key and content do not fit: another device, another passphrase, or an edit.
    return null;
  }
}
