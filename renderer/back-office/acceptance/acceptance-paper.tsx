import { useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import type { Acceptance } from '../../../shared/contract/acceptance.ts';
import { inLanguage } from '../../i18n/beijing-time.ts';
import { useT } from '../../i18n/i18n.ts';
import { useKiosk } from '../../state/store.ts';
import '../self-test/paper.css';

export interface AcceptancePaperProps {
  readonly orderId: string;
  readonly acceptance: Acceptance;
}

/** The acceptance as one page for paper, beside the app and seen only by a printer. */
export function AcceptancePaper({ orderId, acceptance }: AcceptancePaperProps): ReactNode {
  const t = useT();
  const language = useKiosk((state) => state.language);
  const terminal = useKiosk((state) => state.terminal);
  const [atMs] = useState(() => Date.now());
  const { state, mchId, family, gateway, transactionId, rows } = acceptance;
  const format = inLanguage(language, { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' });
  return createPortal(
    <article className="paper" aria-hidden="true" data-testid="paper">
      <h1>FacePay Kiosk · {t('acceptance.title')}</h1>
      <p>
        <strong>
          {t(
            state === 'accepted'
              ? 'acceptance.accepted'
              : state === 'stuck'
                ? 'acceptance.stuck'
                : 'acceptance.notCharged',
          )}
        </strong>
      </p>
      {terminal?.environment === 'practice' && <p>{t('acceptance.practice')}</p>}
      <p>{[t('acceptance.paper.merchant', { merchant: mchId }), family, gateway].join(' · ')}</p>
      <p>{t('acceptance.paper.store', { store: terminal?.storeName ?? '', device: terminal?.deviceId ?? '' })}</p>
      <p>{[t('acceptance.paper.order', { number: orderId }), transactionId ?? '-'].join(' · ')}</p>
      <p>{t('acceptance.paper.version', { version: terminal?.version ?? '', time: format.format(atMs) })}</p>
      <ul>
        {rows.map((row) => (
          <li key={row.seq}>
            {[format.format(row.atMs), row.what, row.result, row.errCode, row.recall, row.host]
              .filter((part) => part !== null)
              .join(' · ')}
          </li>
        ))}
      </ul>
      <footer>
        <span>{t('selfTest.paperNote')}</span>
        <span className="paper__sign">{t('selfTest.signature')}</span>
      </footer>
    </article>,
    document.body,
  );
}
