import type { ReactNode } from 'react';
import { scenarioSchema, type Scenario } from '../../shared/scenarios.ts';
import { useT } from '../i18n.ts';
import { scenarioGroups } from './scenario-groups.ts';
import './scenario-picker.css';

export interface ScenarioPickerProps {
  readonly scenario: Scenario;
  readonly onPick: (scenario: Scenario) => void;
}

/** What the practice gateway shall do to the next payment. */
export function ScenarioPicker({ scenario, onPick }: ScenarioPickerProps): ReactNode {
  const t = useT();
  return (
    <label className="scenario">
      <span className="scenario__label">{t('scenario.label')}</span>
      <select
        className="scenario__select"
        data-testid="scenario"
        value={scenario}
        onChange={(event) => onPick(scenarioSchema.parse(event.target.value))}
      >
        {scenarioGroups.map(([group, names]) => (
          <optgroup key={group} label={t(`scenario.group.${group}`)}>
            {names.map((name) => (
              <option key={name} value={name}>
                {t(`scenario.of.${name}`)}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}
