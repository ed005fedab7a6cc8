/** What settings.json and the sealed file beside it hold. */
import { z } from 'zod';
import { merchantSchema, terminalSchema } from '../../../shared/settings.ts';

/** The file's name within the profile; anything else is refused. */
const fileNameSchema = z.string().regex(/^credentials(-[0-9a-f]{16})?\.sealed$/);

export const settingsSchema = z.strictObject({
  /** `null` until a merchant is set up: the terminal is in practice mode. */
  merchant: merchantSchema.nullable(),
  terminal: terminalSchema,
  /**
   * Where the secrets are. The first version left it out, because it had only one file. See [Note: Switching secrets].
   */
  secrets: z
    .strictObject({
      file: fileNameSchema,
      /** The gateway was seen to accept the certificate at set-up. */
      certificateSeen: z.boolean(),
      previous: z.strictObject({ merchant: merchantSchema, file: fileNameSchema }).nullable(),
    })
    .optional(),
  /** Provisioning files that were used here, the newest last. A file that could not be wiped is not used again. */
  provisioned: z.array(z.string().max(64)).max(100).optional(),
});
export type Settings = z.infer<typeof settingsSchema>;

/** A later version may have put more in it. */
export const credentialsSchema = z.object({
  apiKey: z.string(),
  certPem: z.string(),
  keyPem: z.string(),
  caPem: z.string().nullable(),
  /** Of the account at the shop's proxy, where one is set. */
  proxyPassword: z.string().optional(),
});
/** The merchant's secrets. Main process only; never logged, never sent over IPC. */
export type Credentials = z.infer<typeof credentialsSchema>;
