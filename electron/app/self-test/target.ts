/**
 * Whom the self-test asks, and as which merchant: the merchant that is set up, or the running app's practice gateway.
 */
import type { Result } from '../../../shared/result.ts';
import type { Merchant, Terminal } from '../../../shared/settings.ts';
import type { Services } from '../core/services.ts';
import type { TlsIdentity } from '../../wechat/transport.ts';
import { directWay, wayThrough, type Way } from '../../wechat/way.ts';
import type { Credentials, CredentialsProblem, Settings, SettingsProblem } from '../settings/settings-store.ts';

export interface Target {
  readonly merchant: Merchant;
  readonly terminal: Terminal;
  /** `null` if the key could not be read. */
  readonly apiKey: string | null;
  readonly caPem: string | null;
  /** `null` if the certificate cannot be used. */
  readonly own: Pick<TlsIdentity, 'certPem' | 'keyPem'> | null;
  readonly way: Way;
}

/** What was read from the profile. */
export interface ReadProfile {
  readonly settings: Result<Settings, SettingsProblem>;
  /** `null` if no merchant is set up. */
  readonly credentials: Result<Credentials, CredentialsProblem> | null;
}

/** The merchant's, if it could be read; `null` if there is none. */
export function merchantTarget({ settings, credentials }: ReadProfile, certificateIsGood: boolean): Target | null {
  if (!settings.ok || settings.value.merchant === null) return null;
  const secrets = credentials?.ok === true ? credentials.value : null;
  return {
    merchant: settings.value.merchant,
    terminal: settings.value.terminal,
    apiKey: secrets?.apiKey ?? null,
    caPem: secrets?.caPem ?? null,
    own: secrets !== null && certificateIsGood ? secrets : null,
    way: wayThrough(settings.value.merchant.gateway.proxy, secrets?.proxyPassword),
  };
}

/** The practice gateway inside the running app; `null` if a merchant is set up. */
export function practiceTarget({ practice, merchant, terminal }: Services): Target | null {
  if (practice === null) return null;
  const { caPem, clientCertPem, clientKeyPem } = practice;
  return {
    merchant,
    terminal,
    apiKey: practice.merchant.apiKey,
    caPem,
    own: { certPem: clientCertPem, keyPem: clientKeyPem },
    way: directWay,
  };
}
