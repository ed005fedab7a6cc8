import type { Gateway } from './gateway.ts';

/** Verified, and what was asked for: neither key nor ids can be wrong. */
const GOOD: ReadonlySet<string> = new Set(['paid', 'seen', 'not-found', 'accepted']);

/**
 * The same gateway; `onGood` runs once, when a call has first come to a good answer. Only a reverse looks at the
 * certificate: where that has not been seen to be taken before, nothing else will do.
 */
export function onFirstGoodCall(gateway: Gateway, certificateSeen: boolean, onGood: () => void): Gateway {
  let known = false;
  const heard = <Answered extends { readonly answer: { readonly kind: string } }>(
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
    pay: async (...args) => heard(await gateway.pay(...args), certificateSeen),
    query: async (...args) => heard(await gateway.query(...args), certificateSeen),
    reverse: async (...args) => heard(await gateway.reverse(...args), true),
  };
}
