import { useEffect, useRef, type ReactNode } from 'react';
import { closeHelp, openAbout, openHelpAt } from '../state/actions.ts';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../components/button.tsx';
import { useModal } from '../components/use-modal.ts';
import { LoudOrders } from '../order/loud-orders.tsx';
import { useKiosk } from '../state/store.ts';
import { guideOf } from './documents.ts';
import { guidePages, type GuidePage } from '../state/guide-pages.ts';
import { GuideBlocks } from './guide-blocks.tsx';
import './help.css';

/** The guide, beside the list of its pages. It covers the page below it, so it closes when something loud comes. */
export function HelpDialog({ page }: { readonly page: GuidePage }): ReactNode {
  const t = useT();
  const dialog = useModal();
  const language = useKiosk((state) => state.language);
  const connected = useKiosk((state) => state.terminal !== null);
  const guide = guideOf[language];
  return (
    <dialog
      ref={dialog}
      className="help dialog--whole"
      aria-label={t('app.help')}
      data-testid="help-dialog"
      onCancel={closeHelp}
    >
      <div className="dialog__page">
        <header className="dialog__top">
          <h2 className="dialog__title">{t('app.help')}</h2>
          <LoudOrders testId="help-attention" />
          <Button label={t('about.close')} hint="Esc" testId="help-close" onPress={closeHelp} />
        </header>
        <div className="help__body">
          <nav className="help__pages" aria-label={t('app.helpPages')}>
            {guidePages.map((name) => (
              <button
                key={name}
                type="button"
                className="help__page"
                aria-current={name === page ? 'page' : undefined}
                data-testid={`help-page-${name}`}
                onClick={() => openHelpAt(name)}
              >
                {guide[name].title}
              </button>
            ))}
            {connected && (
              <button type="button" className="help__page" data-testid="about" onClick={openAbout}>
                {t('about.title')}
              </button>
            )}
          </nav>
          <Article key={page} page={page} />
        </div>
      </div>
    </dialog>
  );
}

/**
 * It has the focus from the start, so that arrow and page keys scroll it. A new page starts at its top, also where the
 * whole dialog scrolls.
 */
function Article({ page }: { readonly page: GuidePage }): ReactNode {
  const language = useKiosk((state) => state.language);
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    section.current?.focus({ preventScroll: true });
    section.current?.closest('dialog')?.scrollTo(0, 0);
  }, []);
  const { title, blocks } = guideOf[language][page];
  return (
    <section ref={section} className="guide" aria-label={title} tabIndex={0} data-testid={`help-${page}`}>
      <h3 className="guide__title">{title}</h3>
      <GuideBlocks blocks={blocks} onPage={openHelpAt} />
    </section>
  );
}
