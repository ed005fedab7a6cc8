import type { Gateway } from './gateway.ts';

/** Verified, and what was asked for: neither key, certificate nor ids can be wrong. */
const GOOD: ReadonlySet<string> = new Set(['paid', 'seen', 'not-found', 'accepted']);

/** The same gateway; `onGood` runs once, when a call has first come to a good answer. */
export function onFirstGoodCall(gateway: Gateway, onGood: () => void): Gateway {
  let known = false;
  const heard = <Answered extends { readonly answer: { readonly kind: string } }>(answered: Answered): Answered => {
    if (!known && GOOD.has(answered.answer.kind)) {
      known = true;
      onGood();
    }
    return answered;
  };
  return {
    ...gateway,
    pay: async (...args) => heard(await gateway.pay(...args)),
    query: async (...args) => heard(await gateway.query(...args)),
    reverse: async (...args) => heard(await gateway.reverse(...args)),
  };
}
