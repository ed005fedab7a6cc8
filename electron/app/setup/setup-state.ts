/**
 * The part of the set-up that may be shown: ids, names, what a certificate says about itself, and whether there is a
 * key.
 */
import type { CertificateFacts, KeyStore, SetupState } from '../../../shared/contract/setup.ts';
import { environmentOf, terminalSchema } from '../../../shared/settings.ts';
import { certificateFacts } from '../../vault/certificate-import.ts';
import { faceDeviceKind } from '../core/face-device-kind.ts';
import { fieldsOf } from './setup-fields.ts';
import type { SetupParts } from './setup-parts.ts';
import type { Settings, SettingsStore } from '../settings/settings-store.ts';

/** The state of a terminal before anything is set up, or if its settings cannot be read. */
export const NO_SETTINGS: Settings = { merchant: null, terminal: terminalSchema.parse({}) };

/**
 * Nothing is set up, and no technician could sign in to do it. Not if the files cannot be read: then something may be
 * set up.
 */
export function isFresh({ store, pins }: Pick<SetupParts, 'store' | 'pins'>): boolean {
  const settings = store.settings();
  return settings.ok && settings.value.merchant === null && !pins.technicianSet();
}

export async function setupState(parts: SetupParts): Promise<SetupState> {
  const { store, pins, running } = parts;
  const read = store.settings();
  const settings = read.ok ? read.value : NO_SETTINGS;
  const { merchant } = settings;
  const credentials = merchant === null ? null : await store.credentials();
  const protection = await protectionOf(parts);
  const opened = await running.opening;
  const environment = merchant === null ? 'practice' : environmentOf(merchant);
  return {
    environment,
    fresh: isFresh(parts),
    technicianPin: pins.technicianSet(),
    merchantSet: merchant !== null,
    fields: fieldsOf(settings, protection),
    secrets: !read.ok ? read.error : credentials === null ? 'none' : credentials.ok ? 'stored' : credentials.error,
    apiKeyStored: credentials?.ok === true,
    proxyPasswordStored: credentials?.ok === true && credentials.value.proxyPassword !== undefined,
    certificate: credentials?.ok === true ? certificateFacts(credentials.value.certPem) : null,
    previous: await previousOf(settings, store),
    protection,
    faceDevice: faceDeviceKind(merchant),
    notOpened: opened.ok ? null : opened.error,
  };
}

async function previousOf({ secrets }: Settings, store: SettingsStore): Promise<SetupState['previous']> {
  const previous = secrets?.previous ?? null;
  if (previous === null) return null;
  const credentials = await store.previousCredentials();
  const certificate: CertificateFacts | null = credentials.ok ? certificateFacts(credentials.value.certPem) : null;
  return { mchId: previous.merchant.mchId, certificate };
}

export async function protectionOf({
  store,
  box,
  passphraseGiven,
}: Pick<SetupParts, 'store' | 'box' | 'passphraseGiven'>): Promise<SetupState['protection']> {
  const keyStore = await box.kind();
  const seal = store.seal();
  const now = seal?.protection ?? null;
  const needsKeyStore = now === 'key-store' || now === 'both';
  const needsPassphrase = now === 'passphrase' || (needsKeyStore && seal?.supported === true);
  return {
    now,
    ...protectionsOn(keyStore, passphraseGiven),
    keyStore,
    facepay: needsPassphrase ? 'with-passphrase' : needsKeyStore ? 'cannot' : 'opens',
  };
}

/**
 * What this machine can do. A passphrase counts only if the app was started with one: otherwise it could not open its
 * own secrets after the next start. A key store whose key everyone knows does not count. Pure.
 */
export function protectionsOn(
  keyStore: KeyStore,
  passphraseGiven: boolean,
): Pick<SetupState['protection'], 'offered' | 'recommended'> {
  const real = keyStore === 'real';
  const offered = [
    'device' as const,
    ...(passphraseGiven ? ['passphrase' as const] : []),
    ...(real ? ['key-store' as const] : []),
    ...(passphraseGiven && real ? ['both' as const] : []),
  ];
  return { offered, recommended: offered.at(-1) ?? 'device' };
}
