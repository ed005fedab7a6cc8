/**
 * What has been chosen and typed during a set-up. One at a time, in memory only, and dropped after a time without use.
 */
import { randomUUID } from 'node:crypto';
import type { SetupDraft, SetupProblem } from '../../../shared/contract/setup.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Clock } from '../../base/clock.ts';
import { authoritiesIn, merchantProblem, type ImportedCertificate } from '../../vault/certificate-import.ts';
import { pickCertificate, pickedView, tryPassphrase, type PickedCertificate } from '../../vault/picked-certificate.ts';
import { apiKeySchema } from './merchant-file.ts';

/**
 * The shortest passphrase for `facepay`: it is typed rarely, and an attacker with a stolen disk has unlimited time to
 * guess it.
 */
const SUPPORT_PASSPHRASE_MIN = 12;
const FORGOTTEN_AFTER_MS = 30 * 60_000;

interface Draft {
  readonly draftId: string;
  readonly certificate: PickedCertificate;
  readonly apiKey: Result<string, 'api-key-shape'> | null;
  readonly authority: Result<string, 'cert-unreadable'> | null;
  readonly supportPassphrase: string;
  readonly proxyPassword: string;
}

/** What a complete draft gives. */
export interface DraftSecrets {
  readonly certificate: ImportedCertificate | null;
  readonly apiKey: string | null;
  readonly authority: string | null;
  readonly supportPassphrase: string;
  readonly proxyPassword: string | null;
}

export interface DraftStore {
  begin(): SetupDraft;
  discard(): void;
  view(draftId: string): Result<SetupDraft, 'draft-not-found'>;
  pickCertificate(draftId: string, files: readonly Uint8Array[], mchId: string): Result<SetupDraft, 'draft-not-found'>;
  setPassphrase(draftId: string, passphrase: string): Result<SetupDraft, 'draft-not-found'>;
  setApiKey(draftId: string, text: string): Result<SetupDraft, 'draft-not-found'>;
  setAuthority(draftId: string, file: Uint8Array): Result<SetupDraft, 'draft-not-found'>;
  setSupportPassphrase(draftId: string, passphrase: string): Result<SetupDraft, 'draft-not-found'>;
  setProxyPassword(draftId: string, password: string): Result<SetupDraft, 'draft-not-found'>;
  /** Its secrets, or what is wrong with them for this merchant. */
  secrets(draftId: string, mchId: string): Result<Result<DraftSecrets, SetupProblem[]>, 'draft-not-found'>;
}

export function createDraftStore(clock: Clock): DraftStore {
  let draft: Draft | null = null;
  let stopForgetting: () => void = () => undefined;

  const discard = (): void => {
    stopForgetting();
    draft = null;
  };
  const keep = (next: Draft): SetupDraft => {
    stopForgetting();
    stopForgetting = clock.after(FORGOTTEN_AFTER_MS, discard);
    draft = next;
    return viewOf(next);
  };
  const change = (draftId: string, changed: (draft: Draft) => Draft): Result<SetupDraft, 'draft-not-found'> =>
    draft?.draftId === draftId ? ok(keep(changed(draft))) : fail('draft-not-found');
  const wallMs = (): number => clock.read().wallMs;

  return {
    discard,
    begin: () =>
      keep({
        draftId: randomUUID(),
        certificate: { state: 'none' },
        apiKey: null,
        authority: null,
        supportPassphrase: '',
        proxyPassword: '',
      }),
    view: (draftId) => change(draftId, (now) => now),
    pickCertificate: (draftId, files, mchId) =>
      change(draftId, (now) => ({
        ...now,
        certificate: pickCertificate(now.certificate, files, mchId.trim(), wallMs()),
      })),
    setPassphrase: (draftId, passphrase) =>
      change(draftId, (now) => ({ ...now, certificate: tryPassphrase(now.certificate, passphrase, wallMs()) })),
    setApiKey: (draftId, text) => change(draftId, (now) => ({ ...now, apiKey: apiKeyOf(text) })),
    setAuthority: (draftId, file) => change(draftId, (now) => ({ ...now, authority: authoritiesIn(file) })),
    setSupportPassphrase: (draftId, supportPassphrase) => change(draftId, (now) => ({ ...now, supportPassphrase })),
    setProxyPassword: (draftId, proxyPassword) => change(draftId, (now) => ({ ...now, proxyPassword })),
    secrets: (draftId, mchId) =>
      draft?.draftId === draftId ? ok(secretsOf(draft, mchId.trim(), wallMs())) : fail('draft-not-found'),
  };
}

function apiKeyOf(text: string): Result<string, 'api-key-shape'> {
  const key = apiKeySchema.safeParse(text.trim());
  return key.success ? ok(key.data) : fail('api-key-shape');
}

const isTooShort = (passphrase: string): boolean => passphrase !== '' && passphrase.length < SUPPORT_PASSPHRASE_MIN;

function viewOf({ draftId, certificate, apiKey, authority, supportPassphrase, proxyPassword }: Draft): SetupDraft {
  return {
    draftId,
    certificate: pickedView(certificate),
    apiKey: apiKey === null ? 'none' : apiKey.ok ? 'given' : apiKey.error,
    authority: authority === null ? 'none' : authority.ok ? 'given' : authority.error,
    supportPassphrase: supportPassphrase === '' ? 'none' : isTooShort(supportPassphrase) ? 'too-short' : 'given',
    proxyPassword: proxyPassword === '' ? 'none' : 'given',
  };
}

function secretsOf(
  { certificate, apiKey, authority, supportPassphrase, proxyPassword }: Draft,
  mchId: string,
  wallMs: number,
): Result<DraftSecrets, SetupProblem[]> {
  const problems: (SetupProblem | null)[] = [
    certificateProblem(certificate, mchId, wallMs),
    apiKey?.ok === false ? { field: 'apiKey', code: apiKey.error } : null,
    authority?.ok === false ? { field: 'authority', code: authority.error } : null,
    isTooShort(supportPassphrase) ? { field: 'supportPassphrase', code: 'too-short' } : null,
  ];
  const found = problems.filter((problem) => problem !== null);
  if (found.length > 0) return fail(found);
  return ok({
    certificate: certificate.state === 'ready' ? certificate.imported : null,
    apiKey: apiKey?.ok === true ? apiKey.value : null,
    authority: authority?.ok === true ? authority.value : null,
    supportPassphrase,
    proxyPassword: proxyPassword === '' ? null : proxyPassword,
  });
}

function certificateProblem(picked: PickedCertificate, mchId: string, wallMs: number): SetupProblem | null {
  const named = (code: SetupProblem['code'] | null): SetupProblem | null =>
    code === null ? null : { field: 'certificate', code };
  switch (picked.state) {
    case 'none':
      return null;
    case 'p12':
      return named('p12-passphrase');
    case 'half':
      return named(picked.keys.length === 0 ? 'key-unreadable' : 'cert-unreadable');
    case 'refused':
      return named(picked.code);
    case 'ready':
      return named(merchantProblem(picked.imported.certPem, mchId, wallMs));
  }
}
