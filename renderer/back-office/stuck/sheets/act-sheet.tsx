import type { ReactNode } from 'react';
import type { HeldAction } from '../../../../shared/contract/stuck.ts';
import { useT } from '../../../i18n/i18n.ts';
import { DecisionSheet } from './decision-sheet.tsx';
import { actOnStuck } from '../stuck-list.ts';
import { takes, waitsForRefund, type ShownRow } from '../stuck-state.ts';

export interface ActSheetProps {
  readonly action: HeldAction;
  /** The marked orders, including those that the act does not fit. */
  readonly rows: readonly ShownRow[];
  readonly onClose: () => void;
}

/** A decision about several orders of the list. */
export function ActSheet({ action, rows, onClose }: ActSheetProps): ReactNode {
  const fitting = rows.filter((shown) => takes(shown, action));
  const skipped = rows.filter((shown) => !takes(shown, action));
  return (
    <DecisionSheet
      action={action}
      rows={fitting.map(({ row }) => row)}
      onSend={actOnStuck}
      onClose={onClose}
      note={<Skipped action={action} rows={skipped} />}
    />
  );
}

/** How many marked orders are left out, and the reason if it is about money. */
function Skipped({ action, rows }: Pick<ActSheetProps, 'action' | 'rows'>): ReactNode {
  const t = useT();
  const again = action === 'try-now' || action === 'cancel';
  const handedOver = rows.filter((shown) => again && waitsForRefund(shown)).length;
  const others = rows.length - handedOver;
  return (
    <>
      {handedOver > 0 && <p data-testid="skipped-handed-over">{t('stuck.skippedHandedOver', { count: handedOver })}</p>}
      {others > 0 && <p>{t('stuck.skipped', { count: others })}</p>}
    </>
  );
}
