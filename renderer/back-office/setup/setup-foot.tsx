import { useEffect, useRef, type ReactNode } from 'react';
import { useT } from '../../i18n/i18n.ts';
import { Button } from '../../components/button.tsx';

export interface SetupFootProps {
  /** Whether the question stands in the place of the buttons; whoever goes on with the fields has answered it. */
  readonly asks: boolean;
  readonly onAsk: (asks: boolean) => void;
  readonly losesSomething: () => boolean;
  readonly onLeave: () => void;
  readonly leaveTestId: string;
  /** The way on and back. */
  readonly children: ReactNode;
}

/** The foot of each page of set-up. The way out asks only when something would be lost. */
export function SetupFoot({ asks, onAsk, losesSomething, onLeave, leaveTestId, children }: SetupFootProps): ReactNode {
  const t = useT();
  if (asks) return <LeaveSurely onLeave={onLeave} onStay={() => onAsk(false)} />;
  return (
    <footer className="wizard__foot">
      <Button
        label={t('setup.leave')}
        testId={leaveTestId}
        onPress={() => {
          if (losesSomething()) onAsk(true);
          else onLeave();
        }}
      />
      <span className="wizard__foot-gap" />
      {children}
    </footer>
  );
}

/** A secret stands only in its own field until main has it, so the page itself is asked for those. */
export const hasTypedSecret = (page: HTMLElement | null): boolean =>
  Array.from(page?.querySelectorAll<HTMLInputElement>('[data-secret]') ?? []).some(({ value }) => value !== '');

interface LeaveSurelyProps {
  readonly onLeave: () => void;
  readonly onStay: () => void;
}

function LeaveSurely({ onLeave, onStay }: LeaveSurelyProps): ReactNode {
  const t = useT();
  const question = useRef<HTMLParagraphElement>(null);
  useEffect(() => question.current?.focus(), []);
  return (
    <footer className="wizard__foot" data-testid="setup-leave-asked">
      <p ref={question} className="wizard__leave" role="alert" tabIndex={-1}>
        {t('setup.leaveAsk')}
      </p>
      <span className="wizard__foot-gap" />
      <Button look="alarm" label={t('setup.leaveDrop')} testId="setup-leave-drop" onPress={onLeave} />
      <Button submit look="strong" label={t('setup.leaveStay')} testId="setup-leave-stay" onPress={onStay} />
    </footer>
  );
}
