/**
 * Secrets at rest: AES-256-GCM under a key drawn by scrypt from this device's own secret, and, where one is given, a
 * passphrase. It keeps a copied settings folder, a backup or a log worthless; it does not stop somebody who already is
 * this user on this machine, unless there is a passphrase.
 */
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { fail, ok, type Result } from '../../shared/result.ts';
import { parseJson } from '../base/json.ts';
import { writeFileSafely } from '../base/safe-file.ts';
import { deviceSecret, deviceSecretOrNew } from './device-secret.ts';

export type SealProblem = 'missing' | 'damaged' | 'wrong-key';

/** Cost of one guess: about 60 ms and 32 MiB here. */
const SCRYPT = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };

const base64 = z.base64().transform((text) => Buffer.from(text, 'base64'));
const sealedSchema = z.strictObject({ v: z.literal(1), salt: base64, iv: base64, tag: base64, text: base64 });

export interface SealedFile {
  read(): Result<string, SealProblem>;
  /** Replaces the content all at once: after a power cut there is the old one or the new one. */
  write(text: string): void;
}

/** `secretPath` holds this device's secret (device-secret.ts), made on first use. */
export function sealedFile(path: string, secretPath: string, passphrase: string): SealedFile {
  const keyFor = (secret: Buffer, salt: Buffer): Buffer =>
    scryptSync(Buffer.concat([secret, Buffer.from(passphrase, 'utf8')]), salt, 32, SCRYPT);
  return {
    read() {
      if (!existsSync(path)) return fail('missing');
      const sealed = sealedSchema.safeParse(parseJson(readFileSync(path, 'utf8')));
      if (!sealed.success) return fail('damaged');
      const secret = deviceSecret(secretPath);
      if (secret === null) return fail('wrong-key');
      const { salt, iv, tag, text } = sealed.data;
      try {
        const opened = createDecipheriv('aes-256-gcm', keyFor(secret, salt), iv, { authTagLength: 16 }).setAuthTag(tag);
        return ok(Buffer.concat([opened.update(text), opened.final()]).toString('utf8'));
      } catch {
        // GCM's one way to say that key and content do not fit: another device, another passphrase, or an edit.
        return fail('wrong-key');
      }
    },
    write(text) {
      const salt = randomBytes(16);
      const iv = randomBytes(12);
      const key = keyFor(deviceSecretOrNew(secretPath), salt);
      const sealing = createCipheriv('aes-256-gcm', key, iv, { authTagLength: 16 });
      const sealed = Buffer.concat([sealing.update(text, 'utf8'), sealing.final()]);
      const content = { v: 1, salt, iv, tag: sealing.getAuthTag(), text: sealed };
      writeFileSafely(path, JSON.stringify(content, (_name, value: unknown) => asBase64(value)));
    },
  };
}

/** Buffers turn themselves into `{type, data}` before a replacer sees them. */
const bufferJson = z.object({ type: z.literal('Buffer'), data: z.array(z.number()) });

function asBase64(value: unknown): unknown {
  const buffer = bufferJson.safeParse(value);
  return buffer.success ? Buffer.from(buffer.data.data).toString('base64') : value;
}
