/** Tries a new set-up on the gateway itself, with a number that no order has. */
import { randomBytes } from 'node:crypto';
import type { Probe, SetupProblem } from '../../../shared/contract/setup.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Merchant, Terminal } from '../../../shared/settings.ts';
import type { Clock } from '../../base/clock.ts';
import type { QueryAnswer, ReverseAnswer } from '../../wechat/answers.ts';
import { createGateway } from '../../wechat/gateway.ts';
import { httpsTransport } from '../../wechat/transport.ts';
import { wayThrough } from '../../wechat/way.ts';
import type { Credentials } from '../settings/settings-store.ts';

/** What WeChat answers if ids are wrong. */
const OF_THE_MERCHANT: ReadonlySet<string> = new Set([
  'APPID_NOT_EXIST',
  'MCHID_NOT_EXIST',
  'APPID_MCHID_NOT_MATCH',
  'NOAUTH',
]);

/**
 * Queries a number that no order has, and then cancels it. The cancel is the call that checks the certificate, and
 * there is no order that it could change. `unreachable` is not an error of the set-up: a terminal may be set up before
 * its network.
 */
export async function probe(
  merchant: Merchant,
  terminal: Terminal,
  { apiKey, proxyPassword, ...identity }: Credentials,
  clock: Clock,
): Promise<Result<Probe, SetupProblem>> {
  const transport = httpsTransport(identity, merchant, clock, wayThrough(merchant.gateway.proxy, proxyPassword));
  const gateway = createGateway({
    merchant,
    terminal,
    apiKey,
    transport,
    clock,
    nonce: () => randomBytes(16).toString('hex'),
  });
  const ref = { family: merchant.family, outTradeNo: `probe${randomBytes(12).toString('hex')}`, transactionId: null };
  try {
    const asked = verdictOf((await gateway.query(ref)).answer);
    return asked.ok && asked.value === 'answered' ? verdictOf((await gateway.reverse(ref)).answer) : asked;
  } finally {
    gateway.close();
  }
}

/** What an answer says about the set-up. Pure. */
export function verdictOf(answer: QueryAnswer | ReverseAnswer): Result<Probe, SetupProblem> {
  if (answer.kind === 'refused') return refusedVerdict(answer.errCode);
  if (answer.kind !== 'no-answer') return ok('answered');
  switch (answer.why) {
    case 'bad-signature':
      return fail({ field: 'apiKey', code: 'sign-refused' });
    case 'certificate-refused':
      return fail({ field: 'certificate', code: 'certificate-refused' });
    case 'server-not-trusted':
      return fail({ field: 'primary', code: 'server-not-trusted' });
    case 'wrong-merchant':
      return fail({ field: 'mchId', code: 'merchant-refused' });
    case 'unsigned-fail':
      return unsignedVerdict(answer.text ?? '');
    case 'not-sent':
      return proxyVerdict(answer.text);
    default:
      return ok('unreachable');
  }
}

/** A proxy that answers is reached, so that what it says is about the set-up and not about a network that is to come. */
function proxyVerdict(text: string | null): Result<Probe, SetupProblem> {
  if (text === 'ERR_PROXY_ACCOUNT') return fail({ field: 'proxyUser', code: 'proxy-account' });
  if (text === 'ERR_PROXY_REFUSED') return fail({ field: 'proxy', code: 'proxy-refused' });
  return text === 'ERR_PROXY_REPLY' ? fail({ field: 'proxy', code: 'no-proxy-there' }) : ok('unreachable');
}

function refusedVerdict(errCode: string): Result<Probe, SetupProblem> {
  if (errCode === 'SIGNERROR') return fail({ field: 'apiKey', code: 'sign-refused' });
  if (errCode === 'CERT_ERROR') return fail({ field: 'certificate', code: 'certificate-refused' });
  return OF_THE_MERCHANT.has(errCode) ? fail({ field: 'mchId', code: 'merchant-refused' }) : ok('answered');
}

/** Not signed, so it proves little. But for a wrong set-up WeChat sends nothing better. The words are WeChat's own. */
function unsignedVerdict(text: string): Result<Probe, SetupProblem> {
  if (/签名|sign/i.test(text)) return fail({ field: 'apiKey', code: 'sign-refused' });
  if (/证书|certificate/i.test(text)) return fail({ field: 'certificate', code: 'certificate-refused' });
  if (/appid|mch_?id|商户/i.test(text)) return fail({ field: 'mchId', code: 'merchant-refused' });
  return ok('unreachable');
}
