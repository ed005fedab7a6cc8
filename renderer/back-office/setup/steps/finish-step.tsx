import { useEffect, useRef, type ReactNode } from 'react';
import { useT, type KeysOf } from '../../../i18n/i18n.ts';
import { Button } from '../../../components/button.tsx';
import { HoldButton } from '../../../components/form/hold-button.tsx';
import { SummaryList } from '../../../components/form/summary-list.tsx';
import type { ProblemCode } from '../field-rules.ts';
import { ProtectionChoice } from './protection-choice.tsx';
import { check, goTo } from '../setup-acts.ts';
import { apply } from '../setup-applying.ts';
import { useSetupForm, type Entry } from '../setup-form.ts';
import { problemWords } from '../setup-words.ts';
import { SetupNote, StepFrame } from '../step-frame.tsx';
import { stepOf } from '../plan.ts';
import { entryRows } from '../summary-rows.ts';

/** What WeChat answered. The answer may change after something was corrected at WeChat, so it can be asked again. */
const ANSWERS: ReadonlySet<ProblemCode> = new Set([
  'sign-refused',
  'certificate-refused',
  'merchant-refused',
  'server-not-trusted',
  'proxy-account',
  'proxy-refused',
  'no-proxy-there',
  'not-saved',
]);

const ENVIRONMENT_KEYS = {
  live: 'setup.finish.live',
  practice: 'setup.finish.practice',
} as const satisfies KeysOf<'setup.finish', NonNullable<Entry['environment']>>;

/** Everything that was entered, what is still wrong and where, and the button that puts it into force. */
export function FinishStep({ entry }: { readonly entry: Entry }): ReactNode {
  const t = useT();
  const state = useSetupForm((form) => form.state);
  const refused = useRef(entry.refused);
  useEffect(() => {
    // WeChat's answer stays until something is changed; main alone could not give it again.
    if (!refused.current) void check();
  }, []);
  const weak = entry.problems.some(({ code }) => code === 'weak-protection');
  const problems = entry.problems.filter(({ code }) => code !== 'weak-protection');
  const elsewhere = problems.filter(({ field }) => stepOf(field) !== 'finish');
  return (
    <StepFrame
      entry={entry}
      wide
      title={t('setup.finish.title')}
      last={<ApplyButton weak={weak} wrong={problems.some(({ code }) => !ANSWERS.has(code))} />}
    >
      {entry.refused && (
        <SetupNote tone="alarm" icon="warning" words={t('setup.finish.refused')} testId="setup-refused" />
      )}
      {!entry.refused && elsewhere.length > 0 && (
        <SetupNote
          tone="alarm"
          icon="warning"
          words={t('setup.finish.wrong', { count: elsewhere.length })}
          testId="setup-wrong"
        />
      )}
      {entry.environment !== null && problems.length === 0 && !weak && (
        <SetupNote
          tone={entry.environment === 'live' ? 'wait' : 'process'}
          icon={entry.environment === 'live' ? 'warning' : 'circleCheck'}
          words={t(ENVIRONMENT_KEYS[entry.environment])}
          testId={`setup-${entry.environment}`}
        />
      )}
      {weak && (
        <SetupNote
          tone="alarm"
          icon="lock"
          words={problemWords(t, 'weak-protection', 'protection')}
          testId="setup-weak"
        />
      )}
      {state !== null && (
        <div className="wizard__halves">
          <SummaryList
            rows={entryRows(t, entry, state).map(({ step, ...row }) => ({
              ...row,
              ...(step === null ? {} : { action: { label: t('setup.change'), onPress: () => goTo(step) } }),
            }))}
          />
          <ProtectionChoice entry={entry} protection={state.protection} />
        </div>
      )}
      {problems
        .filter(({ field }) => stepOf(field) === 'finish')
        .map(({ field, code }) => (
          <SetupNote
            key={`${field} ${code}`}
            tone="alarm"
            icon="warning"
            words={problemWords(t, code, field)}
            testId={`problem-${field}`}
          />
        ))}
    </StepFrame>
  );
}

/** Real money behind the weakest lock is accepted by holding the button; the consent goes into the audit trail. */
function ApplyButton({ weak, wrong }: { readonly weak: boolean; readonly wrong: boolean }): ReactNode {
  const t = useT();
  const busy = useSetupForm((form) => form.busy !== null);
  if (weak && !wrong) {
    return (
      <HoldButton
        look="alarm"
        icon="lock"
        label={t('setup.finish.hold')}
        busy={busy}
        testId="setup-accept-weak"
        onHeld={() => void apply(true)}
      />
    );
  }
  return (
    <Button
      size="tall"
      look="strong"
      label={t('setup.finish.apply')}
      disabled={wrong}
      busy={busy}
      testId="setup-apply"
      onPress={() => void apply(false)}
    />
  );
}
