import { useState, type ReactNode } from 'react';
import type { Acceptance } from '../../../shared/contract/acceptance.ts';
import { inLanguage } from '../../i18n/beijing-time.ts';
import { useT } from '../../i18n/i18n.ts';
import { useKiosk } from '../../state/store.ts';
import { Paper } from '../self-test/paper.tsx';
import { verdictOf } from './acceptance-verdicts.ts';

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
  const verdict = verdictOf(state);
  return (
    <Paper title={t('acceptance.title')}>
      {verdict !== null && (
        <p>
          <strong>{t(verdict.key)}</strong>
        </p>
      )}
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
    </Paper>
  );
}
