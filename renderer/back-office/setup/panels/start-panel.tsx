import { type ReactNode } from 'react';
import type { SetupState } from '../../../../shared/contract/setup.ts';
import { useT } from '../../../i18n/i18n.ts';
import { Button } from '../../../components/button.tsx';
import { startReason } from '../../../i18n/code-words.ts';
import { begin } from '../setup-acts.ts';
import { openProvision } from '../setup-applying.ts';
import { SetupNote } from '../step-frame.tsx';

export interface StartPanelProps {
  readonly state: SetupState;
}

const needs = ['setup.start.need.ids', 'setup.start.need.key', 'setup.start.need.certificate'] as const;

/** Nothing is set up yet: what to have ready, and the two ways to begin. */
export function StartPanel({ state }: StartPanelProps): ReactNode {
  const t = useT();
  return (
    <div className="setup-big" data-testid="setup-start" data-tone="process">
      <h2>{t('setup.start.title')}</h2>
      <p>{t('setup.start.lead')}</p>
      {state.notOpened !== null && (
        <SetupNote
          tone="alarm"
          icon="warning"
          words={startReason(t, `${state.notOpened.part}:${state.notOpened.code}`)}
        />
      )}
      <ol className="setup-steps-list">
        {needs.map((need, index) => (
          <li key={need}>
            <b>{index + 1}</b>
            {t(need)}
          </li>
        ))}
      </ol>
      <div className="setup-row">
        <Button
          size="money"
          look="strong"
          label={t('setup.start.begin')}
          testId="setup-begin"
          onPress={() => void begin()}
        />
        <Button
          size="money"
          icon="file"
          label={t('setup.provision.import')}
          testId="setup-import"
          onPress={() => void openProvision()}
        />
      </div>
    </div>
  );
}
