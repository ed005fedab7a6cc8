import { useState, type ReactNode } from 'react';
import type { SetupState } from '../../../../shared/contract/setup.ts';
import { useT, type KeysOf } from '../../../i18n/i18n.ts';
import { Button } from '../../../components/button.tsx';
import { HoldButton } from '../../../components/form/hold-button.tsx';
import { SummaryList } from '../../../components/form/summary-list.tsx';
import { startReason } from '../../../i18n/code-words.ts';
import { begin } from '../setup-acts.ts';
import { goBack, openProvision } from '../setup-applying.ts';
import { PROTECTION_KEYS, secretsTrouble } from '../setup-words.ts';
import { SetupNote } from '../step-frame.tsx';
import { planFor, wholePlan } from '../plan.ts';
import { storedRows } from '../summary-rows.ts';

export interface OverviewPanelProps {
  readonly state: SetupState;
}

const ENVIRONMENT_KEYS = {
  live: 'setup.overview.live',
  practice: 'setup.overview.practice',
} as const satisfies KeysOf<'setup.overview', SetupState['environment']>;

const FACEPAY_KEYS = {
  opens: 'setup.facepay.opens',
  'with-passphrase': 'setup.facepay.with-passphrase',
  cannot: 'setup.facepay.cannot',
} as const satisfies KeysOf<'setup.facepay', SetupState['protection']['facepay']>;

/** What is set up now. Each part is changed by itself. */
export function OverviewPanel({ state }: OverviewPanelProps): ReactNode {
  const t = useT();
  const [nowMs] = useState(() => Date.now());
  const trouble = secretsTrouble(t, state);
  const { notOpened, protection, previous } = state;
  return (
    <div className="wizard__column setup-overview" data-testid="setup-overview">
      {notOpened !== null && (
        <SetupNote
          tone="alarm"
          icon="warning"
          words={startReason(t, `${notOpened.part}:${notOpened.code}`)}
          testId="setup-not-opened"
        />
      )}
      {trouble !== null && <SetupNote tone="alarm" icon="lock" words={trouble} testId="setup-secrets" />}
      <SetupNote
        tone={state.environment === 'live' ? 'clear' : 'process'}
        icon="circleCheck"
        words={t(ENVIRONMENT_KEYS[state.environment])}
      />
      <SummaryList
        rows={storedRows(t, state, nowMs).map(({ step, ...row }) => ({
          ...row,
          ...(step === null || step === 'finish'
            ? {}
            : { action: { label: t('setup.change'), onPress: () => void begin(planFor(step)) } }),
        }))}
      />
      <SummaryList
        rows={[
          {
            id: 'protection',
            name: t('setup.field.protection'),
            value: protection.now === null ? t('setup.none') : t(PROTECTION_KEYS[protection.now].title),
            note:
              protection.now === protection.recommended
                ? { tone: 'clear', words: t(FACEPAY_KEYS[protection.facepay]) }
                : { tone: 'wait', words: t('setup.overview.better') },
            action: { label: t('setup.change'), onPress: () => void begin(['finish']) },
          },
        ]}
      />
      {previous !== null && <Previous mchId={previous.mchId} />}
      <div className="setup-row">
        <Button label={t('setup.overview.whole')} testId="setup-whole" onPress={() => void begin(wholePlan(true))} />
        <Button
          icon="file"
          label={t('setup.provision.import')}
          testId="setup-import"
          onPress={() => void openProvision()}
        />
      </div>
    </div>
  );
}

/** The set-up before this one, while it is possible to go back to it. */
function Previous({ mchId }: { readonly mchId: string }): ReactNode {
  const t = useT();
  return (
    <section className="wizard__section" aria-label={t('setup.previous.title')}>
      <SetupNote
        tone="wait"
        icon="history"
        words={t('setup.previous.title')}
        more={t('setup.previous.why', { number: mchId })}
      />
      <div className="setup-row">
        <HoldButton look="alarm" label={t('setup.previous.hold')} testId="setup-go-back" onHeld={() => void goBack()} />
      </div>
    </section>
  );
}
