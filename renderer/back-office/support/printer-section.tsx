import { useEffect, useState, type ReactNode } from 'react';
import type { SlipPrinter } from '../../../shared/contract/printers.ts';
import { call } from '../../bridge/api.ts';
import { useT } from '../../i18n/i18n.ts';
import { Button } from '../../components/button.tsx';
import { ChoiceCards } from '../../components/form/choice-cards.tsx';
import { useCommand } from '../../bridge/use-command.ts';
import { Section } from './section.tsx';

/** No printer has an empty name. */
const BY_SYSTEM = '';

/** The printer that slips go to. Those that make no paper are named, and cannot be chosen. */
export function PrinterSection(): ReactNode {
  const t = useT();
  const [now, setNow] = useState<SlipPrinter | null>(null);
  const [looks, setLooks] = useState(0);
  const { refusal, give } = useCommand('printer.choose');
  useEffect(() => {
    let isShown = true;
    void call('printer.state', {}).then((reply) => {
      if (isShown && reply.ok) setNow(reply.value);
    });
    return () => {
      isShown = false;
    };
  }, [looks]);
  const lookAgain = (): void => {
    setNow(null);
    setLooks(looks + 1);
  };
  const onChoose = async (before: SlipPrinter, name: string): Promise<void> => {
    const chosen = name === BY_SYSTEM ? null : name;
    // The choice is marked at once: arrow keys go on from it.
    setNow({ ...before, chosen });
    if ((await give({ name: chosen })) === null) setNow(before);
  };
  const printers = now?.printers ?? [];
  const virtual = printers.filter((printer) => printer.virtual).map(({ label }) => label);
  const isGone =
    now !== null && now.chosen !== null && !printers.some(({ name, virtual: none }) => !none && name === now.chosen);
  return (
    <Section
      title={t('printer.title')}
      what={t('printer.what')}
      refusal={refusal}
      status={
        now === null
          ? t('printer.looking')
          : now.printers === null
            ? t('printer.untold')
            : printers.length === 0
              ? t('printer.none')
              : null
      }
      testId="printer"
    >
      {now !== null && (
        <div className="support__choices">
          <ChoiceCards
            legend={t('printer.choose')}
            choices={[
              { value: BY_SYSTEM, title: t('printer.bySystem'), why: t('printer.bySystemWhy') },
              ...printers
                .filter((printer) => !printer.virtual)
                .map(({ name, label }) => ({ value: name, title: label })),
              ...(isGone && now.chosen !== null
                ? [{ value: now.chosen, title: now.chosen, why: t('printer.gone') }]
                : []),
            ]}
            chosen={now.chosen ?? BY_SYSTEM}
            onChoose={(name) => void onChoose(now, name)}
            testId="printer-is"
          />
        </div>
      )}
      {virtual.length > 0 && (
        <p data-testid="printer-virtual">{t('printer.virtual', { names: virtual.join(t('printer.and')) })}</p>
      )}
      <Button label={t('printer.lookAgain')} busy={now === null} testId="printer-look" onPress={lookAgain} />
    </Section>
  );
}
