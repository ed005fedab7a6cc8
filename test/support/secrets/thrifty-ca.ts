/**
 * Certificates for practice gateways, made once per test file: keys take a third of a second of processor time each.
 */
import { createThrowawayCa, type KeyedCertificate, type ThrowawayCa } from '../../../electron/practice/throwaway-ca.ts';

let made: Promise<ThrowawayCa> | null = null;

/** An authority that makes each certificate once, the same for all tests of a file. Its time is this machine's. */
export const thriftyCa = (): Promise<ThrowawayCa> => (made ??= newThriftyCa());

async function newThriftyCa(): Promise<ThrowawayCa> {
  const ca = await createThrowawayCa(Date.now());
  const server = ca.issueServer();
  const merchants = new Map<string, Promise<KeyedCertificate>>();
  return {
    caPem: ca.caPem,
    issueServer: () => server,
    issueMerchant: (mchId, validity) => {
      const key = JSON.stringify([mchId, validity]);
      const issued = merchants.get(key) ?? ca.issueMerchant(mchId, validity);
      merchants.set(key, issued);
      return issued;
    },
  };
}
