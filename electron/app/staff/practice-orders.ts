/** What becomes of the orders that somebody made to practise: none of them stays for the next person. */
import { SNAPSHOT_ATTENTION_MAX } from '../../../shared/ipc.ts';
import { NORMAL_SCENARIO } from '../../../shared/practice/scenarios.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { withFiles } from '../../base/safe-file.ts';
import type { OrderEvent } from '../../orders/machine/event.ts';
import type { Order } from '../../orders/machine/order.ts';
import type { Services } from '../core/services.ts';

/**
 * Ends every order of the practice gateway that is still open. From now on the gateway answers for it as it should; the
 * cancel then goes the way of every cancel, with its 15 s and its proof. Orders of anybody else's gateway are not touched.
 */
export function tidied({
  practice,
  journal,
  engine,
}: Pick<Services, 'practice' | 'journal' | 'engine'>): Result<null, 'not-practice' | 'not-saved'> {
  if (practice === null) return fail('not-practice');
  const { ledger } = practice;
  const left = [...journal.open().orders, ...journal.list({ standing: 'attention', limit: SNAPSHOT_ATTENTION_MAX })];
  for (const { order } of left) {
    const known = order.outTradeNo === null ? undefined : ledger.get(order.outTradeNo);
    if (order.origin !== 'taken' || known === undefined) continue;
    const mended = withFiles<null, never>(() => {
      ledger.put({ ...known, scenario: NORMAL_SCENARIO });
      return ok(null);
    });
    if (!mended.ok) return fail('not-saved');
    for (const event of endOf(order)) {
      const told = engine.tell(order.orderId, event);
      if (!told.ok && told.error === 'not-saved') return fail('not-saved');
    }
  }
  return ok(null);
}

/** The manager who decides here is the app itself: it is not anybody's money. */
const CANCEL: OrderEvent = { type: 'cancel-tapped', by: 'manager', code: 'customer-cancelled' };

/** What ends an order without a person's choice: a cancel that also refunds what was paid meanwhile. */
function endOf({ phase }: Order): readonly OrderEvent[] {
  switch (phase.name) {
    case 'paying':
    case 'not-found':
    case 'choosing':
    case 'attention':
      return [CANCEL];
    case 'armed':
      return phase.evenIfPaid ? [] : [{ type: 'cancel-withdrawn' }, CANCEL];
    case 'reversing':
    case 'confirming':
      return [{ type: 'tried-by-hand', by: 'cashier' }];
    case 'paid':
    case 'failed':
    case 'cancelled':
    case 'settled':
      return [];
  }
}
