import type { RefundView } from '../../../shared/order/refund.ts';
import { refundStandingOf, type Refund } from '../machine/refund.ts';

/** What people may see of a refund that was asked for here. */
export function refundView(refund: Refund): RefundView {
  const { outRefundNo, refundId, fen, customerFen, askedAtMs, phase, arrivedAt, arrivedTo } = refund;
  return {
    ...{ outRefundNo, refundId, fen, customerFen, askedAtMs, arrivedAt, arrivedTo },
    state: phase.name,
    needsManager: refundStandingOf(refund) === 'attention',
    cause: phase.name === 'attention' ? phase.cause : null,
    failure: phase.name === 'failed' ? phase.why : null,
    errCode: phase.name === 'attention' || phase.name === 'failed' ? phase.errCode : null,
  };
}
