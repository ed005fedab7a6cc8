import { useMemo, useState, type ReactNode } from 'react';
import zhCN from '../../../shared/locales/zh-CN.json';
import en from '../../../shared/locales/en.json';
import aboutZhCN from '../../../shared/locales/about.zh-CN.json';
import aboutEn from '../../../shared/locales/about.en.json';
import type { Language } from '../../../shared/settings.ts';
import { closeAbout } from '../../state/actions.ts';
import { useT, type TillWords } from '../../i18n/i18n.ts';
import { useReaderRole } from '../../i18n/reader-role.ts';
import { MoreWords } from '../../i18n/more-words.tsx';
import { Button } from '../../components/button.tsx';
import { Identity } from './identity.tsx';
import { Licences } from './licences.tsx';
import { PromiseRow } from './promise-row.tsx';
import { TechnicalButton } from '../../components/technical.tsx';
import { useModal } from '../../components/use-modal.ts';
import { readPromises } from './proof.ts';
import { useKiosk } from '../../state/store.ts';
import { LoudOrders } from '../../order/loud-orders.tsx';
import './about-dialog.css';

/** All words of each language: the till's, and those of the proof, which load with this page. */
const aboutWordsOf: Readonly<Record<Language, TillWords & typeof aboutZhCN>> = {
  'zh-CN': { ...zhCN, ...aboutZhCN },
  en: { ...en, ...aboutEn },
};

/** Adds the words of the proof to the till's for its children. */
const AboutWords = ({ children }: { readonly children: ReactNode }): ReactNode => (
  <MoreWords words={aboutWordsOf}>{children}</MoreWords>
);

/**
 * What this terminal is and does, whom to call, and what it promises; the figures of the proof and the licences of what it
 * is made of stand behind buttons. It covers the till, so it closes when something there is
 * loud.
 */
export function AboutDialog(): ReactNode {
  const t = useT();
  const reader = useReaderRole();
  const dialog = useModal();
  const terminal = useKiosk((state) => state.terminal);
  const promises = useMemo(() => readPromises(), []);
  const [technical, setTechnical] = useState(false);
  const [licences, setLicences] = useState(false);
  return (
    <dialog
      ref={dialog}
      className="about dialog--whole"
      aria-label={t('about.title')}
      data-testid="about-dialog"
      onCancel={closeAbout}
    >
      <div className="dialog__page" tabIndex={-1} autoFocus>
        <header className="dialog__top">
          <h2 className="dialog__title">{t('about.title')}</h2>
          <LoudOrders testId="about-attention" />
          <Button label={t('about.close')} hint="Esc" testId="about-close" onPress={closeAbout} />
        </header>
        <p className="about__what">{t('about.what')}</p>
        {terminal !== null && <Identity {...terminal} technical={technical} />}
        <div className="about__call">
          <p>
            <b>{t('about.whom')}</b> {t('about.call', { reader })}
          </p>
          <TechnicalButton open={technical} onToggle={() => setTechnical(!technical)} />
        </div>
        <AboutWords>
          <LicencesHead open={licences} onToggle={() => setLicences(!licences)} />
          {licences ? (
            <Licences />
          ) : (
            <ol className="about__promises" aria-labelledby="about-proof" tabIndex={0}>
              {promises.map((promise) => (
                <PromiseRow key={promise.id} promise={promise} technical={technical} />
              ))}
            </ol>
          )}
        </AboutWords>
      </div>
    </dialog>
  );
}

interface LicencesHeadProps {
  readonly open: boolean;
  readonly onToggle: () => void;
}

/** What is shown below, the promises or the licences. A part of its own: its words come with this page. */
function LicencesHead({ open, onToggle }: LicencesHeadProps): ReactNode {
  const t = useT();
  return (
    <div className="about__head">
      <h3 className="about__subtitle" id="about-proof">
        {t(open ? 'licences.open' : 'about.proof')}
      </h3>
      <Button icon="file" label={t('licences.open')} expanded={open} testId="licences" onPress={onToggle} />
    </div>
  );
}
