import { useEffect, useState, type ReactNode } from 'react';
import type { Appearance } from '../../../shared/contract/appearance.ts';
import { call } from '../../bridge/api.ts';
import { useCommand } from '../../bridge/use-command.ts';
import { ChoiceCards } from '../../components/form/choice-cards.tsx';
import { useT } from '../../i18n/i18n.ts';
import { Section } from './section.tsx';

/** Light or dark, and the size of the text, on both displays. */
export function AppearanceSection(): ReactNode {
  const t = useT();
  const [now, setNow] = useState<Appearance | null>(null);
  const { refusal, give } = useCommand('appearance.switch');
  useEffect(() => {
    let isShown = true;
    void call('appearance.state', {}).then((reply) => {
      if (isShown && reply.ok) setNow(reply.value);
    });
    return () => {
      isShown = false;
    };
  }, []);
  const choose = async (before: Appearance, next: Appearance): Promise<void> => {
    // The choice is marked at once: arrow keys go on from it.
    setNow(next);
    const switched = await give(next);
    if (switched === null) setNow(before);
    else wearText(next.text);
  };
  return (
    <Section
      title={t('appearance.title')}
      what={t('appearance.what')}
      refusal={refusal}
      status={null}
      testId="appearance"
    >
      {now !== null && (
        <div className="support__choices">
          <ChoiceCards
            legend={t('appearance.theme')}
            choices={[
              { value: 'system', title: t('appearance.system') },
              { value: 'light', title: t('appearance.light') },
              { value: 'dark', title: t('appearance.dark') },
            ]}
            chosen={now.theme}
            onChoose={(theme) => void choose(now, { ...now, theme })}
            testId="appearance-theme"
          />
          <ChoiceCards
            legend={t('appearance.text')}
            choices={[
              { value: 'usual', title: t('appearance.usual') },
              { value: 'large', title: t('appearance.large') },
            ]}
            chosen={now.text}
            onChoose={(text) => void choose(now, { ...now, text })}
            testId="appearance-text"
          />
        </div>
      )}
    </Section>
  );
}

/** Main writes this into the pages that it serves from now on; this page is open already. The theme follows by itself. */
function wearText(text: Appearance['text']): void {
  const { dataset } = document.documentElement;
  if (text === 'large') dataset['text'] = 'large';
  else delete dataset['text'];
}
