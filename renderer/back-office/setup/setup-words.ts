/** The words for the codes of set-up. */
import type { CertificateFacts, Protection, SetupState } from '../../../shared/contract/setup.ts';
import type { Language } from '../../../shared/settings.ts';
import { inLanguage } from '../../i18n/beijing-time.ts';
import type { KeysOf, PartKeysOf, Translate } from '../../i18n/i18n.ts';
import { startReason } from '../../i18n/code-words.ts';
import type { ProblemCode } from './field-rules.ts';
import { problemAt, type Entry } from './setup-form.ts';
import type { ProblemField } from './plan.ts';

export const FIELD_KEYS = {
  mode: 'setup.field.mode',
  appid: 'setup.field.appid',
  mchId: 'setup.field.mchId',
  subAppid: 'setup.field.subAppid',
  subMchId: 'setup.field.subMchId',
  signType: 'setup.field.signType',
  device: 'setup.field.device',
  faceProgram: 'setup.field.faceProgram',
  faceLibrary: 'setup.field.faceLibrary',
  codePort: 'setup.field.codePort',
  codeBaudRate: 'setup.field.codeBaudRate',
  codeTerminator: 'setup.field.codeTerminator',
  codePortUsb: 'setup.field.codePortUsb',
  family: 'setup.field.family',
  primary: 'setup.field.primary',
  backup: 'setup.field.backup',
  faceGateway: 'setup.field.faceGateway',
  storeId: 'setup.field.storeId',
  storeName: 'setup.field.storeName',
  deviceId: 'setup.field.deviceId',
  language: 'setup.field.language',
  protection: 'setup.field.protection',
  acceptWeakProtection: 'setup.field.acceptWeakProtection',
  certificate: 'setup.field.certificate',
  apiKey: 'setup.field.apiKey',
  authority: 'setup.field.authority',
  supportPassphrase: 'setup.field.supportPassphrase',
  proxy: 'setup.field.proxy',
  proxyUser: 'setup.field.proxyUser',
  proxyPassword: 'setup.field.proxyPassword',
  noProxy: 'setup.field.noProxy',
  file: 'setup.field.file',
  passphrase: 'setup.field.passphrase',
  pins: 'setup.field.pins',
} as const satisfies KeysOf<'setup.field', ProblemField>;

const PROBLEM_KEYS = {
  'p12-passphrase': 'setup.problem.p12-passphrase',
  'p12-unreadable': 'setup.problem.p12-unreadable',
  'p12-incomplete': 'setup.problem.p12-incomplete',
  'cert-unreadable': 'setup.problem.cert-unreadable',
  'key-unreadable': 'setup.problem.key-unreadable',
  'not-a-certificate': 'setup.problem.not-a-certificate',
  'key-encrypted': 'setup.problem.key-encrypted',
  'key-not-rsa': 'setup.problem.key-not-rsa',
  'key-too-short': 'setup.problem.key-too-short',
  'cert-refused-by-tls': 'setup.problem.cert-refused-by-tls',
  'key-mismatch': 'setup.problem.key-mismatch',
  'cert-expired': 'setup.problem.cert-expired',
  'cert-not-yet-valid': 'setup.problem.cert-not-yet-valid',
  'cert-of-other-merchant': 'setup.problem.cert-of-other-merchant',
  missing: 'setup.problem.missing',
  'too-long': 'setup.problem.too-long',
  'too-short': 'setup.problem.too-short',
  'digits-only': 'setup.problem.digits-only',
  'bad-characters': 'setup.problem.bad-characters',
  'not-an-https-origin': 'setup.problem.not-an-https-origin',
  'not-an-http-proxy': 'setup.problem.not-an-http-proxy',
  'not-a-serial-port': 'setup.problem.not-a-serial-port',
  'api-key-shape': 'setup.problem.api-key-shape',
  'must-be-empty': 'setup.problem.must-be-empty',
  'code-needs-micropay': 'setup.problem.code-needs-micropay',
  'bridge-needs-helper': 'setup.problem.bridge-needs-helper',
  'not-a-full-path': 'setup.problem.not-a-full-path',
  'helper-missing': 'setup.problem.helper-missing',
  'helper-unprotected': 'setup.problem.helper-unprotected',
  'helper-changed': 'setup.problem.helper-changed',
  'library-missing': 'setup.problem.library-missing',
  'library-unprotected': 'setup.problem.library-unprotected',
  'not-offered': 'setup.problem.not-offered',
  'weak-protection': 'setup.problem.weak-protection',
  'stored-unreadable': 'setup.problem.stored-unreadable',
  'sign-refused': 'setup.problem.sign-refused',
  'certificate-refused': 'setup.problem.certificate-refused',
  'merchant-refused': 'setup.problem.merchant-refused',
  'server-not-trusted': 'setup.problem.server-not-trusted',
  'proxy-account': 'setup.problem.proxy-account',
  'proxy-refused': 'setup.problem.proxy-refused',
  'no-proxy-there': 'setup.problem.no-proxy-there',
  'file-not-found': 'setup.problem.file-not-found',
  'file-unreadable': 'setup.problem.file-unreadable',
  'not-provision-file': 'setup.problem.not-provision-file',
  'provision-newer': 'setup.problem.provision-newer',
  'provision-damaged': 'setup.problem.provision-damaged',
  'provision-passphrase': 'setup.problem.provision-passphrase',
  'provision-unsigned': 'setup.problem.provision-unsigned',
  'provision-no-fleet-key': 'setup.problem.provision-no-fleet-key',
  'provision-signature': 'setup.problem.provision-signature',
  'provision-other-device': 'setup.problem.provision-other-device',
  'provision-fields': 'setup.problem.provision-fields',
  'pin-shape': 'setup.problem.pin-shape',
  'pin-trivial': 'setup.problem.pin-trivial',
  'not-saved': 'setup.problem.not-saved',
} as const satisfies KeysOf<'setup.problem', ProblemCode>;

export const PROTECTION_KEYS = {
  device: { title: 'setup.protection.device.title', why: 'setup.protection.device.why' },
  passphrase: { title: 'setup.protection.passphrase.title', why: 'setup.protection.passphrase.why' },
  'key-store': { title: 'setup.protection.key-store.title', why: 'setup.protection.key-store.why' },
  both: { title: 'setup.protection.both.title', why: 'setup.protection.both.why' },
} as const satisfies PartKeysOf<'setup.protection', Protection, 'title' | 'why'>;

/** What is wrong with a field and what to do, or `null`. */
export function errorAt(t: Translate, entry: Entry, field: ProblemField): string | null {
  const code = problemAt(entry, field);
  return code === null ? null : problemWords(t, code, field);
}

/** The name of `field` on the form. */
export function problemWords(t: Translate, code: ProblemCode, field: ProblemField): string {
  if (field === 'certificate' && code === 'missing') return t('setup.certificate.missing');
  return t(PROBLEM_KEYS[code], { field: t(FIELD_KEYS[field]) });
}

const DAY_MS = 86_400_000;
/**
 * From this many days before its end a certificate should be renewed: the platform takes a day or two, so there is
 * time.
 */
export const RENEW_WITHIN_DAYS = 30;

export const daysLeft = ({ notAfterMs }: CertificateFacts, nowMs: number): number =>
  Math.floor((notAfterMs - nowMs) / DAY_MS);

/** The day in the language of the screen. */
export const dayWords = (language: Language, atMs: number): string =>
  inLanguage(language, { year: 'numeric', month: 'long', day: 'numeric' }).format(atMs);

/** The last groups of a fingerprint are what people compare: `… 9A:0F:3C:77`. */
export const fingerprintTail = ({ fingerprint }: CertificateFacts): string =>
  `… ${fingerprint.split(/[: ]/).slice(-4).join(':').toUpperCase()}`;

/**
 * The merchant's number in a certificate's subject, which WeChat puts in its common name; `null` where there is none.
 */
export const merchantIn = ({ subject }: CertificateFacts): string | null => /CN=(\d+)/.exec(subject)?.[1] ?? null;

/** Why the stored secrets cannot be opened; `null` while they can be opened or there are none. */
export const secretsTrouble = (t: Translate, { secrets }: SetupState): string | null =>
  secrets === 'none' || secrets === 'stored'
    ? null
    : t('setup.secretsShut', { reason: startReason(t, `credentials:${secrets}`) });
