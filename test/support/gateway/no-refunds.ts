import type { Gateway } from '../../../electron/wechat/gateway.ts';

const notCalled = (): Promise<never> => Promise.reject(new Error('nothing is refunded here'));

/** For a fake gateway of a test without refunds. */
export const noRefunds: Pick<Gateway, 'refund' | 'refundStatus' | 'refunds'> = {
  refund: notCalled,
  refundStatus: notCalled,
  refunds: notCalled,
};
