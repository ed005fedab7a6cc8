import { useMemo, type ReactNode } from 'react';
import { AboutWords } from './about-words.tsx';
import { closeAbout } from '../../state/actions.ts';
import { useT } from '../../i18n/i18n.ts';
import { Button } from '../../components/button.tsx';
import { Identity } from './identity.tsx';
import { PromiseRow } from './promise-row.tsx';
import { useModal } from '../../components/use-modal.ts';
import { readPromises } from './proof.ts';
import { useKiosk } from '../../state/store.ts';
import { LoudOrders } from '../../order/loud-orders.tsx';
import './about-dialog.css';

/** What this terminal is and what has been proved of it. It lies over the till, so it gives way to what is loud there. */
export function AboutDialog(): ReactNode {
  const t = useT();
  const dialog = useModal();
  const terminal = useKiosk((state) => state.terminal);
  const promises = useMemo(() => readPromises(), []);
  return (
    <dialog ref={dialog} className="about dialog--whole" aria-label={t('about.title')} data-testid="about-dialog" onCancel={closeAbout}>
      <div className="dialog__page" tabIndex={-1} autoFocus>
        <header className="dialog__top">
          <h2 className="dialog__title">{t('about.title')}</h2>
          <LoudOrders testId="about-attention" />
          <Button label={t('about.close')} hint="Esc" testId="about-close" onPress={closeAbout} />
        </header>
        {terminal !== null && <Identity {...terminal} />}
        <h3 className="about__subtitle" id="about-proof">
          {t('about.proof')}
        </h3>
        <ol className="about__promises" aria-labelledby="about-proof" tabIndex={0}>
          <AboutWords>
            {promises.map((promise) => (
              <PromiseRow key={promise.id} promise={promise} />
            ))}
          </AboutWords>
        </ol>
      </div>
    </dialog>
  );
}
