import { z } from 'zod';

/**
 * Why a refund cannot be made, however often it is sent. The last five have the names that they have as the cause of an
 * order before a manager.
 */
export const refundStopSchema = z.enum([
  'too-old', // TRADE_OVERDUE: paid more than a year ago
  'customer-account', // USER_ACCOUNT_ABNORMAL: the customer's account is closed
  'order-not-found', // ORDERNOTEXIST: no such order, or not paid
  'parameter',
  'signature',
  'certificate-refused',
  'not-permitted',
]);
export type RefundStop = z.infer<typeof refundStopSchema>;
