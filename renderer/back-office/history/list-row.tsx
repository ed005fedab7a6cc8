import type { ReactNode } from 'react';
import type { HistoryListRow } from '../../../shared/contract/history.ts';
import { formatYuan } from '../../../shared/money.ts';
import { useT } from '../../i18n/i18n.ts';
import { splitNumber } from '../../input/number-entry.ts';
import { Icon } from '../../components/icon.tsx';
import { momentText } from '../../i18n/beijing-time.ts';
import { LOOKS, STATE_KEYS, whoWords } from './words.ts';

export interface ListRowProps {
  /** `null` while it is being read. */
  readonly row: HistoryListRow | null;
  readonly index: number;
  readonly total: number;
  /** From the top of the window. */
  readonly topPx: number;
  readonly selected: string | null;
  readonly onSelect: (orderId: string) => void;
}

/** One order: its number with the last four large, its amount, its state, the time, and who took it. */
export function ListRow({ row, index, total, topPx, selected, onSelect }: ListRowProps): ReactNode {
  const t = useT();
  const style = { transform: `translateY(${String(topPx)}px)` };
  if (row === null) {
    return (
      <div className="found-row" style={style} aria-hidden="true" data-testid="history-row-loading">
        <span className="found-row__loading" />
      </div>
    );
  }
  const { icon, tone } = LOOKS[row.state];
  return (
    <div
      id={`found-${row.orderId}`}
      className="found-row"
      style={style}
      role="option"
      aria-selected={row.orderId === selected}
      aria-posinset={index + 1}
      aria-setsize={total}
      data-testid="history-row"
      data-order-id={row.orderId}
      data-row={index + 1}
      data-tone={tone}
      onClick={() => onSelect(row.orderId)}
    >
      <span className="found-row__number">
        <RowNumber number={row.outTradeNo ?? row.transactionId ?? row.orderId} />
      </span>
      <span className="found-row__amount">{row.amountFen === null ? '–' : `¥${formatYuan(row.amountFen)}`}</span>
      <span className="found-row__state tone-word">
        <Icon name={icon} />
        {t(STATE_KEYS[row.state])}
      </span>
      <span className="found-row__when">
        <time>{momentText(row.createdAtMs)}</time>
        <span>{whoWords(t, row.cashier)}</span>
      </span>
    </div>
  );
}

function RowNumber({ number }: { readonly number: string }): ReactNode {
  const { head, tail } = splitNumber(number);
  return (
    <>
      <span className="found-row__head">{head.join(' ')}</span>
      <b>{tail}</b>
    </>
  );
}
