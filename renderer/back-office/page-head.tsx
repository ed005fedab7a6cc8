import type { ReactNode } from 'react';
import { useT } from '../i18n/i18n.ts';
import type { BackOfficeTab } from '../state/back-office-tabs.ts';
import './page-head.css';

export interface PageHeadProps {
  /** The name of the page's tab: a page is called the same wherever it is named. */
  readonly title: BackOfficeTab['title'];
  /** What stands beside the name: how the page stands, and its own acts. */
  readonly children?: ReactNode;
}

/** The top of every page: its name, in the same place, with what belongs to the whole page beside it. */
export function PageHead({ title, children }: PageHeadProps): ReactNode {
  const t = useT();
  return (
    <header className="page-head" data-testid="page-head">
      <h1 className="page-head__title">{t(title)}</h1>
      {children}
    </header>
  );
}
