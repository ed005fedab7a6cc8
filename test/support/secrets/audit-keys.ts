import { auditKey } from '../../../electron/orders/journal/chain-key.ts';

/** Fixed keys, so that every run of a test has the same chain. */
export const TEST_KEY = auditKey(Buffer.alloc(32, 7));
export const OTHER_KEY = auditKey(Buffer.alloc(32, 8));
