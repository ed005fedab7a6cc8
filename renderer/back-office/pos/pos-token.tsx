import { useState, type ReactNode } from 'react';
import type { PosStatus } from '../../../shared/contract/pos.ts';
import { act } from '../../state/actions.ts';
import { inLanguage } from '../../i18n/beijing-time.ts';
import { useT, type MessageKey } from '../../i18n/i18n.ts';
import { Button } from '../../components/button.tsx';
import { useKiosk } from '../../state/store.ts';
import { TokenSecret } from './token-secret.tsx';

export interface PosTokenProps {
  readonly token: PosStatus['token'];
  readonly onStatus: (status: PosStatus) => void;
}

type Asked = 'renew' | 'revoke';

const SURE_KEYS = { renew: 'pos.renewSure', revoke: 'pos.revokeSure' } as const satisfies Record<Asked, MessageKey>;

/** The one token: made, replaced, revoked. An act that disconnects the till software asks first. */
export function PosToken({ token, onStatus }: PosTokenProps): ReactNode {
  const t = useT();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const make = async (): Promise<void> => {
    setAsked(null);
    const made = await act('pos.renew-token', {}, 'back-office');
    if (made === null) return;
    setSecret(made.value.token);
    onStatus(made.value.status);
  };
  const revoke = async (): Promise<void> => {
    setAsked(null);
    setSecret(null);
    const revoked = await act('pos.revoke-token', {}, 'back-office');
    if (revoked !== null) onStatus(revoked.value);
  };
  return (
    <section className="pos__part">
      <h3>{t('pos.tokenTitle')}</h3>
      <TokenName token={token} />
      {secret !== null && <TokenSecret secret={secret} onDone={() => setSecret(null)} />}
      {asked !== null ? (
        <Sure asked={asked} onYes={() => void (asked === 'renew' ? make() : revoke())} onNo={() => setAsked(null)} />
      ) : token === null ? (
        <div className="pos__row">
          <Button look="strong" label={t('pos.make')} testId="pos-make" onPress={() => void make()} />
        </div>
      ) : (
        <div className="pos__row">
          <Button label={t('pos.renew')} testId="pos-renew" onPress={() => setAsked('renew')} />
          <Button label={t('pos.revoke')} testId="pos-revoke" onPress={() => setAsked('revoke')} />
        </div>
      )}
    </section>
  );
}

function TokenName({ token }: Pick<PosTokenProps, 'token'>): ReactNode {
  const t = useT();
  const language = useKiosk((state) => state.language);
  if (token === null) return <p className="pos__hint">{t('pos.tokenNone')}</p>;
  const date = inLanguage(language, { dateStyle: 'medium', timeStyle: 'short' }).format(token.madeAtMs);
  return (
    <p className="pos__hint" data-testid="pos-token">
      {t('pos.token', { id: token.id, date })}
    </p>
  );
}

interface SureProps {
  readonly asked: Asked;
  readonly onYes: () => void;
  readonly onNo: () => void;
}

function Sure({ asked, onYes, onNo }: SureProps): ReactNode {
  const t = useT();
  return (
    <div className="pos__sure" role="alertdialog" aria-label={t(SURE_KEYS[asked])}>
      <p>{t(SURE_KEYS[asked])}</p>
      <div className="pos__row">
        <Button look="quiet" label={t('pos.no')} testId="pos-no" onPress={onNo} />
        <Button look="wait" label={t('pos.yes')} testId="pos-yes" onPress={onYes} />
      </div>
    </div>
  );
}
