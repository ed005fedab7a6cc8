/**
 * Everything that the local API may refuse: the stable code, the HTTP status, and one English sentence with the remedy.
 */

export type RefusalCode = keyof typeof REFUSALS;

export interface Refusal {
  readonly code: RefusalCode;
  /** The header, query parameter or body field that is wrong; `null` if it is the request as a whole. */
  readonly field: string | null;
  /** When to try again, in ms. */
  readonly retryAfterMs?: number;
  /** The methods that the path supports. */
  readonly allow?: string;
}

const entry = (status: number, message: string): { readonly status: number; readonly message: string } => ({
  status,
  message,
});

const REFUSALS = {
  'bad-request': entry(
    400,
    'This is not an HTTP/1.1 request. Send method, path, Host and headers as HTTP/1.1 has them.',
  ),
  'too-slow': entry(408, 'The request took too long to arrive. Send it in one piece, within 5 seconds.'),
  'headers-too-large': entry(431, 'The headers are over 8 KiB. Send only the documented ones.'),
  'not-loopback': entry(403, 'Only programs on this terminal may connect. Call 127.0.0.1 from the terminal itself.'),
  'wrong-host': entry(
    403,
    'The Host header must be 127.0.0.1 or localhost with the port of this API. Call it by that address.',
  ),
  'from-a-browser': entry(
    403,
    'Web pages may not call this API. Call it from the till software itself, without Origin or Sec-Fetch headers.',
  ),
  'unknown-path': entry(404, 'There is no such path. The paths are in build/guide/en/pos-api.md.'),
  'wrong-method': entry(405, 'This path has another method. The Allow header names it.'),
  unauthorized: entry(
    401,
    'The token is missing, wrong or revoked. Send "Authorization: Bearer <token>"; a technician makes a new token in the back office.',
  ),
  'too-many-requests': entry(
    429,
    'Too many requests. Wait as many seconds as the Retry-After header says; follow /v1/events instead of asking again and again.',
  ),
  'too-many-streams': entry(429, 'Too many event streams are open. Close one first; one stream carries every order.'),
  'not-json': entry(415, 'The body must be JSON: send "Content-Type: application/json", UTF-8, not compressed.'),
  'body-too-large': entry(413, 'The body is over 16 KiB. Send only the documented fields.'),
  'bad-json': entry(400, 'The body is not well-formed JSON in UTF-8. Check its quotes, commas and encoding.'),
  missing: entry(400, 'This is required. Send it.'),
  'both-missing': entry(400, 'An order needs outTradeNo or transactionId. Send at least one of them.'),
  'paid-at-missing': entry(
    400,
    'Send when the pay call was made (ISO 8601 with zone, or UTC milliseconds), or null if nobody knows: then the 15 seconds count from now.',
  ),
  'wrong-type': entry(400, 'This has the wrong type. The fields are in build/guide/en/pos-api.md.'),
  'unknown-field': entry(400, 'There is no such field. Check its spelling, or leave it out.'),
  'too-long': entry(400, 'This is too long: 32 characters at most.'),
  'bad-characters': entry(400, 'Only letters and digits are allowed here, and _ - | * in outTradeNo.'),
  'not-a-number': entry(400, 'This must be a whole number, in fen.'),
  'fraction-of-fen': entry(400, 'This must be a whole number of fen.'),
  'not-positive': entry(400, 'This must be more than zero.'),
  'amount-too-large': entry(400, 'This is over 5000000 fen. Check the unit: it is fen, not yuan.'),
  'not-a-time': entry(
    400,
    'This is not a time. Send ISO 8601 with a zone (2026-11-24T10:30:00+08:00), UTC milliseconds, or null.',
  ),
  'in-the-future': entry(
    400,
    'This time is in the future. Send when the pay call was made, and check the clock of this terminal.',
  ),
  'order-too-old': entry(
    409,
    'Over 7 days old: WeChat Pay can no longer cancel it. Refund it on the merchant platform. (Milliseconds, not seconds?)',
  ),
  differs: entry(409, 'This order is known with another value here. Read it with GET; nothing was changed.'),
  'number-taken': entry(
    409,
    'This number is that of another order, not of a payment by code. Send the payment under a new number; nothing was charged.',
  ),
  'no-codes': entry(
    409,
    'This terminal is not set up for payment codes. A technician chooses them in the set-up, step Payments; nothing was charged.',
  ),
  'no-payment-code': entry(
    400,
    'This is no payment code of WeChat Pay: 18 digits from 10 to 16. Ask the customer to open the payment code, and scan that.',
  ),
  'code-of-alipay': entry(400, 'This is a code of Alipay. Ask the customer for the payment code of WeChat Pay.'),
  'code-of-unionpay': entry(400, 'This is a code of UnionPay. Ask the customer for the payment code of WeChat Pay.'),
  'bad-event-id': entry(400, 'Last-Event-ID must be the id of an event of this stream. Leave it out to begin now.'),
  'order-not-found': entry(
    404,
    'This terminal does not know that number. Register the order first with POST /v1/orders.',
  ),
  'paid-needs-manager': entry(
    409,
    'This order is paid, so it is a refund and takes a manager. Call the manager to the terminal.',
  ),
  'manager-only': entry(409, 'Only a manager can do this. Call the manager to the terminal.'),
  'too-late': entry(
    409,
    'Too late: the cancel may have reached WeChat Pay already. Follow the order until its verdict is clear.',
  ),
  'nothing-to-choose': entry(409, 'There is nothing to choose for this order now. Read its state.'),
  'already-settled': entry(409, 'This order is finished. Read its state; there is nothing to cancel.'),
  'refund-too-early': entry(
    409,
    'It can still be cancelled, and the app goes on with it. Refund it by hand only in the last day of the 7.',
  ),
  'still-cancelling': entry(409, 'The app is still cancelling this order. Follow it until its verdict is clear.'),
  'not-handed-over': entry(409, 'A manager takes up the refund at the terminal first.'),
  'handed-over': entry(
    409,
    'A manager is refunding this order on the merchant platform. Call the manager to the terminal.',
  ),
  'reason-needed': entry(
    409,
    'This decides on money, so a manager says why at the terminal. Call the manager to the terminal.',
  ),
  'never-reversed': entry(
    409,
    'A reverse would move money that is not this order’s. A manager handles it on the merchant platform.',
  ),
  'has-refund': entry(409, 'A refund of this order was asked for, so it can no longer be cancelled. Read its state.'),
  'refund-under-way': entry(409, 'The last refund of this order has no result yet. Wait for it before the next one.'),
  'refund-impossible': entry(
    409,
    'This order cannot be refunded now: it is not known to be paid, or it is being cancelled, or refunded on the merchant platform.',
  ),
  'reverse-instead': entry(409, 'Within 7 days the whole amount goes back by cancelling the order. Cancel it.'),
  'refund-too-old': entry(
    409,
    'Paid over a year ago: WeChat Pay no longer refunds it. Pay the customer back in another way.',
  ),
  'refund-too-much': entry(409, 'That is more than is left of this order. Read its refunds.'),
  'no-such-refund': entry(404, 'This order has no refund with that number. Read its refunds.'),
  'not-saved': entry(
    503,
    'The terminal could not write it down, so nothing was done. Send it again; if it goes on, the manager must check the disk.',
  ),
  bug: entry(
    500,
    'The app made an error and does not know whether this was done. Read the order with GET, then send it again.',
  ),
} as const;

const isCode = (text: string): text is RefusalCode => Object.hasOwn(REFUSALS, text);

export const refusal = (code: RefusalCode, field: string | null = null): Refusal => ({ code, field });

/** A code of the schemas as one of the API's. */
export const refusalOf = (text: string, field: string | null): Refusal =>
  refusal(isCode(text) ? text : 'wrong-type', field);

/** The reply: status, headers and body. */
export function replyTo({ code, field, retryAfterMs, allow }: Refusal): Reply {
  const { status, message } = REFUSALS[code];
  return {
    status,
    headers: {
      ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
      ...(retryAfterMs === undefined ? {} : { 'retry-after': String(Math.max(1, Math.ceil(retryAfterMs / 1_000))) }),
      ...(allow === undefined ? {} : { allow }),
    },
    body: { error: { code, field, message } },
  };
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;
}

export const refusalCodes: readonly string[] = Object.keys(REFUSALS);
