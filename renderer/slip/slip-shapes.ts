import type { SlipEnd } from '../../shared/contract/exports.ts';
import type { IconName } from '../components/icon.tsx';

export type SlipKind = SlipEnd['name'] | 'handed-over';

/** An order before a manager that is being refunded on the merchant platform waits for no one to be called. */
export const kindOf = (end: SlipEnd): SlipKind =>
  end.name === 'attention' && end.handedOver ? 'handed-over' : end.name;

/** The shape of each end of an order: on paper, too, it is told apart without a colour. The same as on the till. */
export const SLIP_SHAPES: Readonly<Record<SlipKind, IconName>> = {
  closed: 'circleZero',
  revoked: 'circleReturned',
  refunded: 'returned',
  settled: 'personCheck',
  attention: 'person',
  'handed-over': 'personDots',
};
