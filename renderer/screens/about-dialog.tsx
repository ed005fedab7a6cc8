import { useMemo, type ReactNode } from 'react';
import { AboutWords } from '../about-words.tsx';
import { closeAbout, viewOrder } from '../acts.ts';
import { trayOrders } from '../held-order.ts';
import { useT } from '../i18n.ts';
import { Button } from '../parts/button.tsx';
import { Identity } from '../parts/identity.tsx';
import { PromiseRow } from '../parts/promise-row.tsx';
import { useModal } from '../parts/use-modal.ts';
import { readPromises } from '../proof.ts';
import { useKiosk, waitsForSomebody } from '../store.ts';
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
          <LoudOrders />
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

/** The tray behind this page, where somebody is needed there; one tap goes to the first of them. */
function LoudOrders(): ReactNode {
  const t = useT();
  const orders = useKiosk((state) => state.orders);
  const loud = useMemo(() => trayOrders(orders).filter(({ view }) => waitsForSomebody(view)), [orders]);
  const [first] = loud;
  if (first === undefined) return null;
  return (
    <Button
      look="alarm"
      icon="person"
      label={t('about.attention', { count: loud.length })}
      testId="about-attention"
      onPress={() => viewOrder(first.view.orderId)}
    />
  );
}
