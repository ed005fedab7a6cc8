/**
 * A signed query about an order that cannot exist: it proves key, algorithm and ids at both ends, and moves nothing.
 */
import { finding, type SelfTestLine } from '../../../shared/self-test/self-test.ts';
import type { Answered, QueryAnswer } from '../../wechat/answers.ts';
import { queryCause } from '../../wechat/error-codes.ts';
import type { OrderRef } from '../../wechat/face-pay.ts';
import type { Merchant } from '../../../shared/settings.ts';

/**
 * A number of WeChat's alphabet that none of our tills can make, because ours have only digits. `hex` is 14 random
 * digits, so that no other till uses the same number.
 */
export const impossibleOrder = ({ family }: Pick<Merchant, 'family'>, hex: string): OrderRef => ({
  family,
  outTradeNo: `facepay-self-test-${hex}`,
  transactionId: null,
});

export function queryCheck({ answer, host, latencyMs }: Answered<QueryAnswer>): SelfTestLine {
  switch (answer.kind) {
    case 'not-found':
      return finding('query', 'proved', { host, ms: latencyMs });
    case 'seen':
      // Signed and with our ids, so key and ids are proved. That such an order exists is for a person to explain.
      return finding('query', 'odd', { host, state: answer.tradeState });
    case 'unknown-state':
      return finding('query', 'odd', { host, state: answer.name });
    case 'refused':
      return refusedQuery(answer.errCode, host);
    case 'no-answer':
      return unanswered(answer, host);
  }
}

const IDS = ['APPID_NOT_EXIST', 'MCHID_NOT_EXIST', 'APPID_MCHID_NOT_MATCH'];

function refusedQuery(errCode: string, host: string): SelfTestLine {
  const figures = { errCode, host };
  if (IDS.includes(errCode)) return finding('query', 'ids', figures);
  switch (queryCause(errCode)) {
    case null:
      return finding('query', 'busy', figures);
    case 'signature':
      return finding('query', 'signature', figures);
    case 'not-permitted':
      return finding('query', 'not-permitted', figures);
    default:
      return finding('query', 'refused', figures);
  }
}

/**
 * The most likely cause of an unsigned complaint. It proves nothing, and is for the person who sets the terminal up.
 */
const BLAMES: readonly (readonly [hint: RegExp, code: 'signature' | 'ids' | 'not-permitted'])[] = [
  [/签名|sign/i, 'signature'],
  [/mch_?id|appid|商户号/i, 'ids'],
  [/权限|no_?auth/i, 'not-permitted'],
];

const SAID_MAX = 80;

function unanswered({ why, text }: Extract<QueryAnswer, { kind: 'no-answer' }>, host: string): SelfTestLine {
  const figures = { why, errCode: (text ?? '').slice(0, SAID_MAX), host };
  switch (why) {
    case 'unsigned-fail':
      return finding('query', BLAMES.find(([hint]) => hint.test(text ?? ''))?.[1] ?? 'refused', figures);
    case 'bad-signature':
      return finding('query', 'reply-signature', figures);
    case 'wrong-merchant':
      return finding('query', 'other-merchant', figures);
    default:
      return finding('query', 'no-answer', figures);
  }
}
