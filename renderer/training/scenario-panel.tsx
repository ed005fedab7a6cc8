import type { ReactNode } from 'react';
import { IntlProvider } from 'use-intl';
import type { Scenario } from '../../shared/scenarios.ts';
import { setScenario } from '../acts.ts';
import { useT } from '../i18n.ts';
import { Button } from '../parts/button.tsx';
import { useModal } from '../parts/use-modal.ts';
import { useKiosk } from '../store.ts';
import { closePanel } from './door.ts';
import { scenarioGroups } from './scenario-groups.ts';
import { courseWordsOf } from './words.ts';
import './scenario-panel.css';

/** What the practice gateway shall do to the next payment: everything that a cashier may meet, one tap each. */
export function ScenarioPanel(): ReactNode {
  const language = useKiosk((state) => state.language);
  return (
    <IntlProvider locale={language} messages={courseWordsOf[language]}>
      <Panel />
    </IntlProvider>
  );
}

function Panel(): ReactNode {
  const t = useT();
  const dialog = useModal();
  const chosen = useKiosk((state) => state.scenario);
  const choose = (scenario: Scenario): void => {
    closePanel();
    void setScenario(scenario);
  };
  return (
    <dialog ref={dialog} className="scenarios" aria-labelledby="scenarios-title" data-own-keys data-testid="scenarios" onCancel={closePanel}>
      <div className="scenarios__page" tabIndex={-1} autoFocus>
        <header className="scenarios__head">
          <div>
            <h2 id="scenarios-title" className="scenarios__title">
              {t('scenarios.title')}
            </h2>
            <p>{t('scenarios.note')}</p>
          </div>
          <Button icon="close" label={t('scenarios.close')} hint="Esc" testId="scenarios-close" onPress={closePanel} />
        </header>
        <div className="scenarios__groups">
          {scenarioGroups.map(([group, names]) => (
            <section key={group} aria-labelledby={`scenarios-${group}`}>
              <h3 id={`scenarios-${group}`} className="scenarios__group">
                {t(`scenario.group.${group}`)}
              </h3>
              <ul className="scenarios__list">
                {names.map((name) => (
                  <li key={name}>
                    <button type="button" className="scenarios__one" aria-pressed={name === chosen} data-testid={`scenario-${name}`} onClick={() => choose(name)}>
                      <b>
                        {name === chosen && '✓ '}
                        {t(`scenario.of.${name}`)}
                      </b>
                      <span className="scenarios__what">{t(`scenarios.what.${name}`)}</span>
                    </button>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      </div>
    </dialog>
  );
}
