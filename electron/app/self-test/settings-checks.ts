/**
 * Settings, key and certificate: whether they exist, belong together, and how long they are valid. Nothing leaves this
 * machine.
 */
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type { Result } from '../../../shared/result.ts';
import { finding, type Figures, type SelfTestLine } from '../../../shared/self-test/self-test.ts';
import { environmentOf, terminalSchema } from '../../../shared/settings.ts';
import { importPem, type CertificateProblem } from '../../vault/certificate-import.ts';
import { daysLeft, expiryStage, validityOf } from '../../vault/certificate-days.ts';
import type { Credentials, CredentialsProblem, Settings, SettingsProblem } from '../settings/settings-store.ts';

const DEFAULT_STORE_NAME = terminalSchema.parse({}).storeName;

/**
 * `caPem`: the authority that is trusted instead of the built-in ones; `null` if the built-in ones are used, or if it
 * is not known.
 */
export function settingsCheck(settings: Result<Settings, SettingsProblem>, caPem: string | null): SelfTestLine {
  if (!settings.ok && settings.error === 'settings-missing') return finding('settings', 'missing');
  if (!settings.ok)
    return finding('settings', settings.error === 'damaged' ? 'damaged' : 'unreadable', { why: settings.error });
  const { merchant, terminal } = settings.value;
  if (merchant === null) return finding('settings', 'practising', { device: terminal.deviceId });
  const figures: Figures = {
    merchant: lastFour(merchant.mchId),
    appid: lastFour(merchant.appid),
    environment: environmentOf(merchant),
    family: merchant.family,
    signType: merchant.signType,
    device: terminal.deviceId,
    store: terminal.storeName,
  };
  const isLive = environmentOf(merchant) === 'live';
  if (isLive && caPem !== null) return finding('settings', 'own-authority', figures);
  return finding(
    'settings',
    isLive && terminal.storeName === DEFAULT_STORE_NAME ? 'store-unnamed' : 'complete',
    figures,
  );
}

/** An identifying number, shortened to what a printed page may show. */
export const lastFour = (id: string): string => (id.length > 4 ? `…${id.slice(-4)}` : id);

/** `secretFiles`: the files that must be readable by this user only. */
export function keyCheck(
  credentials: Result<Credentials, CredentialsProblem> | null,
  secretFiles: readonly string[],
): SelfTestLine {
  if (credentials === null) return finding('key', 'practising');
  if (credentials.ok) {
    const [open] = process.platform === 'win32' ? [] : secretFiles.filter(isOpenToOthers);
    return open === undefined
      ? finding('key', 'loads')
      : finding('key', 'readable-by-others', { file: basename(open) });
  }
  switch (credentials.error) {
    case 'missing':
    case 'damaged':
    case 'wrong-key':
    case 'passphrase-needed':
    case 'in-key-store':
    case 'key-store-unavailable':
    case 'key-store-refused':
      return finding('key', credentials.error);
    default:
      return finding('key', 'unreadable', { why: credentials.error });
  }
}

const OTHERS = 0o077;

const isOpenToOthers = (path: string): boolean =>
  ((statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & OTHERS) !== 0;

/** `mchId` is `null` if the settings could not be read: then it cannot be judged whose certificate it is. */
export function certificateCheck(
  credentials: Result<Credentials, CredentialsProblem> | null,
  mchId: string | null,
  wallMs: number,
): SelfTestLine {
  if (credentials === null) return finding('certificate', 'practising');
  if (!credentials.ok) return finding('certificate', 'needs-key');
  const { certPem, keyPem } = credentials.value;
  const validity = validityOf(certPem);
  if (validity === null) return finding('certificate', 'unreadable');
  const { notBeforeMs, notAfterMs } = validity;
  const figures = { days: daysLeft(notAfterMs, wallMs), from: dayOf(notBeforeMs), until: dayOf(notAfterMs) };
  const imported = importPem(certPem, keyPem, mchId ?? '', wallMs);
  const problem =
    imported.ok || (mchId === null && imported.error === 'cert-of-other-merchant') ? null : imported.error;
  if (problem !== null) return finding('certificate', CERTIFICATE_PROBLEMS[problem], figures);
  return finding('certificate', expiryStage(notAfterMs, wallMs) === null ? 'in-force' : 'expiring', figures);
}

const CERTIFICATE_PROBLEMS: Readonly<
  Record<CertificateProblem, 'unreadable' | 'key-mismatch' | 'expired' | 'not-yet-valid' | 'other-merchant'>
> = {
  'p12-passphrase': 'unreadable',
  'p12-unreadable': 'unreadable',
  'p12-incomplete': 'unreadable',
  'cert-unreadable': 'unreadable',
  'key-unreadable': 'unreadable',
  'key-encrypted': 'unreadable',
  'not-a-certificate': 'unreadable',
  'key-not-rsa': 'unreadable',
  'key-too-short': 'unreadable',
  'cert-refused-by-tls': 'unreadable',
  'key-mismatch': 'key-mismatch',
  'cert-expired': 'expired',
  'cert-not-yet-valid': 'not-yet-valid',
  'cert-of-other-merchant': 'other-merchant',
};

/** These are the only dates on the page, so the day is enough. In UTC, like the certificate. */
const dayOf = (ms: number): string => (Number.isNaN(ms) ? '?' : new Date(ms).toISOString().slice(0, 10));
