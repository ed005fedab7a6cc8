import { useState, type ReactNode } from 'react';
import { posPortSchema, type PosStatus } from '../../../shared/contract/pos.ts';
import { act, busyKey } from '../../state/actions.ts';
import { useT } from '../../i18n/i18n.ts';
import { Button } from '../../components/button.tsx';
import { useKiosk } from '../../state/store.ts';

export interface PosSwitchProps {
  readonly status: PosStatus;
  readonly onStatus: (status: PosStatus) => void;
}

/** On or off, and the port, which can be changed while it is off. */
export function PosSwitch({ status, onStatus }: PosSwitchProps): ReactNode {
  const t = useT();
  const busy = useKiosk((state) => state.busy.has(busyKey('pos.switch')));
  const [text, setText] = useState(String(status.port));
  const port = posPortSchema.safeParse(/^\d{1,5}$/.test(text) ? Number(text) : Number.NaN);
  const flip = async (): Promise<void> => {
    if (!port.success) return;
    const done = await act('pos.switch', { enabled: !status.enabled, port: port.data }, 'back-office');
    if (done !== null) onStatus(done.value);
  };
  return (
    <section className="pos__part pos__row">
      <label className="pos__port">
        <span>{t('pos.port')}</span>
        <input
          className="pos__input"
          data-testid="pos-port"
          inputMode="numeric"
          autoComplete="off"
          maxLength={5}
          disabled={status.enabled}
          aria-invalid={!port.success || undefined}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <Button
        look={status.enabled ? 'quiet' : 'strong'}
        label={t(status.enabled ? 'pos.switchOff' : 'pos.switchOn')}
        disabled={!port.success}
        busy={busy}
        testId="pos-switch"
        onPress={() => void flip()}
      />
      <p className="pos__hint" data-tone={port.success ? undefined : 'alarm'}>
        {t(port.success ? 'pos.portHint' : 'pos.portBad')}
      </p>
    </section>
  );
}
