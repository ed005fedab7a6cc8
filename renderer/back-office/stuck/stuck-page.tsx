import { useCallback, useLayoutEffect, useState, type ReactNode } from 'react';
import type { HeldAction } from '../../../shared/contract/stuck.ts';
import { busyKey } from '../../state/actions.ts';
import { useT } from '../../i18n/i18n.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { listenToInput } from '../../input/input-listeners.ts';
import { useKiosk } from '../../state/store.ts';
import { PageHead } from '../page-head.tsx';
import { ActionBar } from './action-bar.tsx';
import { ActSheet } from './sheets/act-sheet.tsx';
import { DetailsSheet } from './sheets/details-sheet.tsx';
import { NumberSheet } from './sheets/number-sheet.tsx';
import { OrderDecision } from './sheets/order-decision.tsx';
import { actOnStuck, change, readStuck, showMore, stuck, useLiveStuck, useStuck } from './stuck-list.ts';
import { ResultsBar } from './results-bar.tsx';
import { StuckRowItem } from './stuck-row.tsx';
import { allSelected, idOf, nearCount, noneSelected, selectedRows, takes, toggled } from './stuck-state.ts';
import '../../components/problem-note.css';
import './stuck-page.css';

type Open =
  | { readonly what: 'act'; readonly action: HeldAction }
  | { readonly what: 'number'; readonly number: string }
  | { readonly what: 'details' | 'decide'; readonly orderId: string };

/** The manager's list: everything that is stuck, worst first, and what can be done about it, several at once. */
export function StuckPage(): ReactNode {
  useLiveStuck();
  const [open, setOpen] = useState<Open | null>(null);
  const openDetails = useCallback((orderId: string) => setOpen({ what: 'details', orderId }), []);
  const close = (): void => setOpen(null);
  useLayoutEffect(
    () => listenToInput({ of: 'page', onScan: (number) => pickScanned(number) || setOpen({ what: 'number', number }) }),
    [],
  );
  return (
    <>
      <Head onNumber={() => setOpen({ what: 'number', number: '' })} />
      <div className="stuck" data-testid="stuck">
        <ResultsBar />
        <Rows onDetails={openDetails} />
        <Bar onAct={(action) => setOpen({ what: 'act', action })} />
        {open !== null && (
          <OpenSheet
            key={open.what}
            open={open}
            onDecide={(orderId) => setOpen({ what: 'decide', orderId })}
            onClose={close}
          />
        )}
      </div>
    </>
  );
}

function Head({ onNumber }: { readonly onNumber: () => void }): ReactNode {
  const t = useT();
  const { loaded, total, changed } = useStuck((state) => state);
  const near = useStuck(nearCount);
  const shown = useStuck((state) => state.rows.length);
  const unreadable = useStuck((state) => state.unreadable);
  return (
    <>
      <PageHead title="stuck.title">
        <p className="stuck__count" role="status" data-testid="stuck-count">
          {loaded ? t('stuck.count', { count: total }) : t('stuck.loading')}
          {near > 0 && <small data-tone="wait">{t('stuck.near', { count: near })}</small>}
        </p>
        {changed > 0 && (
          <Button
            look="wait"
            icon="again"
            label={t('stuck.changed', { count: changed })}
            testId="stuck-changed"
            onPress={() => void readStuck('in-order')}
          />
        )}
        {changed === 0 && (
          <Button
            icon="again"
            label={t('stuck.refresh')}
            testId="stuck-refresh"
            onPress={() => void readStuck('in-order')}
          />
        )}
        {shown > 1 && <Button label={t('stuck.all')} testId="stuck-all" onPress={() => change(allSelected)} />}
        <Button icon="keypad" label={t('stuck.byNumber')} testId="stuck-by-number" onPress={onNumber} />
      </PageHead>
      {unreadable.length > 0 && (
        <p className="problem-note" role="alert" data-testid="stuck-unreadable">
          <Icon name="warning" />
          {t('stuck.unreadable', { count: unreadable.length, numbers: unreadable.join(', ') })}
        </p>
      )}
    </>
  );
}

/** Marks a scanned order if it is on the list, and shows it. */
function pickScanned(number: string): boolean {
  const state = stuck.getState();
  const found = state.rows.find(({ row: { order } }) => order.outTradeNo === number || order.transactionId === number);
  if (found === undefined) return false;
  const orderId = idOf(found);
  if (!state.selected.has(orderId)) pick(orderId);
  document.querySelector(`[data-order-id="${CSS.escape(orderId)}"]`)?.scrollIntoView({ block: 'nearest' });
  return true;
}

const pick = (orderId: string): void => change((state) => toggled(state, orderId));

function Rows({ onDetails }: { readonly onDetails: (orderId: string) => void }): ReactNode {
  const t = useT();
  const { loaded, rows, selected, results, total } = useStuck((state) => state);
  if (!loaded) return null;
  if (rows.length === 0) {
    return (
      <p className="stuck__empty" data-testid="stuck-empty">
        <Icon name="circleCheck" />
        <b>{t('stuck.empty')}</b>
        <span>{t('stuck.emptyNote')}</span>
      </p>
    );
  }
  return (
    <div className="stuck__scroll" tabIndex={-1}>
      <ul className="stuck__rows">
        {rows.map((shown) => (
          <StuckRowItem
            key={idOf(shown)}
            shown={shown}
            selected={selected.has(idOf(shown))}
            result={results.get(idOf(shown)) ?? null}
            onPick={pick}
            onDetails={onDetails}
          />
        ))}
      </ul>
      {total > rows.length && (
        <p className="stuck__more" role="status" data-testid="stuck-cut">
          {t('stuck.shown', { shown: rows.length, count: total })}
          <Button label={t('stuck.more')} testId="stuck-more" onPress={() => void showMore()} />
        </p>
      )}
    </div>
  );
}

function Bar({ onAct }: { readonly onAct: (action: HeldAction) => void }): ReactNode {
  const busy = useKiosk((state) => state.busy.has(busyKey('manager.act')));
  const rows = selectedRows(useStuck((state) => state));
  if (rows.length === 0) return null;
  const query = (): void => {
    const orderIds = rows.filter((shown) => takes(shown, 'query')).map(idOf);
    if (orderIds.length > 0) void actOnStuck({ action: 'query', orderIds });
  };
  return <ActionBar rows={rows} busy={busy} onQuery={query} onAct={onAct} onClear={() => change(noneSelected)} />;
}

interface OpenSheetProps {
  readonly open: Open;
  readonly onDecide: (orderId: string) => void;
  readonly onClose: () => void;
}

function OpenSheet({ open, onDecide, onClose }: OpenSheetProps): ReactNode {
  // The sheet is about the rows that were marked when it was opened.
  const [rows] = useState(() => selectedRows(stuck.getState()));
  const one = useStuck((state) =>
    'orderId' in open ? state.rows.find((shown) => idOf(shown) === open.orderId) : undefined,
  );
  switch (open.what) {
    case 'act':
      return <ActSheet action={open.action} rows={rows} onClose={onClose} />;
    case 'number':
      return <NumberSheet number={open.number} onClose={onClose} />;
    case 'details':
      return one === undefined ? null : <DetailsSheet shown={one} onDecide={onDecide} onClose={onClose} />;
    case 'decide':
      return (
        <OrderDecision
          orderId={open.orderId}
          {...(one === undefined ? {} : { first: one.row })}
          action={null}
          onSend={actOnStuck}
          onClose={onClose}
        />
      );
  }
}
