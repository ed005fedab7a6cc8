/** From the codes of set-up to people's words. */
import type { CertificateFacts, SetupState } from '../../../shared/contract/setup.ts';
import type { Language } from '../../../shared/settings.ts';
import { inLanguage } from '../../i18n/beijing-time.ts';
import type { Translate } from '../../i18n/i18n.ts';
import { startReason } from '../../i18n/code-words.ts';
import type { ProblemCode } from './field-rules.ts';
import { problemAt, type Entry } from './setup-form.ts';
import type { ProblemField } from './plan.ts';

/** What is wrong with a field and what to do, or `null`. */
export function errorAt(t: Translate, entry: Entry, field: ProblemField): string | null {
  const code = problemAt(entry, field);
  return code === null ? null : problemWords(t, code, field);
}

/** `field` by its name on the form. */
export function problemWords(t: Translate, code: ProblemCode, field: ProblemField): string {
  if (field === 'certificate' && code === 'missing') return t('setup.certificate.missing');
  return t(`setup.problem.${code}`, { field: t(`setup.field.${field}`) });
}

const DAY_MS = 86_400_000;
/** From here on a certificate is to be renewed: the platform takes a day or two, and nobody should have to hurry. */
export const RENEW_WITHIN_DAYS = 30;

export const daysLeft = ({ notAfterMs }: CertificateFacts, nowMs: number): number => Math.floor((notAfterMs - nowMs) / DAY_MS);

/** The day in the language of the screen. */
export const dayWords = (language: Language, atMs: number): string =>
  inLanguage(language, { year: 'numeric', month: 'long', day: 'numeric' }).format(atMs);

/** The last groups of a fingerprint are what people compare: `… 9A:0F:3C:77`. */
export const fingerprintTail = ({ fingerprint }: CertificateFacts): string => `… ${fingerprint.split(/[: ]/).slice(-4).join(':').toUpperCase()}`;

/** The merchant's number in a certificate's subject, which WeChat puts in its common name; `null` where there is none. */
export const merchantIn = ({ subject }: CertificateFacts): string | null => /CN=(\d+)/.exec(subject)?.[1] ?? null;

/** What keeps the stored secrets shut; `null` while they can be opened or none are there. */
export const secretsTrouble = (t: Translate, { secrets }: SetupState): string | null =>
  secrets === 'none' || secrets === 'stored' ? null : t('setup.secretsShut', { reason: startReason(t, `credentials:${secrets}`) });
