/** The colour and the shape of each state of the customer's page. */
import type { CustomerView } from '../../shared/contract/customer.ts';
import type { IconName } from '../components/icon.tsx';
import type { Tone } from '../components/tone.ts';

export type Lit = Exclude<CustomerView['name'], 'off'>;

export const CUSTOMER_TONES: Readonly<Record<Lit, Tone>> = {
  welcome: 'process',
  look: 'process',
  code: 'process',
  wait: 'process',
  paid: 'paid',
  'not-charged': 'clear',
  revoked: 'clear',
  'going-back': 'clear',
  'ask-staff': 'alarm',
};

/** Each state has a shape of its own, for people who cannot see its colour: the same as on the till. */
export const CUSTOMER_SHAPES: Readonly<Record<Exclude<Lit, 'look' | 'wait' | 'welcome'>, IconName>> = {
  paid: 'moneyIn',
  'not-charged': 'circleZero',
  revoked: 'circleReturned',
  'going-back': 'returned',
  'ask-staff': 'person',
  code: 'phone',
};
