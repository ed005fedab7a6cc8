/** How Windows builds are signed, by the environment. Nothing of this is ever written to a file. */
export type Signing =
  | { readonly kind: 'none' }
  /**
   * A certificate file, or one in base64: WIN_CSC_LINK or CSC_LINK, with its password beside it; electron-builder reads
   * them itself.
   */
  | { readonly kind: 'certificate-file' }
  /** Azure Trusted Signing; its credentials are AZURE_TENANT_ID, AZURE_CLIENT_ID and one of Azure's secrets, which its own client reads. */
  | {
      readonly kind: 'azure';
      readonly endpoint: string;
      readonly account: string;
      readonly profile: string;
      readonly publisher: string;
    };

const AZURE = {
  endpoint: 'FACEPAY_AZURE_ENDPOINT',
  account: 'FACEPAY_AZURE_ACCOUNT',
  profile: 'FACEPAY_AZURE_PROFILE',
  publisher: 'FACEPAY_PUBLISHER',
} as const;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Throws if cloud signing is configured only in part: a build that was meant to be signed must not become an unsigned
 * one.
 */
export function windowsSigning(env: Environment): Signing {
  const text = (name: string): string => env[name]?.trim() ?? '';
  if (text(AZURE.endpoint) !== '') {
    const missing = Object.values(AZURE).filter((name) => text(name) === '');
    if (missing.length > 0) throw new Error(`${AZURE.endpoint} is set, so ${missing.join(' and ')} must be too`);
    return {
      kind: 'azure',
      endpoint: text(AZURE.endpoint),
      account: text(AZURE.account),
      profile: text(AZURE.profile),
      publisher: text(AZURE.publisher),
    };
  }
  return text('WIN_CSC_LINK') === '' && text('CSC_LINK') === '' ? { kind: 'none' } : { kind: 'certificate-file' };
}
