import { useEffect, useState, type ReactNode } from 'react';
import type { AuditRow, HistoryListRow, HistoryOrder } from '../../../shared/contract/history.ts';
import { formatYuan } from '../../../shared/money.ts';
import type { OrderView } from '../../../shared/order/order.ts';
import { decidesOnMoney, type Role } from '../../../shared/role.ts';
import { decideOn } from '../../state/actions.ts';
import { needsManager, useKiosk } from '../../state/store.ts';
import { Button } from '../../components/button.tsx';
import { call } from '../../bridge/api.ts';
import { useT, type KeysOf } from '../../i18n/i18n.ts';
import { useReaderRole } from '../../i18n/reader-role.ts';
import { groupsOfFour } from '../../input/number-entry.ts';
import { Icon } from '../../components/icon.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { TechnicalButton } from '../../components/technical.tsx';
import { smallPrint } from '../../order/phase-words.ts';
import { Timeline } from '../../order/timeline.tsx';
import { momentText, timeOfDay } from '../../i18n/beijing-time.ts';
import { actWords, LOOKS, outcomeWords, STATE_KEYS, whoWords } from './words.ts';
import './order-detail.css';

export interface OrderDetailProps {
  readonly orderId: string;
  /** Increases when the order may have changed. */
  readonly revision: number;
  readonly onClose: () => void;
}

type Read = { readonly orderId: string; readonly details: HistoryOrder | null; readonly problem: string | null };

/** One order: its state, everything that happened to it, and beside that who did what. */
export function OrderDetail({ orderId, revision, onClose }: OrderDetailProps): ReactNode {
  const t = useT();
  const [read, setRead] = useState<Read>({ orderId, details: null, problem: null });
  useEffect(() => {
    let current = true;
    void call('history.order', { orderId }).then((reply) => {
      if (current)
        setRead(
          reply.ok ? { orderId, details: reply.value, problem: null } : { orderId, details: null, problem: reply.code },
        );
    });
    return () => {
      current = false;
    };
  }, [orderId, revision]);
  const { details, problem } = read;
  return (
    <article
      className="order-detail"
      data-testid="history-detail"
      data-order-id={details?.row.orderId}
      aria-label={t('history.detail')}
    >
      <header className="order-detail__top">
        {details !== null && <Standing row={details.row} />}
        {details !== null && details.view !== null && <Decide view={details.view} />}
        <button type="button" className="order-detail__close" data-testid="history-detail-close" onClick={onClose}>
          <Icon name="close" />
          {t('app.close')}
        </button>
      </header>
      {problem !== null && <ProblemNote code={problem} field={null} testId="history-detail-error" />}
      {details === null ? (
        problem === null && <p className="order-detail__note">{t('timeline.loading')}</p>
      ) : (
        <Details details={details} />
      )}
    </article>
  );
}

function Standing({ row }: { readonly row: HistoryListRow }): ReactNode {
  const t = useT();
  const { icon, tone } = LOOKS[row.state];
  return (
    <div className="order-detail__standing" data-tone={tone}>
      <span className="order-detail__state tone-word" data-testid="history-detail-state" data-state={row.state}>
        <Icon name={icon} />
        {t(STATE_KEYS[row.state])}
      </span>
      <strong className="order-detail__amount">
        {row.amountFen === null ? t('facts.amountUnknown') : `¥${formatYuan(row.amountFen)}`}
      </strong>
    </div>
  );
}

function Details({ details }: { readonly details: HistoryOrder }): ReactNode {
  const t = useT();
  const { row, view, timeline, audit, unreadableEntries } = details;
  return (
    <>
      <dl className="order-detail__facts">
        {row.outTradeNo !== null && (
          <Fact name={t('history.outTradeNo')} value={groupsOfFour(row.outTradeNo).join(' ')} />
        )}
        {row.transactionId !== null && (
          <Fact name={t('history.transactionId')} value={groupsOfFour(row.transactionId).join(' ')} />
        )}
        <Fact
          name={t(view?.origin === 'entered' ? 'facts.entered' : 'facts.time')}
          value={momentText(row.createdAtMs)}
        />
        <Fact name={t('history.cashier')} value={whoWords(t, row.cashier)} />
        {view !== null && <Fact name={t('history.attempts')} value={String(view.attemptCount)} />}
      </dl>
      {view === null && <p className="order-detail__warning">{t('history.unreadableOrder')}</p>}
      {unreadableEntries > 0 && (
        <p className="order-detail__warning">{t('history.unreadableEntries', { count: unreadableEntries })}</p>
      )}
      <div className="order-detail__columns">
        <section tabIndex={0} aria-label={t('timeline.title')}>
          <h3>{t('timeline.title')}</h3>
          <Timeline rows={timeline} code={view === null ? null : smallPrint(view)} />
        </section>
        <section tabIndex={0} aria-label={t('history.audit')}>
          <h3>{t('history.audit')}</h3>
          <Audit rows={audit} />
        </section>
      </div>
    </>
  );
}

/** What a manager may do with this order, without leaving it; blue while it waits for one. */
function Decide({ view }: { readonly view: OrderView }): ReactNode {
  const t = useT();
  const decides = useKiosk(({ terminal }) => terminal !== null && decidesOnMoney(terminal.role));
  if (!decides || view.phase.name === 'cancelled' || view.phase.name === 'settled') return null;
  return (
    <Button
      look={needsManager(view) ? 'strong' : 'quiet'}
      icon="person"
      label={t('stuck.decide')}
      testId="history-decide"
      onPress={() => decideOn(view.orderId)}
    />
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: string }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

const ROLE_KEYS = {
  cashier: 'history.role.cashier',
  manager: 'history.role.manager',
  technician: 'history.role.technician',
} as const satisfies KeysOf<'history.role', Role>;

/** Who did what to the order, in what role, and how it ended: the newest first, like the timeline beside it. */
function Audit({ rows }: { readonly rows: readonly AuditRow[] }): ReactNode {
  const t = useT();
  const reader = useReaderRole();
  const [technical, setTechnical] = useState(false);
  if (rows.length === 0) return <p className="order-detail__note">{t('timeline.empty')}</p>;
  return (
    <>
      <ol data-testid="history-audit">
        {rows.toReversed().map((row) => (
          <li
            key={row.seq}
            className="audit-row"
            data-refused={row.refused || undefined}
            data-act={row.act}
            data-testid="audit-row"
          >
            <p className="audit-row__who">
              <time>{timeOfDay(row.atMs)}</time>
              {whoWords(t, row.who)}
              {row.role !== null && ` · ${t(ROLE_KEYS[row.role])}`}
            </p>
            <p className="audit-row__act">{actWords(t, row.act)}</p>
            <p className="audit-row__outcome">
              {row.refused && <Icon name="cross" />}
              <span>
                {row.refused && t('history.refused')}
                {outcomeWords(t, row, reader)}
              </span>
            </p>
            {row.about !== null && <p className="audit-row__about">{row.about}</p>}
            {technical && <p className="audit-row__code">{`#${String(row.seq)} · ${row.act} · ${row.outcome}`}</p>}
          </li>
        ))}
      </ol>
      <div className="audit-rows__technical">
        <TechnicalButton open={technical} onToggle={() => setTechnical(!technical)} />
      </div>
    </>
  );
}
