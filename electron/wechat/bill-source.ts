/**
 * pay/downloadbill (electron/wechat/README.md, "Bill"): the request is signed, the reply is not. So a bill proves
 * nothing beyond the connection that it came over; it only gives hints, and no order changes by it.
 */
import { BILL_BYTES_MAX } from '../../shared/timing.ts';
import type { Merchant } from '../../shared/settings.ts';
import type { FileTrouble } from '../base/safe-file.ts';
import type { NoResponse } from './answers.ts';
import { receiveBill, type Received } from './bill-file.ts';
import { merchantFields } from './face-pay.ts';
import { BUSY, TOO_OFTEN } from './signed-calls.ts';
import { sign, type Fields } from './sign.ts';
import type { Delivered, Download } from './transport.ts';
import { readXml, writeXml } from './xml.ts';

export const BILL_PATH = '/pay/downloadbill';

export type BillAnswer =
  /** The reply is in the file, packed; `bytes` unpacked. */
  | { readonly kind: 'bill'; readonly bytes: number }
  /** No trade of that day came through this merchant's API: it does not mean that there was none. */
  | { readonly kind: 'no-bill' }
  /** Being made, or no trade. */
  | { readonly kind: 'creating' }
  | { readonly kind: 'busy' | 'too-often' }
  /** The merchant's bills may not be fetched: WeChat must allow it. */
  | { readonly kind: 'api-closed' }
  /** Key, signature or parameters: a technician. `text` is WeChat's, unsigned and cut short. */
  | { readonly kind: 'refused'; readonly text: string }
  | { readonly kind: 'too-large' }
  | { readonly kind: 'disk'; readonly trouble: FileTrouble }
  | NoResponse;

export interface BillSource {
  /** Writes the bill of the Beijing day into the file at `path`. Never throws because of the network, and always ends. */
  fetch(day: string, path: string): Promise<BillAnswer>;
  close(): void;
}

export interface BillSourceParts {
  readonly merchant: Merchant;
  /** The APIv2 key: 32 characters, never logged. */
  readonly apiKey: string;
  readonly download: Download;
  /** At most 32 characters, unpredictable. */
  readonly nonce: () => string;
  readonly bytesMax?: number;
}

export function billSource({
  merchant,
  apiKey,
  download,
  nonce,
  bytesMax = BILL_BYTES_MAX,
}: BillSourceParts): BillSource {
  const ask = async (origin: string, day: string, path: string, packed: boolean): Promise<Answer> => {
    const request = {
      ...merchantFields(merchant),
      ...billFields(day, packed),
      nonce_str: nonce(),
      sign_type: merchant.signType,
    };
    const xml = writeXml({ ...request, sign: sign(request, apiKey, merchant.signType) });
    if (!xml.ok) throw new Error(`request field ${xml.error.field}: ${xml.error.code}`);
    return answerOf(await download.post(origin + BILL_PATH, xml.value, (reply) => receiveBill(reply, path, bytesMax)));
  };
  const askPacked = async (origin: string, day: string, path: string): Promise<BillAnswer> => {
    const packed = await ask(origin, day, path, true);
    if (packed.kind !== 'not-packed') return packed;
    const plain = await ask(origin, day, path, false);
    return plain.kind === 'not-packed' ? { kind: 'busy' } : plain;
  };
  return {
    async fetch(day, path) {
      const { primary, backup } = merchant.gateway;
      const answer = await askPacked(primary, day, path);
      return answer.kind === 'no-answer' && backup !== undefined ? askPacked(backup, day, path) : answer;
    },
    close: () => {
      download.close();
    },
  };
}

/** All kinds of rows of that day: reversed payments are in no other type of bill. */
export const billFields = (day: string, packed: boolean): Fields => ({
  bill_date: day.replaceAll('-', ''),
  bill_type: 'ALL',
  ...(packed ? { tar_type: 'GZIP' } : {}),
});

/** WeChat could not pack this bill. */
type Answer = BillAnswer | { readonly kind: 'not-packed' };

const noAnswer = (why: NoResponse['why'], text: string | null): NoResponse => ({ kind: 'no-answer', why, text });

function answerOf(delivered: Delivered<Received>): Answer {
  if (!delivered.ok) return noAnswer(delivered.why, delivered.text);
  const received = delivered.body;
  switch (received.kind) {
    case 'file':
      return { kind: 'bill', bytes: received.bytes };
    case 'message':
      return messageOf(received.body);
    case 'broken':
      return noAnswer('broken', null);
    case 'empty':
    case 'damaged-gzip':
      return noAnswer('bad-reply', received.kind);
    case 'too-large':
    case 'disk':
      return received;
  }
}

/** Both "No Bill Exist" and "Bill Creating" have it, so the words come first. */
const NO_BILL_CODE = '20002';
const TEXT_MAX = 128;

/** What the texts mean. WeChat's documents write them in several ways: they are compared without case. */
const MEANINGS: readonly (readonly [RegExp, Exclude<Answer['kind'], 'bill' | 'refused' | 'disk' | 'no-answer'>])[] = [
  [/no bill exist/i, 'no-bill'],
  [/bill creating/i, 'creating'],
  [/compressgzip/i, 'not-packed'],
  [/账单.{0,6}权限/, 'api-closed'],
  [TOO_OFTEN, 'too-often'],
  [BUSY, 'busy'],
];

function messageOf(body: Uint8Array): Answer {
  const read = readXml(body);
  if (!read.ok) return noAnswer('bad-xml', read.error);
  const { return_code: returnCode, return_msg: text = '', error_code: code } = read.value;
  if (returnCode === undefined) return noAnswer('bad-reply', 'return_code');
  const meaning = MEANINGS.find(([words]) => words.test(text))?.[1] ?? (code === NO_BILL_CODE ? 'no-bill' : undefined);
  return meaning === undefined ? { kind: 'refused', text: text.slice(0, TEXT_MAX) } : { kind: meaning };
}
