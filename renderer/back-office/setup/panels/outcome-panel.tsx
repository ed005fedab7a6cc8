import { useEffect, useRef, type ReactNode } from 'react';
import type { Probe, SetupState } from '../../../../shared/contract/setup.ts';
import { closeBackOffice, openBackOffice } from '../../../state/actions.ts';
import { useT, type KeysOf } from '../../../i18n/i18n.ts';
import { Button } from '../../../components/button.tsx';
import { Icon } from '../../../components/icon.tsx';
import { openStaff, useStaff } from '../../../state/staff.ts';
import { startReason } from '../../../i18n/code-words.ts';
import { openAcceptance } from '../../acceptance/acceptance-open.ts';
import { runSelfTest } from '../../self-test/self-test-run.ts';
import { leave } from '../setup-acts.ts';
import { outcomeSeen } from '../setup-applying.ts';
import type { SetupForm } from '../setup-form.ts';
import { SetupNote } from '../step-frame.tsx';

export interface OutcomePanelProps {
  readonly outcome: NonNullable<SetupForm['outcome']>;
}

/** Money is only spoken of with a device that can take it. */
const TITLE_KEYS = {
  simulated: 'setup.applied.title.simulated',
  'sdk-bridge': 'setup.applied.title.sdk-bridge',
  code: 'setup.applied.title.code',
  absent: 'setup.applied.title.absent',
} as const satisfies KeysOf<'setup.applied.title', SetupState['faceDevice']>;

const PROBE_KEYS = {
  answered: 'setup.applied.answered',
  unreachable: 'setup.applied.unreachable',
} as const satisfies KeysOf<'setup.applied', Probe>;

const FILE_KEYS = {
  wiped: 'setup.applied.file.wiped',
  left: 'setup.applied.file.left',
} as const satisfies KeysOf<'setup.applied.file', 'wiped' | 'left'>;

/** The result of the set-up, and what to do next. */
export function OutcomePanel({ outcome }: OutcomePanelProps): ReactNode {
  const t = useT();
  const applied = outcome.outcome === 'applied';
  const ready = applied && outcome.state.faceDevice !== 'absent';
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, []);
  return (
    <div
      className="setup-big"
      data-testid={`setup-${outcome.outcome}`}
      data-tone={ready ? 'clear' : applied ? 'wait' : 'alarm'}
    >
      <Icon name={ready ? 'circleCheck' : 'warning'} />
      <h2 ref={heading} tabIndex={-1}>
        {t(applied ? TITLE_KEYS[outcome.state.faceDevice] : 'setup.putBack.title')}
      </h2>
      {applied ? (
        <Applied outcome={outcome} />
      ) : (
        <p>{t('setup.putBack.because', { reason: startReason(t, `${outcome.part}:${outcome.code}`) })}</p>
      )}
      <div className="setup-row">
        {applied && <SelfTestButton />}
        {ready && <AcceptanceButton />}
        {!applied && (
          <Button
            size="tall"
            look="strong"
            label={t('setup.putBack.correct')}
            testId="setup-correct"
            onPress={outcomeSeen}
          />
        )}
        <Button
          size="tall"
          label={t('setup.applied.overview')}
          testId="setup-overview-open"
          onPress={() => {
            outcomeSeen();
            void leave();
          }}
        />
        {applied && (
          <Button
            size="tall"
            label={t('backOffice.backToTill')}
            testId="setup-to-till"
            onPress={() => {
              outcomeSeen();
              closeBackOffice();
            }}
          />
        )}
      </div>
    </div>
  );
}

/** What was set up, and what is still missing. */
function Applied({
  outcome,
}: {
  readonly outcome: Extract<OutcomePanelProps['outcome'], { outcome: 'applied' }>;
}): ReactNode {
  const t = useT();
  const { probe, file, state } = outcome;
  return (
    <>
      <p data-testid="setup-probe" data-probe={probe}>
        {t(PROBE_KEYS[probe])}
      </p>
      {state.faceDevice === 'absent' && (
        <SetupNote
          tone="wait"
          icon="warning"
          words={t('setup.applied.noDevice')}
          more={t('setup.applied.noDeviceWhy')}
          testId="setup-no-device"
        />
      )}
      {file !== null && (
        <SetupNote
          tone={file === 'left' ? 'wait' : 'clear'}
          icon={file === 'left' ? 'warning' : 'circleCheck'}
          words={t(FILE_KEYS[file])}
        />
      )}
    </>
  );
}

/** The first payment, of one fen, and its cancel. */
function AcceptanceButton(): ReactNode {
  const t = useT();
  const mayAccept = useStaff((staff) => staff.view?.role === 'technician');
  if (!mayAccept) return null;
  return (
    <Button
      size="tall"
      label={t('acceptance.open')}
      testId="setup-acceptance"
      onPress={() => {
        outcomeSeen();
        openBackOffice('self-test');
        openAcceptance();
      }}
    />
  );
}

function SelfTestButton(): ReactNode {
  const t = useT();
  // A provisioning file brings the PINs with it, and nobody has signed in with them yet.
  const mayRun = useStaff((staff) => staff.view?.role === 'technician');
  return (
    <Button
      size="tall"
      look="strong"
      label={t(mayRun ? 'setup.applied.selfTest' : 'signIn.open')}
      testId="setup-self-test"
      onPress={() => {
        outcomeSeen();
        if (!mayRun) {
          openStaff();
          return;
        }
        openBackOffice('self-test');
        void runSelfTest();
      }}
    />
  );
}
