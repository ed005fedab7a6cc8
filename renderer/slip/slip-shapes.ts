import type { SlipEnd } from '../../shared/contract/exports.ts';
import type { IconName } from '../components/icon.tsx';

/** The shape of each end of an order: on paper, too, it is told apart without a colour. The same as on the till. */
export const SLIP_SHAPES: Readonly<Record<SlipEnd['name'], IconName>> = {
  closed: 'circleZero',
  revoked: 'circleReturned',
  refunded: 'returned',
  settled: 'personCheck',
  attention: 'person',
};
