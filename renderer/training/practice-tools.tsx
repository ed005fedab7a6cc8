import type { ReactNode } from 'react';
import { NORMAL_SCENARIO } from '../../shared/practice/scenarios.ts';
import { openBackOffice } from '../state/actions.ts';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../components/button.tsx';
import { useStaff } from '../state/staff.ts';
import { useKiosk } from '../state/store.ts';
import { openCourse, openPanel, useTraining } from './training-store.ts';
import { SCENARIO_KEYS } from './scenario-groups.ts';
import { setScenario } from './set-scenario.ts';

/**
 * The band's tools, always in view: the way into set-up, the course, and the scenario. In the course, the course
 * chooses the scenario.
 */
export function PracticeTools(): ReactNode {
  const t = useT();
  const courseIsOn = useTraining(({ course }) => course !== null);
  const scenario = useKiosk((state) => state.scenario) ?? NORMAL_SCENARIO;
  return (
    <>
      {/* What comes and goes stands first: the others stay where they are. */}
      {!courseIsOn && scenario !== NORMAL_SCENARIO && (
        <Button
          icon="again"
          label={t('scenario.reset')}
          testId="scenario-reset"
          onPress={() => void setScenario(NORMAL_SCENARIO)}
        />
      )}
      <SetUpButton />
      {!courseIsOn && (
        <Button icon="person" label={t('training.start')} testId="course-start" onPress={() => openCourse('ask')} />
      )}
      <Button
        icon="choice"
        label={t('scenario.chosen', { name: t(SCENARIO_KEYS[scenario].name) })}
        disabled={courseIsOn}
        testId="scenario"
        onPress={openPanel}
      />
    </>
  );
}

/** The way in for the person who unpacks the terminal: no merchant is set up, and nobody could sign in to do it. */
function SetUpButton(): ReactNode {
  const t = useT();
  const fresh = useStaff((state) => state.view?.pins.technician.set === false);
  return (
    fresh && (
      <Button icon="wrench" label={t('training.setUp')} testId="set-up" onPress={() => openBackOffice('setup')} />
    )
  );
}
