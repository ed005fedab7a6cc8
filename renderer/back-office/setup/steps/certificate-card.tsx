import { useState, type ReactNode } from 'react';
import type { CertificateFacts } from '../../../../shared/contract/setup.ts';
import { useT } from '../../../i18n/i18n.ts';
import { useKiosk } from '../../../state/store.ts';
import { daysLeft, dayWords, fingerprintTail, merchantIn, RENEW_WITHIN_DAYS } from '../setup-words.ts';
import { SetupNote } from '../step-frame.tsx';

export interface CertificateCardProps {
  readonly facts: CertificateFacts;
  /** It is the certificate in use, not a newly picked one. */
  readonly stored: boolean;
  /** No error is known. An error is shown below. */
  readonly fits: boolean;
}

/** The facts in a certificate, so that a person can see whether it is the right one. */
export function CertificateCard({ facts, stored, fits }: CertificateCardProps): ReactNode {
  const t = useT();
  const language = useKiosk((state) => state.language);
  const [nowMs] = useState(() => Date.now());
  const left = daysLeft(facts, nowMs);
  return (
    <section className="wizard__section" aria-label={t('setup.field.certificate')} data-testid="certificate-facts">
      {fits && (
        <SetupNote
          tone={left < RENEW_WITHIN_DAYS ? 'wait' : 'clear'}
          icon={left < RENEW_WITHIN_DAYS ? 'warning' : 'circleCheck'}
          words={t(stored ? 'setup.certificate.inUse' : 'setup.certificate.ready')}
          {...(left < RENEW_WITHIN_DAYS ? { more: t('setup.certificate.renew', { count: Math.max(0, left) }) } : {})}
        />
      )}
      <dl className="facts-card">
        <dt>{t('setup.certificate.merchant')}</dt>
        <dd>{merchantIn(facts) ?? '—'}</dd>
        <dt>{t('setup.certificate.subject')}</dt>
        <dd>{facts.subject}</dd>
        <dt>{t('setup.certificate.validUntil')}</dt>
        <dd>
          {t('setup.certificate.until', { date: dayWords(language, facts.notAfterMs), count: Math.max(0, left) })}
        </dd>
        <dt>{t('setup.certificate.serial')}</dt>
        <dd>{facts.serial}</dd>
        <dt>{t('setup.certificate.fingerprint')}</dt>
        <dd>{fingerprintTail(facts)}</dd>
      </dl>
    </section>
  );
}
