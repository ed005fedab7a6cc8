import { z } from 'zod';

/**
 * What the practice gateway can be told to do to the next payment. One name for each kind of trouble a cashier may
 * meet.
 */
export const scenarioSchema = z.enum([
  'paid', // answers at once, charged
  'paid-late', // the pay call hangs; the customer is charged 12 s later
  'needs-password', // USERPAYING for 16 s, then charged
  'declined', // NOTSUPORTCARD: certainly not charged
  'never-answers', // the pay call hangs; never charged
  'charged-silently', // the pay call hangs; charged at once, and queries hang as well until the reverse
  'recall-twice', // hangs, not charged; reverse answers recall=Y, Y, then N
  'system-error', // hangs, charged when the reverse comes; reverse answers SYSTEMERROR twice, then N
  'expired', // hangs; reverse answers REVERSE_EXPIRE
  'sign-error', // hangs; reverse answers SIGNERROR
  'reverse-lies', // hangs, charged; reverse says SUCCESS recall=N but does nothing
  'primary-down', // hangs; the main domain then refuses connections, the backup answers
  'cut-before', // hangs; reverse connections are cut before the gateway acted, twice
  'cut-after', // hangs, charged; reverse connections are cut after the gateway acted, once
  'slow', // every answer takes 3 s
  'garbage', // hangs; reverse answers an HTML page, then half an XML, then properly
  'wrong-key', // hangs; reverse answers are signed with another key, for ever
  'wrong-order', // hangs; queries are answered with another till's order, twice
  'revoked', // hangs, not charged; once reversed, queries say REVOKED
  'revoked-paid', // hangs, charged when the reverse comes, unseen; once reversed, queries say REVOKED
  'refunded-elsewhere', // hangs; charged after 6 s and refunded whole in the merchant platform at once
  'partly-refunded', // the same, but only half of it went back
  'pay-error', // TRADE_ERROR, and queries say PAYERROR; charged all the same when the reverse comes
  'nopay', // hangs; queries say NOPAY, an older name of NOTPAY, beside fields that no document names
  'unknown-state', // hangs; queries name a state that no document names, for ever
  'busy', // hangs; for 6 min queries and reverses get an unsigned FAIL: busy and asked too often, alternating
  'wrong-merchant', // hangs; queries and reverses are answered in another merchant's name, for ever
  'other-amount', // hangs; the number belongs to another till's payment, of another amount
  'number-used', // OUT_TRADE_NO_USED: the number belongs to another till's payment, of the same amount
  'bill-late', // paid; bills are still being made, however often they are fetched
  'bill-stranger', // paid; bills have rows of a stranger: a payment under this terminal's name, another's, a refund
  'refund-stuck', // paid; a refund is accepted and gets stuck (CHANGE)
  'refund-fails', // paid; a refund is accepted and fails (REFUNDCLOSE)
  'refund-retry', // paid; a refund is answered BIZERR_NEED_RETRY twice, then accepted
  'refund-no-balance', // paid; a refund is answered NOTENOUGH once, then accepted
  'refund-lost', // paid; a refund is accepted, and the first answer never comes
  'refund-slow', // paid; a refund arrives only after 10 min
]);
export type Scenario = z.infer<typeof scenarioSchema>;

/** The default of the practice course: a payment that simply succeeds. */
export const NORMAL_SCENARIO: Scenario = 'paid';
