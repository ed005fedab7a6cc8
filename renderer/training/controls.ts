/** Which control the cashier has to find next in an exercise. */
import type { ExerciseId } from '../../shared/contract/training.ts';

/** The test id that the control has on the till. */
export type Control = 'take-payment' | 'cancel' | 'withdraw' | 'choice' | 'next-customer';

/** The control to find before each milestone of the path; `null` where the app works by itself. */
export const controls: Readonly<Record<ExerciseId, readonly (Control | null)[]>> = {
  'goes-well': [null],
  declined: [null],
  hangs: ['cancel', null],
  'take-back': ['cancel', 'withdraw', null],
  recall: ['cancel', 'next-customer', null],
  'paid-after-all': ['cancel', null, 'choice'],
  manager: ['cancel', null],
};
