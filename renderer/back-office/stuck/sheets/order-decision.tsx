import { useEffect, useState, type ReactNode } from 'react';
import type { HeldAction, ManagerAct, StuckRow } from '../../../../shared/contract/stuck.ts';
import { FIND_PATIENCE_MS } from '../../../../shared/timing.ts';
import { useT } from '../../../i18n/i18n.ts';
import { Button } from '../../../components/button.tsx';
import { act, orderActKey, takeIn } from '../../../state/actions.ts';
import { useKiosk } from '../../../state/store.ts';
import { ACT_KEYS } from '../stuck-words.ts';
import { DecisionSheet } from './decision-sheet.tsx';
import { useOrderRow } from './order-row.ts';
import { Sheet } from './sheet.tsx';

export interface OrderDecisionProps {
  readonly orderId: string;
  /** The order as it is known already, if it is. */
  readonly first?: StuckRow;
  /** The act that was asked for; `null` for what the order's cause advises. */
  readonly action: HeldAction | null;
  readonly onSend: (act: ManagerAct) => Promise<boolean>;
  readonly onClose: () => void;
}

/** The decision about one order: main says what it is now, what may be done with it, and what is advised. */
export function OrderDecision({ orderId, first, action, onSend, onClose }: OrderDecisionProps): ReactNode {
  const t = useT();
  const row = useOrderRow(orderId, first ?? null);
  const [picked, setPicked] = useState(action);
  const patient = usePatience();
  if (row === null) {
    return (
      <Sheet title={t('stuck.decide')} testId="act-sheet" onClose={onClose}>
        <p>{t('stuck.loading')}</p>
      </Sheet>
    );
  }
  const acts = heldActs(row);
  const chosen = [picked, isHeld(row.advised) ? row.advised : null].find(
    (each) => each !== null && acts.includes(each),
  );
  const asking = isUnanswered(row);
  return (
    <DecisionSheet
      action={chosen ?? (acts.length === 1 ? (acts[0] ?? null) : null)}
      choice={{ acts, advised: row.advised, onPick: setPicked }}
      rows={[row]}
      waits={asking && patient}
      onSend={onSend}
      onClose={onClose}
      note={
        <>
          {asking && !patient && <p role="status">{t('stuck.number.silent')}</p>}
          {row.acts.includes('query') && <Query row={row} />}
        </>
      }
    />
  );
}

/** A query changes nothing: it needs neither a reason nor a held button. */
function Query({ row: { order, advised } }: { readonly row: StuckRow }): ReactNode {
  const t = useT();
  const { orderId } = order;
  const key = orderActKey('ask', orderId);
  const busy = useKiosk((state) => state.busy.has(key));
  const ask = async (): Promise<void> => {
    const asked = await act('order.ask', { orderId }, 'back-office', key);
    if (asked !== null) takeIn(asked.value);
  };
  return (
    <div>
      <Button
        look={advised === 'query' ? 'strong' : 'quiet'}
        label={t(ACT_KEYS.query)}
        busy={busy}
        testId="decision-query"
        onPress={() => void ask()}
      />
    </div>
  );
}

const isHeld = (action: StuckRow['advised']): action is HeldAction => action !== null && action !== 'query';

const heldActs = ({ acts }: StuckRow): HeldAction[] => acts.filter(isHeld);

/** Another till's order of which WeChat has said nothing yet: neither its amount nor its state is known. */
const isUnanswered = ({ order }: StuckRow): boolean =>
  order.origin === 'entered' &&
  order.phase.name === 'paying' &&
  order.lastAnswer === null &&
  order.unknownState === null;

/** Whether WeChat's answer may still come soon; after that a person may decide without it. */
function usePatience(): boolean {
  const [patient, setPatient] = useState(true);
  useEffect(() => {
    const timer = setTimeout(() => setPatient(false), FIND_PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return patient;
}
