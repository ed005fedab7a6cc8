import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import type { SelfTestReport } from '../../../shared/self-test.ts';
import { useT } from '../../i18n/i18n.ts';
import { LineList } from './line-list.tsx';
import { ReportHead } from './report-head.tsx';
import './paper.css';

/** The report laid out for paper: one page, black on white. It lies beside the app, and only a printer sees it. */
export function Paper({ report }: { readonly report: SelfTestReport }): ReactNode {
  const t = useT();
  return createPortal(
    <article className="paper" aria-hidden="true" data-testid="paper">
      <h1>FacePay Kiosk · {t('selfTest.title')}</h1>
      <ReportHead report={report} />
      <LineList lines={report.lines} />
      <footer>
        <span>{t('selfTest.paperNote')}</span>
        <span className="paper__sign">{t('selfTest.signature')}</span>
      </footer>
    </article>,
    document.body,
  );
}
