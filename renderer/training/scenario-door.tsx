import { lazy, Suspense, type ReactNode } from 'react';
import { SCENARIO_AT_FIRST, type Scenario } from '../../shared/scenarios.ts';
import { setScenario } from '../acts.ts';
import { useT } from '../i18n.ts';
import { Button } from '../parts/button.tsx';
import { openPanel, usePanelIsOpen } from './door.ts';

/** Who does not train does not load it. */
const ScenarioPanel = lazy(async () => ({ default: (await import('./scenario-panel.tsx')).ScenarioPanel }));

export interface ScenarioDoorProps {
  readonly scenario: Scenario;
}

/** What is practised, always in sight; a tap opens the panel, another goes back to a payment that simply succeeds. */
export function ScenarioDoor({ scenario }: ScenarioDoorProps): ReactNode {
  const t = useT();
  return (
    <>
      <Button icon="choice" label={t('scenario.chosen', { name: t(`scenario.of.${scenario}`) })} testId="scenario" onPress={openPanel} />
      {scenario !== SCENARIO_AT_FIRST && (
        <Button icon="again" label={t('scenario.reset')} testId="scenario-reset" onPress={() => void setScenario(SCENARIO_AT_FIRST)} />
      )}
    </>
  );
}

/** The panel over the till, while it is open. */
export function ScenariosOnTill(): ReactNode {
  const open = usePanelIsOpen();
  return <Suspense>{open && <ScenarioPanel />}</Suspense>;
}
