/** The secrets of a set-up: those that were given now, and for the rest those that are stored. */
import type { SetupFields, SetupProblem } from '../../../shared/contract/setup.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { PROXY_OF_ENVIRONMENT, type Merchant } from '../../../shared/settings.ts';
import { merchantProblem } from '../../vault/certificate-import.ts';
import type { WantedSetUp } from './apply-setup.ts';
import type { DraftSecrets } from './setup-draft.ts';
import type { CheckedFields } from './setup-fields.ts';
import type { Credentials, CredentialsProblem, Settings } from '../settings/settings-store.ts';

/** `stored`: the present credentials; `null` if no merchant is set up. */
export function completeSetUp(
  fields: SetupFields,
  { merchant, terminal }: CheckedFields,
  draft: DraftSecrets,
  now: Settings,
  stored: Result<Credentials, CredentialsProblem> | null,
  wallMs: number,
): Result<WantedSetUp, SetupProblem[]> {
  const kept = stored?.ok === true ? stored.value : null;
  const certificate = draft.certificate ?? kept;
  const apiKey = draft.apiKey ?? kept?.apiKey;
  const absent: SetupProblem['code'] =
    stored?.ok === false && stored.error !== 'missing' ? 'stored-unreadable' : 'missing';
  const certCode = certificate === null ? absent : merchantProblem(certificate.certPem, merchant.mchId, wallMs);
  const password = proxyPasswordOf(merchant, draft, now, kept);
  const useless = draft.supportPassphrase !== '' && !['key-store', 'both'].includes(fields.protection);
  const problems: SetupProblem[] = [
    ...named('certificate', certCode),
    ...named('apiKey', apiKey === undefined ? absent : null),
    ...named('supportPassphrase', useless ? 'must-be-empty' : null),
    ...named('proxyPassword', password === null ? absent : null),
  ];
  if (certificate === null || apiKey === undefined || password === null || problems.length > 0) return fail(problems);
  const { certPem, keyPem } = certificate;
  const sameGateway = now.merchant?.gateway.primary === merchant.gateway.primary;
  return ok({
    merchant,
    terminal,
    credentials: {
      apiKey,
      certPem,
      keyPem,
      caPem: draft.authority ?? (sameGateway ? (kept?.caPem ?? null) : null),
      ...password,
    },
    seal: {
      protection: fields.protection,
      ...(draft.supportPassphrase === '' ? {} : { supportPassphrase: draft.supportPassphrase }),
    },
    weakAccepted: fields.acceptWeakProtection,
  });
}

/**
 * The part of the credentials that is the proxy's; `null` if its account has no password. A stored one is used again only
 * at the same proxy and for the same account.
 */
function proxyPasswordOf(
  { gateway: { proxy } }: Merchant,
  { proxyPassword }: DraftSecrets,
  now: Settings,
  kept: Credentials | null,
): Pick<Credentials, 'proxyPassword'> | null {
  if (proxy?.user === undefined || proxy.url === PROXY_OF_ENVIRONMENT) return {};
  if (proxyPassword !== null) return { proxyPassword };
  const before = now.merchant?.gateway.proxy;
  const isSame = before?.url === proxy.url && before.user === proxy.user;
  return isSame && kept?.proxyPassword !== undefined ? { proxyPassword: kept.proxyPassword } : null;
}

const named = (field: SetupProblem['field'], code: SetupProblem['code'] | null): SetupProblem[] =>
  code === null ? [] : [{ field, code }];
