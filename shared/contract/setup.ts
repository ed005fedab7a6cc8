/**
 * Setting the terminal up: from the screen, and from a provisioning file. Secrets go one way, into a draft that the main
 * process keeps in memory; what comes back of them is what a certificate says openly, and whether a key is there.
 */
import { z } from 'zod';
import { familySchema } from '../order.ts';
import { languageSchema, signTypeSchema } from '../settings.ts';
import { TECHNICIAN } from '../role.ts';
import { nothing, type CommandSpec } from './spec.ts';

/**
 * What it takes to open the stored secrets, weakest first: this device's secret, a file; the passphrase the app is
 * started with as well; the operating system's key store as well; all three.
 */
export const protectionSchema = z.enum(['device', 'passphrase', 'key-store', 'both']);
export type Protection = z.infer<typeof protectionSchema>;

/** `public-key`: the system offers one whose key anybody knows (Linux without a key ring). */
export const keyStoreSchema = z.enum(['real', 'public-key', 'none']);
export type KeyStore = z.infer<typeof keyStoreSchema>;

/** What somebody is asked to pick in the system's file dialog. */
export const pickedFileSchema = z.enum(['certificate', 'apiKey', 'authority', 'provision']);
export type PickedFileKind = z.infer<typeof pickedFileSchema>;

/** What a certificate says of itself. */
export const certificateFactsSchema = z.object({
  /** One line: `O=Some Shop, CN=1900000109`. */
  subject: z.string(),
  /** Hexadecimal, as WeChat's merchant platform shows it. */
  serial: z.string(),
  notBeforeMs: z.number(),
  notAfterMs: z.number(),
  /** SHA-256, hexadecimal, in pairs. */
  fingerprint: z.string(),
});
export type CertificateFacts = z.infer<typeof certificateFactsSchema>;

export const certificateProblemSchema = z.enum([
  'p12-passphrase', // wrong, or the file is damaged: the two cannot be told apart
  'p12-unreadable',
  'p12-incomplete', // no key or no certificate in it
  'cert-unreadable',
  'key-unreadable',
  'key-mismatch', // certificate and key do not belong together
  'cert-expired',
  'cert-not-yet-valid',
  'cert-of-other-merchant', // the subject names another mch_id
]);
export type CertificateProblem = z.infer<typeof certificateProblemSchema>;

/** What has been picked and typed so far. */
export const setupDraftSchema = z.object({
  draftId: z.string(),
  certificate: z.discriminatedUnion('state', [
    z.object({ state: z.literal('none') }),
    // A p12 that the mch_id does not open. `wrong`: neither did the passphrase that was typed.
    z.object({ state: z.literal('passphrase-needed'), wrong: z.boolean() }),
    // Of the pair of PEM files one is there; pick the other.
    z.object({ state: z.literal('key-missing') }),
    z.object({ state: z.literal('certificate-missing') }),
    z.object({ state: z.literal('refused'), code: certificateProblemSchema }),
    z.object({ state: z.literal('ready'), facts: certificateFactsSchema }),
  ]),
  apiKey: z.enum(['none', 'given', 'api-key-shape']),
  /** The authority of a private gateway's certificate; none for WeChat's own. */
  authority: z.enum(['none', 'given', 'cert-unreadable']),
  /** With which `facepay` may open the secrets beside the key store. */
  supportPassphrase: z.enum(['none', 'given', 'too-short']),
});
export type SetupDraft = z.infer<typeof setupDraftSchema>;

const typed = z.string().max(300);

/** As it stands in the form; nothing secret. What is left empty is `''`. */
export const setupFieldsSchema = z.strictObject({
  /** `partner`: a service provider, which has its own ids and, per shop, sub_mch_id and perhaps sub_appid. */
  mode: z.enum(['merchant', 'partner']),
  appid: typed,
  mchId: typed,
  subAppid: typed,
  subMchId: typed,
  signType: signTypeSchema,
  family: familySchema,
  primary: typed,
  backup: typed,
  faceGateway: typed,
  storeId: typed,
  storeName: typed,
  /** The terminal's own name. */
  deviceId: typed,
  language: languageSchema,
  protection: protectionSchema,
  /** The technician's word that real money may be guarded by the weakest protection. It goes into the audit trail. */
  acceptWeakProtection: z.boolean(),
});
export type SetupFields = z.infer<typeof setupFieldsSchema>;

export const setupProblemSchema = z.object({
  field: z.enum([
    ...setupFieldsSchema.keyof().options,
    'certificate',
    'apiKey',
    'authority',
    'supportPassphrase',
    'file',
    'passphrase',
    'pins',
  ]),
  code: z.enum([
    ...certificateProblemSchema.options,
    'missing',
    'too-long',
    'too-short',
    'digits-only',
    'bad-characters',
    'not-an-https-origin',
    'api-key-shape',
    'must-be-empty', // a sub id in merchant mode
    'not-offered', // this protection is not to be had on this machine, or not without FACEPAY_PASSPHRASE
    'weak-protection', // real money under the weakest protection: acceptWeakProtection, or a better one
    'stored-unreadable', // left out, and the stored one cannot be opened any more: give it again
    // What WeChat said when it was asked with the new set-up.
    'sign-refused',
    'certificate-refused',
    'merchant-refused',
    'server-not-trusted',
    // Of a provisioning file.
    'file-not-found',
    'file-unreadable',
    'not-provision-file',
    'provision-newer',
    'provision-damaged',
    'provision-passphrase', // wrong, or the file was changed: the two cannot be told apart
    'provision-unsigned',
    'provision-no-fleet-key',
    'provision-signature',
    'provision-other-device',
    'provision-fields',
    'pin-shape',
    'pin-trivial',
    'not-saved',
  ]),
});
export type SetupProblem = z.infer<typeof setupProblemSchema>;

export const setupStateSchema = z.object({
  environment: z.enum(['practice', 'live']),
  /** No merchant and no technician's PIN yet: whoever is at the screen may begin. */
  fresh: z.boolean(),
  technicianPin: z.boolean(),
  merchantSet: z.boolean(),
  /** What is stored, or what a new terminal starts from. To fill the form with. */
  fields: setupFieldsSchema,
  /** The stored secrets: `none`, `stored`, or the code of what keeps them shut. */
  secrets: z.string(),
  apiKeyStored: z.boolean(),
  certificate: certificateFactsSchema.nullable(),
  /** The set-up before this one, while it can be gone back to: until this one has made its first good call. */
  previous: z.object({ mchId: z.string(), certificate: certificateFactsSchema.nullable() }).nullable(),
  protection: z.object({
    now: protectionSchema.nullable(),
    offered: z.array(protectionSchema),
    recommended: protectionSchema,
    keyStore: keyStoreSchema,
    /** Whether `facepay` can open the secrets on this machine: by itself, with FACEPAY_PASSPHRASE, or not. */
    facepay: z.enum(['opens', 'with-passphrase', 'cannot']),
  }),
  /** Why the terminal is not open, if it is not. */
  notOpened: z.object({ part: z.string(), code: z.string() }).nullable(),
});
export type SetupState = z.infer<typeof setupStateSchema>;

/** `unreachable`: nobody could be asked; the first call will show. */
export const probeSchema = z.enum(['answered', 'unreachable']);
export type Probe = z.infer<typeof probeSchema>;

export const setupOutcomeSchema = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('applied'),
    probe: probeSchema,
    state: setupStateSchema,
    /** What became of a provisioning file. `left`: it could not be removed; somebody must. */
    file: z.enum(['wiped', 'left']).nullable(),
  }),
  // Nothing was changed.
  z.object({ outcome: z.literal('refused'), problems: z.array(setupProblemSchema).min(1) }),
  // The terminal could not be opened with it; the set-up from before is back and open.
  z.object({ outcome: z.literal('put-back'), part: z.string(), code: z.string() }),
]);
export type SetupOutcome = z.infer<typeof setupOutcomeSchema>;

/** A provisioning file that was found; its path stays in the main process. */
export const provisionFileSchema = z.object({
  fileId: z.string(),
  name: z.string(),
  place: z.enum(['beside-app', 'profile', 'removable', 'picked']),
  /** How it is protected, `null` where it is not readable as one. */
  sealed: z.enum(['passphrase', 'signature']).nullable(),
  problem: setupProblemSchema.nullable(),
});
export type ProvisionFile = z.infer<typeof provisionFileSchema>;

const draftRef = { draftId: z.string().max(64) };
const secret = z.string().max(300);
const fileCodes = ['draft-not-found', 'file-unreadable', 'file-too-large'] as const;
const applyCodes = ['busy', 'orders-unsettled', 'orders-unknown', 'pin-first', 'not-saved'] as const;

/** On a fresh terminal nobody could sign in yet, and somebody must begin: there anybody may. */
const byTechnician = { roles: TECHNICIAN, onFreshTerminal: true } as const;

export const setupCommands = {
  'setup.state': { ...byTechnician, input: nothing, output: setupStateSchema, codes: [] },
  // A new, empty draft; the one before is forgotten. It is forgotten as well after half an hour without a command.
  'setup.begin': { ...byTechnician, input: nothing, output: setupDraftSchema, codes: [] },
  'setup.discard': { ...byTechnician, input: nothing, output: z.null(), codes: [] },
  // Each opens the system's file dialog. Where it is cancelled the draft is as it was.
  'setup.pick-certificate': {
    ...byTechnician,
    // The merchant's number is tried as the p12's passphrase first.
    input: z.strictObject({ ...draftRef, mchId: typed }),
    output: setupDraftSchema,
    codes: fileCodes,
  },
  'setup.pick-key-file': {
    ...byTechnician,
    input: z.strictObject(draftRef),
    output: setupDraftSchema,
    codes: fileCodes,
  },
  'setup.pick-authority': {
    ...byTechnician,
    input: z.strictObject(draftRef),
    output: setupDraftSchema,
    codes: fileCodes,
  },
  // The p12's.
  'setup.set-passphrase': {
    ...byTechnician,
    input: z.strictObject({ ...draftRef, passphrase: secret }),
    output: setupDraftSchema,
    codes: ['draft-not-found'],
  },
  'setup.set-api-key': {
    ...byTechnician,
    input: z.strictObject({ ...draftRef, apiKey: secret }),
    output: setupDraftSchema,
    codes: ['draft-not-found'],
  },
  // `''` takes it back.
  'setup.set-support-passphrase': {
    ...byTechnician,
    input: z.strictObject({ ...draftRef, passphrase: secret }),
    output: setupDraftSchema,
    codes: ['draft-not-found'],
  },
  // Names everything that is wrong with the fields and the draft; asks nobody and changes nothing.
  'setup.check': {
    ...byTechnician,
    input: z.strictObject({ ...draftRef, fields: setupFieldsSchema }),
    output: z.object({ environment: z.enum(['practice', 'live']).nullable(), problems: z.array(setupProblemSchema) }),
    codes: ['draft-not-found'],
  },
  // Checks, asks WeChat, stores all or nothing, and opens the terminal anew. May take half a minute.
  'setup.apply': {
    ...byTechnician,
    input: z.strictObject({ ...draftRef, fields: setupFieldsSchema }),
    output: setupOutcomeSchema,
    codes: ['draft-not-found', ...applyCodes],
  },
  // Back to the set-up before this one (`previous` of the state).
  'setup.go-back': {
    ...byTechnician,
    input: nothing,
    output: setupOutcomeSchema,
    codes: ['no-previous', ...applyCodes],
  },
  // Provisioning files beside the app, in its folder and on removable drives.
  'setup.find-provision': { ...byTechnician, input: nothing, output: z.array(provisionFileSchema), codes: [] },
  // `null` where the dialog was cancelled.
  'setup.pick-provision': {
    ...byTechnician,
    input: nothing,
    output: provisionFileSchema.nullable(),
    codes: ['file-unreadable', 'file-too-large'],
  },
  'setup.apply-provision': {
    ...byTechnician,
    // `passphrase`: `''` for a signed file.
    input: z.strictObject({ fileId: z.string().max(64), passphrase: secret, acceptWeakProtection: z.boolean() }),
    output: setupOutcomeSchema,
    codes: ['provision-not-found', ...applyCodes],
  },
} as const satisfies Record<string, CommandSpec>;
export type SetupCommandName = keyof typeof setupCommands;
