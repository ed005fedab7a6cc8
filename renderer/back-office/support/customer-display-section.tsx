import { useEffect, useState, type ReactNode } from 'react';
import type { CustomerDisplay } from '../../../shared/contract/customer-display.ts';
import { call } from '../../bridge/api.ts';
import { useT } from '../../i18n/i18n.ts';
import { Button } from '../../components/button.tsx';
import { useCommand } from '../../bridge/use-command.ts';
import { Section } from './section.tsx';

/** A display may be plugged in while this page is open. */
const LOOK_AGAIN_MS = 2_000;

/** The customer's display: the display found now, and the switch. */
export function CustomerDisplaySection(): ReactNode {
  const t = useT();
  const [display, setDisplay] = useState<CustomerDisplay | null>(null);
  const { busy, refusal, give } = useCommand('customer-display.switch');
  useEffect(() => {
    let isShown = true;
    const read = async (): Promise<void> => {
      const reply = await call('customer-display.state', {});
      if (isShown && reply.ok) setDisplay(reply.value);
    };
    void read();
    const timer = setInterval(() => void read(), LOOK_AGAIN_MS);
    return () => {
      isShown = false;
      clearInterval(timer);
    };
  }, []);
  const flip = async (enabled: boolean): Promise<void> => {
    const switched = await give({ enabled });
    if (switched !== null) setDisplay(switched.value);
  };
  return (
    <Section
      title={t('customerDisplay.title')}
      what={t('customerDisplay.what')}
      refusal={refusal}
      status={display === null ? null : t(display.enabled ? 'customerDisplay.isOn' : 'customerDisplay.isOff')}
      testId="customer-display"
    >
      <p data-testid="customer-display-found" data-found={display !== null && display.found !== null}>
        {display === null
          ? ''
          : display.found === null
            ? t('customerDisplay.none')
            : t('customerDisplay.found', { width: display.found.width, height: display.found.height })}
      </p>
      <Button
        look={display?.enabled === false ? 'strong' : 'quiet'}
        label={t(display?.enabled === false ? 'customerDisplay.turnOn' : 'customerDisplay.turnOff')}
        disabled={display === null}
        busy={busy}
        testId="customer-display-switch"
        onPress={() => void flip(display?.enabled === false)}
      />
    </Section>
  );
}
