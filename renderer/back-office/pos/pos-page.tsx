import { useEffect, useState, type ReactNode } from 'react';
import type { PosStatus } from '../../../shared/contract/pos.ts';
import { call } from '../../bridge/api.ts';
import { useT, type KeysOf } from '../../i18n/i18n.ts';
import { Icon } from '../../components/icon.tsx';
import { kiosk } from '../../state/store.ts';
import { PageHead } from '../page-head.tsx';
import { PosSwitch } from './pos-switch.tsx';
import { PosToken } from './pos-token.tsx';
import './pos-page.css';

/** When the port is in use, main tries it again by itself. */
const LOOK_AGAIN_MS = 2_000;

/** Whether till software may connect, on which port, and with which token. A technician's page. */
export function PosPage(): ReactNode {
  const t = useT();
  const [status, setStatus] = useState<PosStatus | null>(null);
  const isTrying = status?.problem === 'port-in-use';
  useEffect(() => {
    let isShown = true;
    const look = async (): Promise<void> => {
      const reply = await call('pos.status', {});
      if (!isShown) return;
      if (reply.ok) setStatus(reply.value);
      else kiosk.setState({ problem: { place: 'back-office', code: reply.code, field: reply.field } });
    };
    void look();
    const timer = isTrying ? setInterval(() => void look(), LOOK_AGAIN_MS) : undefined;
    return () => {
      isShown = false;
      clearInterval(timer);
    };
  }, [isTrying]);
  return (
    <>
      <PageHead title="pos.title" />
      <div className="pos">
        <p className="pos__intro">{t('pos.intro')}</p>
        {status === null ? (
          <p>{t('pos.loading')}</p>
        ) : (
          <>
            <State status={status} />
            <PosSwitch status={status} onStatus={setStatus} />
            <PosToken token={status.token} onStatus={setStatus} />
            <section className="pos__part">
              <h3>{t('pos.linkTitle')}</h3>
              <p className="pos__hint">{t('pos.linkHint')}</p>
              <code className="pos__code">facepay-kiosk://order/20261124103000001</code>
            </section>
          </>
        )}
      </div>
    </>
  );
}

const PROBLEM_KEYS = {
  'port-in-use': 'pos.problem.port-in-use',
  'port-refused': 'pos.problem.port-refused',
  'settings-unreadable': 'pos.problem.settings-unreadable',
} as const satisfies KeysOf<'pos.problem', NonNullable<PosStatus['problem']>>;

interface StateProps {
  readonly status: PosStatus;
}

function State({ status: { enabled, running, port, problem, token } }: StateProps): ReactNode {
  const t = useT();
  const address = `http://127.0.0.1:${String(port)}`;
  const isOn = enabled && running;
  const words = !isOn ? t('pos.state.off') : token === null ? t('pos.state.noToken') : t('pos.state.on', { address });
  const tone = problem !== null ? 'alarm' : !isOn ? undefined : token === null ? 'wait' : 'clear';
  return (
    <p
      className="pos__state"
      data-tone={tone}
      data-testid="pos-state"
      data-running={isOn}
      data-problem={problem ?? undefined}
      role="status"
    >
      <Icon name={problem !== null ? 'warning' : isOn ? 'plug' : 'stop'} />
      {problem === null ? words : t(PROBLEM_KEYS[problem])}
    </p>
  );
}
