import { useEffect, type KeyboardEvent, type ReactNode } from 'react';
import { waitsForCustomer } from '../../shared/ipc.ts';
import type { Scenario } from '../../shared/practice/scenarios.ts';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../components/button.tsx';
import { Phrase } from '../components/phrase.tsx';
import { useModal } from '../components/use-modal.ts';
import { isWaitingForSomebody, kiosk, useKiosk } from '../state/store.ts';
import { closePanel } from './training-store.ts';
import { GROUP_KEYS, managerGroups, SCENARIO_KEYS, scenarioGroups, type ScenarioGroup } from './scenario-groups.ts';
import { setScenario, setSource } from './set-scenario.ts';
import './scenario-panel.css';

/** What the practice gateway shall do to the next payment: everything that a cashier may meet, one tap each. */
export function ScenarioPanel(): ReactNode {
  const t = useT();
  const dialog = useModal();
  useEffect(giveWay, []);
  const chosen = useKiosk((state) => state.scenario);
  const choose = (scenario: Scenario): void => {
    closePanel();
    void setScenario(scenario);
  };
  return (
    <dialog
      ref={dialog}
      className="scenarios"
      aria-labelledby="scenarios-title"
      data-own-keys
      data-testid="scenarios"
      onCancel={closePanel}
      onKeyDown={moveByArrow}
    >
      <div className="dialog__page" tabIndex={-1} autoFocus>
        <header className="dialog__top">
          <h2 id="scenarios-title" className="dialog__title">
            {t('scenarios.title')}
          </h2>
          <Sources />
          <Button icon="close" label={t('scenarios.close')} hint="Esc" testId="scenarios-close" onPress={closePanel} />
        </header>
        <p>{t('scenarios.note')}</p>
        <div className="scenarios__groups">
          {scenarioGroups.map(([group, names]) => (
            <Group key={group} group={group} names={names} chosen={chosen} onChoose={choose} />
          ))}
          <details
            className="scenarios__more"
            open={managerGroups.some(([, names]) => names.some((name) => name === chosen))}
          >
            <summary data-testid="scenarios-more">{t('scenarios.more')}</summary>
            {managerGroups.map(([group, names]) => (
              <Group key={group} group={group} names={names} chosen={chosen} onChoose={choose} />
            ))}
          </details>
        </div>
      </div>
    </dialog>
  );
}

interface GroupProps {
  readonly group: ScenarioGroup;
  readonly names: readonly Scenario[];
  readonly chosen: Scenario | null;
  readonly onChoose: (name: Scenario) => void;
}

function Group({ group, names, chosen, onChoose }: GroupProps): ReactNode {
  const t = useT();
  return (
    <section aria-labelledby={`scenarios-${group}`}>
      <h3 id={`scenarios-${group}`} className="scenarios__group">
        {t(GROUP_KEYS[group])}
      </h3>
      <ul className="scenarios__list">
        {names.map((name) => (
          <li key={name}>
            <button
              type="button"
              className="scenarios__one"
              aria-pressed={name === chosen}
              data-testid={`scenario-${name}`}
              onClick={() => onChoose(name)}
            >
              <b>
                {name === chosen && '✓ '}
                <Phrase>{t(SCENARIO_KEYS[name].name)}</Phrase>
              </b>
              <span className="scenarios__what">
                <Phrase>{t(SCENARIO_KEYS[name].what)}</Phrase>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** By face or by payment code: what the shop's own device will be. In the head, so that every scenario stays in view. */
function Sources(): ReactNode {
  const t = useT();
  const source = useKiosk((state) => state.paySource);
  return (
    <div role="group" className="scenarios__sources" aria-label={t('scenarios.source')}>
      <Button
        label={t('scenarios.byFace')}
        icon="person"
        pressed={source === 'face'}
        testId="source-face"
        onPress={() => void setSource('face')}
      />
      <Button
        label={t('scenarios.byCode')}
        icon="phone"
        pressed={source === 'code'}
        testId="source-code"
        onPress={() => void setSource('code')}
      />
    </div>
  );
}

/** A payment that begins and an order that needs a person must be visible on the till. */
function giveWay(): () => void {
  return kiosk.subscribe(({ stage, orders }, before) => {
    const begins = waitsForCustomer(stage) && !waitsForCustomer(before.stage);
    const calls = [...orders.values()].some(
      ({ view }) => isWaitingForSomebody(view) && !isWaitingForSomebody(before.orders.get(view.orderId)?.view),
    );
    if (begins || calls) closePanel();
  });
}

/** The arrow keys move between the scenarios; the focus starts at the chosen one. */
function moveByArrow(event: KeyboardEvent<HTMLDialogElement>): void {
  const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (by === undefined) return;
  event.preventDefault();
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>('.scenarios__one')].filter((one) =>
    one.checkVisibility(),
  );
  const now = all.findIndex((one) => one === document.activeElement);
  const chosen = all.findIndex((one) => one.ariaPressed === 'true');
  all[now < 0 ? Math.max(0, chosen) : Math.min(all.length - 1, Math.max(0, now + by))]?.focus();
}
