/**
 * Setting the terminal up, from the screen or from a provisioning file. Secrets go one way only, into a draft that the
 * main process keeps in memory. Only two things come back: what a certificate says publicly, and whether a key is
 * there.
 */
import { z } from 'zod';
import { familySchema } from '../order/order.ts';
import { baudRateSchema, deviceSchema, languageSchema, signTypeSchema, terminatorSchema } from '../settings.ts';
import { TECHNICIAN } from '../role.ts';
import { nothing, type CommandSpec } from './spec.ts';

/**
 * What is needed to open the stored secrets, weakest first: this device's secret, a file; also the passphrase that the
 * app is started with; also the operating system's key store; all three.
 */
export const protectionSchema = z.enum(['device', 'passphrase', 'key-store', 'both']);
export type Protection = z.infer<typeof protectionSchema>;

/** `public-key`: the system offers a key store whose key everyone knows (Linux without a key ring). */
export const keyStoreSchema = z.enum(['real', 'public-key', 'none']);
export type KeyStore = z.infer<typeof keyStoreSchema>;

/** What a person is asked to choose in the system's file dialog. */
export const pickedFileSchema = z.enum(['certificate', 'apiKey', 'authority', 'provision']);
export type PickedFileKind = z.infer<typeof pickedFileSchema>;

/** What a certificate says about itself. */
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
  'p12-passphrase', // wrong, or the file is damaged: the two cannot be distinguished
  'p12-unreadable',
  'p12-incomplete', // no key or no certificate in it
  'not-a-certificate', // neither a certificate nor a key nor a p12
  'cert-unreadable',
  'key-unreadable',
  'key-encrypted', // a PEM key under a passphrase
  'key-mismatch', // certificate and key do not belong together
  'key-not-rsa', // an EC key: WeChat's are RSA
  'key-too-short',
  'cert-refused-by-tls',
  'cert-expired',
  'cert-not-yet-valid',
  'cert-of-other-merchant', // the subject names a different mch_id
]);
export type CertificateProblem = z.infer<typeof certificateProblemSchema>;

/** What has been chosen and typed so far. */
export const setupDraftSchema = z.object({
  draftId: z.string(),
  certificate: z.discriminatedUnion('state', [
    z.object({ state: z.literal('none') }),
    // A p12 that the mch_id does not open as its passphrase. `wrong`: the passphrase that was typed did not open it
    // either.
    z.object({ state: z.literal('passphrase-needed'), wrong: z.boolean() }),
    // One of the two PEM files is there; choose the other.
    z.object({ state: z.literal('key-missing') }),
    z.object({ state: z.literal('certificate-missing') }),
    z.object({ state: z.literal('refused'), code: certificateProblemSchema }),
    z.object({ state: z.literal('ready'), facts: certificateFactsSchema }),
  ]),
  apiKey: z.enum(['none', 'given', 'api-key-shape']),
  /** The authority of a private gateway's certificate; none for WeChat's own. */
  authority: z.enum(['none', 'given', 'cert-unreadable']),
  /** The passphrase that lets `facepay` open the secrets together with the key store. */
  supportPassphrase: z.enum(['none', 'given', 'too-short']),
  /** Of the account at the shop's proxy. */
  proxyPassword: z.enum(['none', 'given']),
});
export type SetupDraft = z.infer<typeof setupDraftSchema>;

const typed = z.string().max(300);

/** As it is in the form; nothing secret. A field that is left empty is `''`. */
export const setupFieldsSchema = z.strictObject({
  /** `partner`: a service provider. It has its own ids and, per shop, a sub_mch_id and perhaps a sub_appid. */
  mode: z.enum(['merchant', 'partner']),
  appid: typed,
  mchId: typed,
  subAppid: typed,
  subMchId: typed,
  signType: signTypeSchema,
  family: familySchema,
  device: deviceSchema,
  /** Of the device `sdk-bridge`: full paths of the helper and of the vendor's library. */
  faceProgram: typed,
  faceLibrary: typed,
  /** Of a scanner on a serial port; empty where codes come by the keyboard, and then the next three do not count. */
  codePort: typed,
  codeBaudRate: baudRateSchema,
  codeTerminator: terminatorSchema,
  /** The numbers of the USB device that was chosen, or empty. */
  codePortUsb: typed,
  primary: typed,
  backup: typed,
  faceGateway: typed,
  /** `http://host:port` of the shop's proxy; without one it is empty, and so are the next two. */
  proxy: typed,
  proxyUser: typed,
  /** Names with commas between. */
  noProxy: typed,
  storeId: typed,
  storeName: typed,
  /** The terminal's own name. */
  deviceId: typed,
  language: languageSchema,
  protection: protectionSchema,
  /**
   * The technician confirms that real money may be guarded by the weakest protection. This goes into the audit trail.
   */
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
    'proxyPassword',
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
    'not-an-http-proxy',
    'not-a-serial-port',
    'api-key-shape',
    'must-be-empty', // a sub id in merchant mode, an account without a proxy
    'not-offered', // this machine does not have this protection, or not without FACEPAY_PASSPHRASE
    'weak-protection', // real money with the weakest protection: set acceptWeakProtection, or choose a better one
    'code-needs-micropay', // the device gives payment codes, and the family is facepay: choose micropay
    'bridge-needs-helper', // the face SDK without its helper, or the helper without the SDK
    'not-a-full-path',
    // The helper of the face SDK, or the vendor's library: not there, or others than administrators may change it; or
    // another program than the file named.
    'helper-missing',
    'helper-unprotected',
    'helper-changed',
    'library-missing',
    'library-unprotected',
    'stored-unreadable', // left out, and the stored one can no longer be opened: enter it again
    // What WeChat answered when it was asked with the new set-up.
    'sign-refused',
    'certificate-refused',
    'merchant-refused',
    'server-not-trusted',
    // What the shop's proxy answered.
    'proxy-account',
    'proxy-refused',
    'no-proxy-there',
    // Errors of a provisioning file.
    'file-not-found',
    'file-unreadable',
    'not-provision-file',
    'provision-newer',
    'provision-damaged',
    'provision-passphrase', // wrong, or the file was changed: the two cannot be distinguished
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
  /** There is no merchant and no technician's PIN yet: any person at the screen may begin. */
  fresh: z.boolean(),
  technicianPin: z.boolean(),
  merchantSet: z.boolean(),
  /** What is stored, or the defaults of a new terminal. For filling the form. */
  fields: setupFieldsSchema,
  /** The stored secrets: `none`, `stored`, or the code of the reason why they cannot be opened. */
  secrets: z.string(),
  apiKeyStored: z.boolean(),
  proxyPasswordStored: z.boolean(),
  certificate: certificateFactsSchema.nullable(),
  /** The set-up before this one, as long as it can be restored: until this one has made its first good call. */
  previous: z.object({ mchId: z.string(), certificate: certificateFactsSchema.nullable() }).nullable(),
  protection: z.object({
    now: protectionSchema.nullable(),
    offered: z.array(protectionSchema),
    recommended: protectionSchema,
    keyStore: keyStoreSchema,
    /** Whether `facepay` can open the secrets on this machine: by itself, with FACEPAY_PASSPHRASE, or not. */
    facepay: z.enum(['opens', 'with-passphrase', 'cannot']),
  }),
  /**
   * What lets customers pay: a simulated face device in practice, the vendor's face SDK, payment codes, or nothing. Without one no payment can
   * be taken here.
   */
  faceDevice: z.enum(['simulated', 'sdk-bridge', 'code', 'absent']),
  /** Why the terminal is not open, if it is not. */
  notOpened: z.object({ part: z.string(), code: z.string() }).nullable(),
});
export type SetupState = z.infer<typeof setupStateSchema>;

/** `unreachable`: WeChat could not be reached; the first call will show. */
export const probeSchema = z.enum(['answered', 'unreachable']);
export type Probe = z.infer<typeof probeSchema>;

export const setupOutcomeSchema = z.discriminatedUnion('outcome', [
  z.object({
    outcome: z.literal('applied'),
    probe: probeSchema,
    state: setupStateSchema,
    /** What became of a provisioning file. `left`: it could not be removed, so a person must remove it. */
    file: z.enum(['wiped', 'left']).nullable(),
  }),
  // Nothing was changed.
  z.object({ outcome: z.literal('refused'), problems: z.array(setupProblemSchema).min(1) }),
  // The terminal could not be opened with it. The set-up from before is restored and open.
  z.object({ outcome: z.literal('put-back'), part: z.string(), code: z.string() }),
]);
export type SetupOutcome = z.infer<typeof setupOutcomeSchema>;

/** A provisioning file that was found. Its path stays in the main process. */
export const provisionFileSchema = z.object({
  fileId: z.string(),
  name: z.string(),
  place: z.enum(['beside-app', 'profile', 'removable', 'picked']),
  /** How it is protected; `null` if it cannot be read as a provisioning file. */
  sealed: z.enum(['passphrase', 'signature']).nullable(),
  problem: setupProblemSchema.nullable(),
});
export type ProvisionFile = z.infer<typeof provisionFileSchema>;

const draftRef = { draftId: z.string().max(64) };
const secret = z.string().max(300);
const fileCodes = ['draft-not-found', 'file-unreadable', 'file-too-large'] as const;
const applyCodes = ['busy', 'orders-unsettled', 'orders-unknown', 'pin-first', 'not-saved'] as const;

/** On a new terminal no one can sign in yet, so anyone may begin. */
const byTechnician = { roles: TECHNICIAN, onFreshTerminal: true } as const;

export const setupCommands = {
  'setup.state': { ...byTechnician, input: nothing, output: setupStateSchema, codes: [] },
  // A new, empty draft; the one before is dropped. A draft is also dropped after half an hour without a command.
  'setup.begin': { ...byTechnician, input: nothing, output: setupDraftSchema, codes: [] },
  'setup.discard': { ...byTechnician, input: nothing, output: z.null(), codes: [] },
  // Each opens the system's file dialog. If it is cancelled, the draft stays as it was.
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
  // `''` takes it back.
  'setup.set-proxy-password': {
    ...byTechnician,
    input: z.strictObject({ ...draftRef, password: secret }),
    output: setupDraftSchema,
    codes: ['draft-not-found'],
  },
  // Lists everything that is wrong with the fields and the draft. Contacts no one and changes nothing.
  'setup.check': {
    ...byTechnician,
    input: z.strictObject({ ...draftRef, fields: setupFieldsSchema }),
    output: z.object({ environment: z.enum(['practice', 'live']).nullable(), problems: z.array(setupProblemSchema) }),
    codes: ['draft-not-found'],
  },
  // Checks, asks WeChat, stores all or nothing, and reopens the terminal. May take half a minute.
  'setup.apply': {
    ...byTechnician,
    input: z.strictObject({ ...draftRef, fields: setupFieldsSchema }),
    output: setupOutcomeSchema,
    codes: ['draft-not-found', ...applyCodes],
  },
  // Restores the set-up before this one (`previous` of the state).
  'setup.go-back': {
    ...byTechnician,
    input: nothing,
    output: setupOutcomeSchema,
    codes: ['no-previous', ...applyCodes],
  },
  // Provisioning files beside the app, in its folder and on removable drives.
  'setup.find-provision': { ...byTechnician, input: nothing, output: z.array(provisionFileSchema), codes: [] },
  // `null` if the dialog was cancelled.
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
