import { useState, type ReactNode } from 'react';
import { kioskExitSchema, type KioskExit } from '../../../shared/contract/kiosk.ts';
import { useT, type MessageKey } from '../../i18n/i18n.ts';
import { Button } from '../../components/button.tsx';
import { useCommand } from '../../bridge/use-command.ts';
import { Section } from './section.tsx';

const EXIT_KEYS = {
  close: { how: 'kiosk.how.close', sure: 'kiosk.sure.close' },
  restart: { how: 'kiosk.how.restart', sure: 'kiosk.sure.restart' },
  window: { how: 'kiosk.how.window', sure: 'kiosk.sure.window' },
} as const satisfies Record<KioskExit, Record<'how' | 'sure', MessageKey>>;

/** The only way out of full screen. Each needs a second tap: a shop without its till cannot take money. */
export function KioskSection(): ReactNode {
  const t = useT();
  const [asked, setAsked] = useState<KioskExit | null>(null);
  const { busy, refusal, give } = useCommand('kiosk.leave');
  const leave = async (how: KioskExit): Promise<void> => {
    setAsked(null);
    await give({ how });
  };
  return (
    <Section
      title={t('kiosk.title')}
      what={t('kiosk.what')}
      refusal={refusal}
      status={busy ? t('kiosk.leaving') : asked === null ? null : t(EXIT_KEYS[asked].sure)}
      testId="kiosk"
    >
      {asked === null ? (
        kioskExitSchema.options.map((how) => (
          <Button
            key={how}
            label={t(EXIT_KEYS[how].how)}
            busy={busy}
            testId={`kiosk-${how}`}
            onPress={() => setAsked(how)}
          />
        ))
      ) : (
        <>
          <Button
            look="strong"
            label={t(EXIT_KEYS[asked].how)}
            busy={busy}
            testId="kiosk-yes"
            onPress={() => void leave(asked)}
          />
          <Button label={t('kiosk.no')} testId="kiosk-no" onPress={() => setAsked(null)} />
        </>
      )}
    </Section>
  );
}
