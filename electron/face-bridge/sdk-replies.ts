/** What the SDK's replies mean, from the documents and public callers (electron/face-bridge/README.md, "The SDK"). Pure. */
import { z } from 'zod';
import { fail, ok, type Result } from '../../shared/result.ts';
import { parseJson } from '../base/json.ts';
import type { FaceProblem } from '../orders/engine/face-device.ts';
import type { HelperProblem, HelperReply } from './helper-driver.ts';

/** What a technician has to see to. Each has its words in the self-test. */
export type FaceTrouble =
  | HelperProblem
  | 'sdk-initialising' // for longer than a start takes
  | 'sdk-licence' // the permit belongs to another machine or network card
  | 'sdk-clock' // this machine's clock is more than five minutes off
  | 'sdk-merchant' // the calls of one payment name different merchants
  | 'sdk-not-permitted' // WeChat has not permitted face payment
  | 'sdk-parameters'
  | 'sdk-refused'; // the rest: the service does not run, no camera, a code without documents

/** What the SDK said about a trouble, for a technician: nothing secret. */
export interface SdkWords {
  readonly code: string;
  readonly message: string;
}

export interface SdkFailure {
  readonly problem: Exclude<FaceProblem, 'stopped' | 'no-face'>;
  /** `null`: nothing is wrong with the device. */
  readonly trouble: FaceTrouble | null;
  readonly words: SdkWords | null;
  /** It is initialising: it may be asked again. */
  readonly again: boolean;
}

const text = z.union([z.string(), z.number()]).transform(String);
const replySchema = z.object({
  return_code: text,
  return_msg: text.catch(''),
  err_code: text.catch(''),
  rawdata: z.string().max(16_384).catch(''),
  face_code: z.string().max(128).catch(''),
  openid: z.string().max(128).catch(''),
});
export type SdkReply = z.infer<typeof replySchema>;

const INITIALISING = '271378621';

/** Return codes that are no success and no fault of the device. */
const BY_CODE: Readonly<Record<string, Pick<SdkFailure, 'problem' | 'trouble'>>> = {
  USER_CANCEL: { problem: 'by-customer', trouble: null },
  ACTION_ON_USER_QUERY_CANCEL: { problem: 'by-customer', trouble: null },
  SCAN_PAYMENT: { problem: 'wants-scan', trouble: null },
  FACEPAY_NOT_AUTH: { problem: 'not-permitted', trouble: 'sdk-not-permitted' },
  PARAM_ERROR: { problem: 'device', trouble: 'sdk-parameters' },
};

/** Known causes, by the words of the message: they have no codes of their own. */
const BY_MESSAGE: readonly (readonly [RegExp, FaceTrouble])[] = [
  [/licen[cs]e/i, 'sdk-licence'],
  [/mch_?id|sub_?mch|商户/i, 'sdk-merchant'],
  [/clock|time ?stamp|system time|时间|\bnow\b/i, 'sdk-clock'],
];

const MESSAGE_MAX = 120;

export function readReply({ rc, text: given }: HelperReply): Result<SdkReply, SdkFailure> {
  const parsed = rc === 0 ? replySchema.safeParse(parseJson(given)) : null;
  if (parsed?.success !== true) {
    const words = { code: rc === 0 ? 'no reply' : `rc ${String(rc)}`, message: '' };
    return fail({ problem: 'device', trouble: 'sdk-refused', words, again: false });
  }
  const reply = parsed.data;
  if (reply.return_code === 'SUCCESS') return ok(reply);
  const { return_code, err_code, return_msg } = reply;
  const known = BY_CODE[return_code] ?? { problem: 'device', trouble: null };
  const cause = BY_MESSAGE.find(([pattern]) => pattern.test(return_msg))?.[1] ?? null;
  const words = {
    code: [return_code, err_code]
      .filter((part) => part !== '')
      .join(' ')
      .slice(0, MESSAGE_MAX),
    message: return_msg.slice(0, MESSAGE_MAX),
  };
  if (known.problem !== 'device') return fail({ ...known, words, again: false });
  if (err_code === INITIALISING) return fail({ ...known, trouble: 'sdk-initialising', words, again: true });
  return fail({ ...known, trouble: cause ?? known.trouble ?? 'sdk-refused', words, again: false });
}

/** What the helper itself could not do. */
export const failureOf = (problem: HelperProblem): SdkFailure => ({
  problem: 'device',
  trouble: problem,
  words: null,
  again: false,
});
