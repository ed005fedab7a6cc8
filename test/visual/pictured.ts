/**
 * Which of the gallery's entries have stored pictures: each way that a screen can look, once. axe checks all entries.
 */
const PICTURED: ReadonlySet<string> = new Set([
  'parts-money-buttons',
  'parts-words',
  'till-keypad',
  'till-keypad-tray',
  'till-notices',
  'till-look',
  'till-order-paying',
  'till-order-ready',
  'till-order-armed',
  'till-order-calling',
  'till-order-recall',
  'till-order-unknown',
  'till-order-choosing',
  'till-order-refunded',
  'till-order-paid',
  'till-order-failed',
  'till-order-attention-expired',
  'till-order-with-tray',
  'till-number-dialog',
  'till-shift-hand-over',
  'till-sign-in',
  'not-started',
  'back-office-stuck',
  'back-office-history-order',
  'back-office-bill',
  'back-office-self-test',
  'back-office-support',
  'back-office-setup-overview',
]);

export const isPictured = (id: string): boolean => PICTURED.has(id);
