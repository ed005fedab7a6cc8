/** What a provisioning file holds: a whole set-up in one JSON text, checked completely before anything is stored. */
import { z } from 'zod';
import type { Protection, SetupProblem } from '../../../shared/contract/setup.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import {
  environmentOf,
  merchantSchema,
  terminalSchema,
  UNSUITED_DEVICE,
  type Terminal,
} from '../../../shared/settings.ts';
import { parseJson } from '../../base/json.ts';
import { authoritiesIn, importPem } from '../../vault/certificate-import.ts';
import { keyIdOf } from '../../updates/manifest.ts';
import { updateSettingsSchema } from '../../updates/update-settings.ts';
import type { WantedSetUp } from './apply-setup.ts';
import { apiKeySchema } from './merchant-file.ts';

const pin = z.string().min(1).max(64);

/** Without the defaults of a new terminal: fields that are left out stay as they are. */
const { storeId, storeName, deviceId, language, returnSeconds } = terminalSchema.shape;
const namesSchema = z.strictObject({
  storeId: storeId.unwrap().optional(),
  storeName: storeName.unwrap().optional(),
  deviceId: deviceId.unwrap().optional(),
  language: language.unwrap().optional(),
  returnSeconds,
});

export const provisionPayloadSchema = z.strictObject({
  merchant: merchantSchema,
  /** The names of the terminal that are to be set; the rest stays as it is. */
  terminal: namesSchema.default({}),
  secrets: z.strictObject({
    apiKey: apiKeySchema,
    certPem: z.string(),
    keyPem: z.string(),
    /** Of a private gateway. */
    caPem: z.string().nullable().default(null),
    /** Of the account at the shop's proxy. */
    proxyPassword: z.string().max(300).optional(),
  }),
  /** First PINs. The people who use them must change them. */
  pins: z.strictObject({ manager: pin.optional(), technician: pin.optional() }).default({}),
  /** Where updates come from, when, and whose signature is accepted; fields that are left out stay as they are. */
  updates: updateSettingsSchema.partial().optional(),
  /** What it is meant for: a wrong host name must not make a file for practice take real money. */
  environment: z.enum(['practice', 'live']),
  /** `best`: the best that the terminal has. */
  protection: z.enum(['best', 'device', 'passphrase', 'key-store', 'both']).default('best'),
  /** The author of the file confirms that real money may be guarded by the weakest protection. */
  acceptWeakProtection: z.boolean().default(false),
});
export type ProvisionPayload = z.infer<typeof provisionPayloadSchema>;
/** As a person writes it, with fields that have a default left out. */
export type ProvisionPayloadInput = z.input<typeof provisionPayloadSchema>;

export interface ProvisionContext {
  readonly provisionId: string;
  readonly terminal: Terminal;
  readonly offered: readonly Protection[];
  readonly recommended: Protection;
  /** The confirmation of the person who applies it now. */
  readonly acceptWeakProtection: boolean;
  readonly wallMs: number;
}

/** A whole set-up, or everything that is wrong with it. */
export function setUpFrom(text: string, context: ProvisionContext): Result<WantedSetUp, SetupProblem[]> {
  const parsed = provisionPayloadSchema.safeParse(parseJson(text));
  if (!parsed.success) return fail([problemIn(parsed.error.issues)]);
  const { merchant, secrets, environment, pins, updates } = parsed.data;
  const certificate = importPem(secrets.certPem, secrets.keyPem, merchant.mchId, context.wallMs);
  const protection = parsed.data.protection === 'best' ? context.recommended : parsed.data.protection;
  const weakAccepted = parsed.data.acceptWeakProtection || context.acceptWeakProtection;
  const problems: SetupProblem[] = [
    ...(certificate.ok ? [] : [{ field: 'certificate', code: certificate.error } as const]),
    ...(isAuthority(secrets.caPem) ? [] : [{ field: 'authority', code: 'cert-unreadable' } as const]),
    ...(isAuthority(updates?.caPem ?? null) && isReleaseKey(updates?.publicKeyPem ?? null)
      ? []
      : [{ field: 'file', code: 'provision-fields' } as const]),
    ...((merchant.gateway.proxy?.user === undefined) === (secrets.proxyPassword === undefined)
      ? []
      : [{ field: 'proxyPassword', code: 'provision-fields' } as const]),
    ...(environmentOf(merchant) === environment ? [] : [{ field: 'primary', code: 'provision-fields' } as const]),
    ...(context.offered.includes(protection) ? [] : [{ field: 'protection', code: 'not-offered' } as const]),
    ...(environmentOf(merchant) === 'live' && protection === 'device' && !weakAccepted
      ? [{ field: 'acceptWeakProtection', code: 'weak-protection' } as const]
      : []),
  ];
  if (!certificate.ok || problems.length > 0) return fail(problems);
  const { certPem, keyPem } = certificate.value;
  return ok({
    merchant,
    terminal: terminalSchema.parse({ ...context.terminal, ...parsed.data.terminal }),
    credentials: {
      apiKey: secrets.apiKey,
      certPem,
      keyPem,
      caPem: secrets.caPem,
      ...(secrets.proxyPassword === undefined ? {} : { proxyPassword: secrets.proxyPassword }),
    },
    seal: { protection },
    weakAccepted,
    provisionId: context.provisionId,
    pins,
    ...(updates === undefined ? {} : { updates }),
  });
}

/** One mistake is about money and has its own words; of the others the terminal command names the fields as it makes the file. */
const problemIn = (issues: readonly { readonly message: string }[]): SetupProblem =>
  issues.every(({ message }) => message === UNSUITED_DEVICE.error)
    ? { field: 'device', code: UNSUITED_DEVICE.error }
    : { field: 'file', code: 'provision-fields' };

const isReleaseKey = (pem: string | null): boolean => pem === null || keyIdOf(pem) !== null;

const isAuthority = (pem: string | null): boolean => pem === null || authoritiesIn(Buffer.from(pem)).ok;
