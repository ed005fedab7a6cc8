/**
 * For what leaves the terminal and others will read. After the secrets are redacted, everything that names an order, a
 * customer, a merchant or a person of this machine is cut to its last four characters.
 */
import { redact, redactText } from './redact.ts';

const TAIL = 4;

/** `…8821`. A short value is hidden completely: its tail would be most of it. */
export const maskId = (id: string): string => (id.length > 2 * TAIL ? `…${id.slice(-TAIL)}` : '…');

/** Fields whose value is an identifier in any form. */
const ID_NAMES =
  /^(order|orderIds?|other|outTradeNo|out_trade_no|transactionId|transaction_id|number|appid|subAppid|sub_appid|mchId|mch_id|subMchId|sub_mch_id|openid|who|actor|user|username|hostname)$/;

/** Identifiers inside a text: long runs of digits, and long words that mix letters and digits (openid, order numbers). */
const ID_SHAPES: readonly RegExp[] = [
  /(?<![0-9A-Za-z])\d{8,}(?![0-9A-Za-z])/g,
  /(?<![0-9A-Za-z_-])wx[0-9a-f]{8,}(?![0-9A-Za-z])/gi,
  /(?<![0-9A-Za-z_|*-])(?=[0-9A-Za-z_|*-]*\d)(?=[0-9A-Za-z_|*-]*[A-Za-z])[0-9A-Za-z_|*-]{16,}/g,
];
/** A person's folder tells their name. */
const HOMES = /((?:\/home|\/Users|[A-Za-z]:\\+Users)[\\/]+)[^\\/"'\s:]+/g;

/** `text` without secrets, and with every identifier cut. */
export function maskText(text: string): string {
  const safe = redactText(text).replace(HOMES, '$1…');
  return ID_SHAPES.reduce((left, shape) => left.replace(shape, maskId), safe);
}

const DEPTH_MAX = 8;

/** The same for a value of any depth. Names of fields are kept. */
export const maskValue = (value: unknown): unknown => masked(redact(value), '', 0);

function masked(value: unknown, name: string, depth: number): unknown {
  if (depth > DEPTH_MAX) return '[deep]';
  if (typeof value === 'string') return ID_NAMES.test(name) ? maskId(value) : maskText(value);
  if (typeof value === 'number') return ID_NAMES.test(name) ? '…' : value;
  if (Array.isArray(value)) return value.map((item) => masked(item, name, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]) => [maskText(key), masked(field, key, depth + 1)]),
  );
}
