import type { ReactNode } from 'react';
import { useCommand } from '../../bridge/use-command.ts';
import { ChoiceCards } from '../../components/form/choice-cards.tsx';
import { useT } from '../../i18n/i18n.ts';
import { kiosk, useKiosk } from '../../state/store.ts';
import { Section } from './section.tsx';

/** Offered; another time that a file has set is offered as well. */
const USUAL_SECONDS = [3, 5, 10, 20];

/** Whether the till returns to the keypad by itself after a paid order, and when. */
export function ReturnSection(): ReactNode {
  const t = useT();
  const seconds = useKiosk((state) => state.returnSeconds);
  const { refusal, give } = useCommand('till.set-return');
  const choose = async (next: number): Promise<void> => {
    // The choice is marked at once: arrow keys go on from it.
    kiosk.setState({ returnSeconds: next });
    if ((await give({ seconds: next })) === null) kiosk.setState({ returnSeconds: seconds });
  };
  const offered = [...new Set([0, ...USUAL_SECONDS, seconds])].sort((a, b) => a - b);
  return (
    <Section
      title={t('tillReturn.title')}
      what={t('tillReturn.what')}
      refusal={refusal}
      status={null}
      testId="till-return"
    >
      <div className="support__choices">
        <ChoiceCards
          legend={t('tillReturn.when')}
          choices={offered.map((value) => ({
            value: String(value),
            title: value === 0 ? t('tillReturn.never') : t('tillReturn.after', { seconds: value }),
          }))}
          chosen={String(seconds)}
          onChoose={(value) => void choose(Number(value))}
          testId="till-return-when"
        />
      </div>
    </Section>
  );
}
