import type { Gateway } from './gateway.ts';

/** Verified, and the answer that was asked for: so the key and the ids are right. */
const GOOD: ReadonlySet<string> = new Set(['paid', 'seen', 'not-found', 'accepted', 'summed']);

/**
 * The same gateway. `onGood` runs once, after the first call with a good answer. Only a reverse and a refund
 * check the certificate. So if the certificate has never been seen to be accepted, only one of these counts.
 */
export function onFirstGoodCall(gateway: Gateway, certificateSeen: boolean, onGood: () => void): Gateway {
  let known = false;
  const noted = <Answered extends { readonly answer: { readonly kind: string } }>(
    answered: Answered,
    shows: boolean,
  ): Answered => {
    if (!known && shows && GOOD.has(answered.answer.kind)) {
      known = true;
      onGood();
    }
    return answered;
  };
  return {
    ...gateway,
    pay: async (...args) => noted(await gateway.pay(...args), certificateSeen),
    query: async (...args) => noted(await gateway.query(...args), certificateSeen),
    reverse: async (...args) => noted(await gateway.reverse(...args), true),
    refund: async (...args) => noted(await gateway.refund(...args), true),
    refundStatus: async (...args) => noted(await gateway.refundStatus(...args), certificateSeen),
    refunds: async (...args) => noted(await gateway.refunds(...args), certificateSeen),
  };
}
