/** What the customer sees: the payment that is on the till now, and no other order. */
import type { CustomerShown, CustomerView } from '../../../shared/contract/customer.ts';
import type { PaymentStage } from '../../../shared/ipc.ts';
import type { OrderView, PhaseView } from '../../../shared/order/order.ts';
import { unreachable } from '../../../shared/result.ts';
import { CUSTOMER_RESULT_MS } from '../../../shared/timing.ts';
import type { Clock } from '../../base/clock.ts';

/** What the customer is shown for a stage and, once it is an order, for that order's state (`null`: not known yet). */
export function customerSees(stage: PaymentStage, phase: PhaseView | null): CustomerView {
  switch (stage.name) {
    case 'none':
      return { name: 'welcome' };
    case 'preparing':
      return { name: 'wait', amountFen: stage.amountFen };
    case 'look':
      return { name: 'look', amountFen: stage.amountFen };
    case 'code':
      return { name: 'code', amountFen: stage.amountFen };
    case 'stopped':
      return { name: 'not-charged', amountFen: stage.amountFen };
    case 'order':
      return { name: phase === null ? 'wait' : standsAs(phase), amountFen: stage.amountFen };
    default:
      return unreachable(stage);
  }
}

type Standing = 'wait' | 'paid' | 'not-charged' | 'revoked' | 'going-back' | 'ask-staff';

const CANCELLED = { closed: 'not-charged', revoked: 'revoked', refunded: 'going-back' } as const;

/** Only what is proved is shown. What needs a person is said by a person. */
function standsAs(phase: PhaseView): Standing {
  switch (phase.name) {
    case 'paying':
      return phase.cancelFirst ? 'ask-staff' : 'wait';
    case 'armed':
    case 'confirming':
      return 'wait';
    case 'reversing':
      return phase.escalated ? 'ask-staff' : 'wait';
    case 'paid':
      return 'paid';
    case 'failed':
      return 'not-charged';
    case 'cancelled':
      return CANCELLED[phase.outcome];
    case 'choosing':
    case 'attention':
    case 'settled':
    case 'not-found':
      return 'ask-staff';
    default:
      return unreachable(phase);
  }
}

const isResult = ({ name }: CustomerView): boolean =>
  name === 'paid' || name === 'not-charged' || name === 'revoked' || name === 'going-back';

export interface CustomerPresenter {
  /** The terminal is open. */
  opened(practice: boolean): void;
  /** It is not open, or not yet: what was shown before is over. */
  closed(): void;
  tookStage(stage: PaymentStage): void;
  tookOrder(order: Pick<OrderView, 'orderId' | 'phase'>): void;
  /** For a screen that was just opened. */
  now(): CustomerShown;
}

/** `show` is called once for each change. */
export function createCustomerPresenter(clock: Clock, show: (shown: CustomerShown) => void): CustomerPresenter {
  let shown: CustomerShown = { practice: false, view: { name: 'off' } };
  let stage: PaymentStage = { name: 'none' };
  let callOff = (): void => undefined;

  const put = (view: CustomerView, practice = shown.practice): void => {
    if (practice === shown.practice && isSame(view, shown.view)) return;
    callOff();
    shown = { practice, view };
    show(shown);
    if (isResult(view)) callOff = clock.after(CUSTOMER_RESULT_MS, leave);
  };
  // Whatever happens to that order now, its customer is no longer here.
  const leave = (): void => {
    stage = { name: 'none' };
    put({ name: 'welcome' });
  };

  return {
    opened: (practice) => {
      put({ name: 'welcome' }, practice);
    },
    closed: () => {
      stage = { name: 'none' };
      put({ name: 'off' });
    },
    tookStage: (next) => {
      stage = next;
      // The cashier may start the next payment before the customer has read the result.
      if (next.name === 'none' && isResult(shown.view)) return;
      put(customerSees(next, null));
    },
    tookOrder: ({ orderId, phase }) => {
      if (stage.name === 'order' && stage.orderId === orderId) put(customerSees(stage, phase));
    },
    now: () => shown,
  };
}

const isSame = (one: CustomerView, other: CustomerView): boolean =>
  one.name === other.name && amountOf(one) === amountOf(other);

const amountOf = (view: CustomerView): number | null => ('amountFen' in view ? view.amountFen : null);
