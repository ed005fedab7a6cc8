import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useT } from '../../i18n/i18n.ts';
import { Button } from '../../components/button.tsx';
import { Icon, type IconName } from '../../components/icon.tsx';
import type { Tone } from '../../components/tone.ts';
import { back, leave, next } from './setup-acts.ts';
import { setupForm, useSetupForm, wouldBeLost, type Entry } from './setup-form.ts';
import { stepBefore } from './plan.ts';
import { hasTypedSecret, SetupFoot } from './setup-foot.tsx';

export interface StepFrameProps {
  readonly entry: Entry;
  readonly title: string;
  readonly lead?: string;
  /** Takes the whole width of the page. */
  readonly wide?: boolean;
  /** What happens instead of going on at once. */
  readonly onNext?: () => void;
  readonly nextLabel?: string;
  readonly children: ReactNode;
  /** Shown in place of the button that goes on. */
  readonly last?: ReactNode;
}

/** One step: its title, its fields, and the way on and back. Enter in a field goes on. */
export function StepFrame({
  entry,
  title,
  lead,
  wide = false,
  onNext,
  nextLabel,
  children,
  last,
}: StepFrameProps): ReactNode {
  const t = useT();
  const busy = useSetupForm((form) => form.busy !== null);
  const form = useRef<HTMLFormElement>(null);
  useFocusOnFirstError(form, entry);
  const [leaving, setLeaving] = useState(false);
  const before = stepBefore(entry.step, entry.plan);
  return (
    <form
      ref={form}
      className="wizard"
      data-testid={`setup-step-${entry.step}`}
      noValidate
      onSubmit={(event) => event.preventDefault()}
    >
      <div className="wizard__body" onFocus={() => setLeaving(false)}>
        <div className={wide ? 'wizard__column wizard__column--wide' : 'wizard__column'}>
          <StepTitle
            title={title}
            where={
              entry.plan.length === 1
                ? null
                : t('setup.where', { now: entry.plan.indexOf(entry.step) + 1, of: entry.plan.length })
            }
          />
          {lead !== undefined && <p className="wizard__lead">{lead}</p>}
          {entry.forgotten && <SetupNote tone="wait" icon="hourglass" words={t('setup.forgotten')} />}
          {children}
        </div>
      </div>
      <SetupFoot
        asks={leaving}
        onAsk={setLeaving}
        losesSomething={() => losesSomething(entry, form.current)}
        onLeave={() => void leave()}
        leaveTestId="setup-leave"
      >
        {before !== null && <Button label={t('setup.back')} testId="setup-back" onPress={back} />}
        {last ?? (
          <Button
            submit
            look="strong"
            label={nextLabel ?? t('setup.next')}
            busy={busy}
            testId="setup-next"
            onPress={onNext ?? (() => void next())}
          />
        )}
      </SetupFoot>
    </form>
  );
}

function losesSomething(entry: Entry, form: HTMLFormElement | null): boolean {
  return hasTypedSecret(form) || wouldBeLost(entry, setupForm.getState().state?.fields ?? entry.fields);
}

/** Read out when the step appears, unless one of its fields takes the focus itself. */
function StepTitle({ title, where }: { readonly title: string; readonly where: string | null }): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (heading.current?.closest('form')?.contains(document.activeElement) !== true) heading.current?.focus();
  }, []);
  return (
    <h2 ref={heading} className="wizard__title" tabIndex={-1}>
      {title}
      {where !== null && <span className="wizard__where">{where}</span>}
    </h2>
  );
}

/** A person who wants to go on and cannot is taken to the first field with an error. */
function useFocusOnFirstError(form: React.RefObject<HTMLFormElement | null>, { heldBack }: Entry): void {
  const seen = useRef(heldBack);
  useEffect(() => {
    if (seen.current === heldBack) return;
    seen.current = heldBack;
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid]');
    wrong?.focus();
    wrong?.closest('.field')?.scrollIntoView({ block: 'nearest' });
  }, [form, heldBack]);
}

export interface SetupNoteProps {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly words: string;
  readonly more?: string;
  readonly testId?: string;
}

/** A message about the step as a whole. */
export function SetupNote({ tone, icon, words, more, testId }: SetupNoteProps): ReactNode {
  return (
    <div className="setup-note" role="status" data-tone={tone} data-testid={testId}>
      <Icon name={icon} />
      <div>
        {words}
        {more !== undefined && <p>{more}</p>}
      </div>
    </div>
  );
}
