import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { openAsked, openNumber, viewOrder } from '../state/actions.ts';
import { splitNumber } from '../input/number-entry.ts';
import { finishedOrders, leavesAtMs, trayOrders, type HeldOrder, type HeldOrders } from '../state/held-order.ts';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../components/button.tsx';
import { Phrase } from '../components/phrase.tsx';
import { TrayCard } from '../order/tray-card.tsx';
import { customerPays, tillOrder, useKiosk } from '../state/store.ts';
import { TrayFrame } from './cue-frame.tsx';
import './tray.css';

/** More than anybody reads. Those before a manager and the oldest come first; the count above includes all. */
const SHOWN_AT_FIRST = 50;

/** Every order that is not done, always in view, and the button for finding an order that is not here. */
export function Tray(): ReactNode {
  const t = useT();
  const orders = useKiosk((state) => state.orders);
  const current = useKiosk((state) => tillOrder(state)?.view.orderId);
  const [showsAll, setShowsAll] = useState(false);
  const shownMax = showsAll ? Infinity : SHOWN_AT_FIRST;
  const open = useMemo(() => trayOrders(orders), [orders]);
  const finished = useFinished(orders, current);
  return (
    <aside className="tray" data-testid="tray" aria-label={t('tray.title')}>
      <TrayFrame />
      <h2 className="tray__title">
        {t('tray.title')}
        <span className="tray__count">{t('tray.count', { count: open.length })}</span>
        <kbd className="key-hint" aria-hidden="true">
          F8
        </kbd>
      </h2>
      <div className="tray__lists">
        <Asked />
        {open.length === 0 && (
          <p className="tray__empty">
            <b>{t('tray.empty')}</b>
            <span>
              <Phrase>{t('tray.emptyNote')}</Phrase>
            </span>
          </p>
        )}
        <ul className="tray__list">
          {open.slice(0, shownMax).map((order) => (
            <li key={order.view.orderId}>
              <TrayCard order={order} current={order.view.orderId === current} onOpen={viewOrder} />
            </li>
          ))}
        </ul>
        {open.length > shownMax && (
          <Button
            label={t('tray.more', { count: open.length - shownMax })}
            testId="tray-more"
            onPress={() => setShowsAll(true)}
          />
        )}
        {finished.length > 0 && (
          <section className="tray__finished">
            <h3 className="tray__subtitle">{t('tray.recent')}</h3>
            <ul className="tray__list">
              {finished.map((order) => (
                <li key={order.view.orderId}>
                  <TrayCard finished order={order} current={order.view.orderId === current} onOpen={viewOrder} />
                </li>
              ))}
            </ul>
          </section>
        )}
      </div>
      <Button icon="keypad" label={t('number.open')} hint="F6" testId="enter-number" onPress={() => openNumber('')} />
    </aside>
  );
}

/** The orders that ended last; each leaves by itself after its time. */
function useFinished(orders: HeldOrders, current: string | undefined): readonly HeldOrder[] {
  const [nowMs, setNowMs] = useState(() => performance.now());
  const finished = useMemo(() => finishedOrders(orders, current, nowMs), [orders, current, nowMs]);
  const next = finished.length === 0 ? null : Math.min(...finished.map(leavesAtMs));
  useEffect(() => {
    if (next === null) return undefined;
    const timer = setTimeout(() => setNowMs(performance.now()), Math.max(0, next - performance.now()) + 2);
    return () => clearTimeout(timer);
  }, [next]);
  return finished;
}

/** The order of a link from the till software, until the cashier has time for it. */
function Asked(): ReactNode {
  const t = useT();
  const asked = useKiosk((state) => state.asked);
  const cameraOn = useKiosk(customerPays);
  if (asked === null) return null;
  const label = t('tray.asked', { tail: splitNumber(asked.number).tail });
  return <Button look="wait" icon="history" label={label} disabled={cameraOn} testId="asked" onPress={openAsked} />;
}
