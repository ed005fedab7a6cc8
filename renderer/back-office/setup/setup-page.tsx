import { useEffect, type ReactNode } from 'react';
import { useT, type KeysOf } from '../../i18n/i18n.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { Stepper } from '../../components/form/stepper.tsx';
import { openStaff, useStaff } from '../../state/staff.ts';
import { PageHead } from '../page-head.tsx';
import { CertificateStep } from './steps/certificate-step.tsx';
import { FinishStep } from './steps/finish-step.tsx';
import { GatewayStep } from './steps/gateway-step.tsx';
import { IdsStep } from './steps/ids-step.tsx';
import { KeyStep } from './steps/key-step.tsx';
import { ModeStep } from './steps/mode-step.tsx';
import { OutcomePanel } from './panels/outcome-panel.tsx';
import { OverviewPanel } from './panels/overview-panel.tsx';
import { PeopleStep } from './steps/people-step.tsx';
import { ProvisionPanel } from './panels/provision-panel.tsx';
import { StartPanel } from './panels/start-panel.tsx';
import { check, goTo, readState } from './setup-acts.ts';
import { setupForm, useSetupForm, type Entry } from './setup-form.ts';
import { stepIds, stepViews, type StepId } from './plan.ts';
import { TerminalStep } from './steps/terminal-step.tsx';
import { WaitPanel } from './panels/wait-panel.tsx';
import './wizard.css';
import './panels/panels.css';

/** The technician's page: how the terminal is set up, and the way through it. */
export function SetupPage(): ReactNode {
  const t = useT();
  const state = useSetupForm((form) => form.state);
  const entry = useSetupForm((form) => form.entry);
  const provision = useSetupForm((form) => form.provision);
  const outcome = useSetupForm((form) => form.outcome);
  const applying = useSetupForm((form) => form.applying);
  const locked = useSetupForm((form) => form.locked);
  const role = useStaff((staff) => staff.view?.role);
  useEffect(() => {
    // The person at the screen may have changed, or main may have forgotten the secrets meanwhile.
    void readState().then(() => (setupForm.getState().entry === null ? null : check()));
  }, [role]);
  const panelNow = (): ReactNode => {
    if (applying) return <WaitPanel />;
    if (outcome !== null) return <OutcomePanel outcome={outcome} />;
    if (locked) return <LockedPanel />;
    if (state === null) return <p role="status">{t('setup.reading')}</p>;
    if (provision !== null) return <ProvisionPanel provision={provision} />;
    // The steps take the whole screen, each under a title of its own.
    if (entry !== null) return null;
    return state.merchantSet ? <OverviewPanel state={state} /> : <StartPanel state={state} />;
  };
  const panel = panelNow();
  if (panel === null && entry !== null) return <Wizard entry={entry} />;
  return (
    <>
      <PageHead title="setup.title" />
      {panel}
    </>
  );
}

/** What was entered waits until a technician signs in again. */
function LockedPanel(): ReactNode {
  const t = useT();
  return (
    <div className="setup-big" data-testid="setup-locked" data-tone="wait">
      <Icon name="lock" />
      <h2>{t('setup.locked.title')}</h2>
      <p>{t('setup.locked.why')}</p>
      <Button size="money" look="strong" label={t('signIn.open')} testId="setup-sign-in" onPress={openStaff} />
    </div>
  );
}

const STEP_KEYS = {
  people: 'setup.step.people',
  mode: 'setup.step.mode',
  ids: 'setup.step.ids',
  key: 'setup.step.key',
  certificate: 'setup.step.certificate',
  gateway: 'setup.step.gateway',
  terminal: 'setup.step.terminal',
  finish: 'setup.step.finish',
} as const satisfies KeysOf<'setup.step', StepId>;

function Wizard({ entry }: { readonly entry: Entry }): ReactNode {
  const t = useT();
  const steps = stepViews(entry.plan, entry.step, entry.furthest, entry.problems).map((step) => ({
    ...step,
    name: t(STEP_KEYS[step.id]),
  }));
  const Step = stepComponents[entry.step];
  return (
    <div className="setup" data-testid="setup-wizard" data-wizard>
      {steps.length > 1 && (
        <Stepper
          label={t('setup.steps')}
          steps={steps}
          onGo={(id) => stepIds.filter((known) => known === id).forEach(goTo)}
        />
      )}
      <Step key={entry.step} entry={entry} />
    </div>
  );
}

const stepComponents: Readonly<Record<StepId, (props: { readonly entry: Entry }) => ReactNode>> = {
  people: PeopleStep,
  mode: ModeStep,
  ids: IdsStep,
  key: KeyStep,
  certificate: CertificateStep,
  gateway: GatewayStep,
  terminal: TerminalStep,
  finish: FinishStep,
};
