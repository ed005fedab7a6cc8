/** Bodies of requests: read within their limit, then parsed by schema. An error names the wrong field. */
import { MIMEType } from 'node:util';
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { amountFenSchema } from '../../shared/money.ts';
import { outTradeNoSchema, transactionIdSchema } from '../../shared/order/order.ts';
import { paymentCodeOf } from '../../shared/order/payment-code.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { parseJson } from '../base/json.ts';
import type { WallSpan } from '../base/watched-clock.ts';
import { checkedPayTime, payTimeOf, type PayTime } from '../orders/views/pay-time.ts';
import { refusal, refusalOf, type Refusal } from './refusal.ts';

export const BODY_BYTES_MAX = 16 * 1024;

const registerSchema = z.strictObject({
  outTradeNo: outTradeNoSchema.optional(),
  transactionId: transactionIdSchema.optional(),
  amountFen: amountFenSchema.optional(),
  paidAt: z.union([z.string(), z.int(), z.null()], {
    error: (issue) => (issue.input === undefined ? 'paid-at-missing' : 'not-a-time'),
  }),
});

export interface PosOrder {
  readonly outTradeNo: string | undefined;
  readonly transactionId: string | undefined;
  readonly amountFen: number | undefined;
  /** `null` if the time is not known. */
  readonly paidAt: PayTime | null;
}

/** An order to register. `wall` is the present time, as the clock showed it recently. */
export function posOrderOf(body: unknown, wall: WallSpan): Result<PosOrder, Refusal> {
  const parsed = registerSchema.safeParse(body);
  if (!parsed.success) return fail(problemOf(parsed.error.issues[0]));
  const { outTradeNo, transactionId, amountFen, paidAt: written } = parsed.data;
  if (outTradeNo === undefined && transactionId === undefined) return fail(refusal('both-missing', 'outTradeNo'));
  const paidAt = written === null ? ok(null) : timeOf(written, wall);
  return paidAt.ok
    ? ok({ outTradeNo, transactionId, amountFen, paidAt: paidAt.value })
    : fail(refusal(paidAt.error, 'paidAt'));
}

const timeOf = (written: string | number, wall: WallSpan): ReturnType<typeof payTimeOf> =>
  typeof written === 'string' ? payTimeOf(written, wall) : checkedPayTime({ fromMs: written, toMs: written }, wall);

const paymentSchema = z.strictObject({
  outTradeNo: outTradeNoSchema,
  amountFen: amountFenSchema,
  paymentCode: z.string({ error: (issue) => (issue.input === undefined ? 'missing' : 'wrong-type') }),
});

export interface PosPayment {
  readonly outTradeNo: string;
  readonly amountFen: number;
  /** Secret: in no log and no reply. */
  readonly paymentCode: string;
}

/** A payment whose code the till software has scanned. */
export function posPaymentOf(body: unknown): Result<PosPayment, Refusal> {
  const parsed = paymentSchema.safeParse(body);
  if (!parsed.success) return fail(problemOf(parsed.error.issues[0]));
  const { paymentCode: scanned, ...payment } = parsed.data;
  const paymentCode = paymentCodeOf(scanned);
  return paymentCode.ok
    ? ok({ ...payment, paymentCode: paymentCode.value })
    : fail(refusal(paymentCode.error, 'paymentCode'));
}

const nothingSchema = z.strictObject({});

/** An act on an order has no body, or an empty one. */
export function nothingIn(body: unknown): Result<null, Refusal> {
  const parsed = nothingSchema.safeParse(body === undefined ? {} : body);
  return parsed.success ? ok(null) : fail(problemOf(parsed.error.issues[0]));
}

function problemOf(issue: z.core.$ZodIssue | undefined): Refusal {
  if (issue?.code === 'unrecognized_keys') return refusal('unknown-field', issue.keys[0] ?? null);
  const field = issue?.path.join('.') ?? '';
  if (field === '') return refusal('wrong-type', 'body');
  return field === 'amountFen' && issue?.message === 'too-large'
    ? refusal('amount-too-large', field)
    : refusalOf(issue?.message ?? '', field);
}

/** The body as JSON; `undefined` if there is none; `null` if the caller went away before it was complete. */
export async function bodyOf(request: IncomingMessage): Promise<Result<unknown, Refusal> | null> {
  const { headers } = request;
  const bytes = await bytesOf(request);
  if (bytes === 'gone') return null;
  if (bytes === 'too-large') return fail(refusal('body-too-large'));
  if (bytes.byteLength === 0) return ok(undefined);
  if (!isJsonType(headers['content-type'] ?? '') || headers['content-encoding'] !== undefined)
    return fail(refusal('not-json', 'Content-Type'));
  const json = parseJson(textOf(bytes));
  return json === undefined ? fail(refusal('bad-json')) : ok(json);
}

/** JSON is UTF-8 (RFC 8259); clients name that as `utf-8`, `"utf-8"` or `utf8`, or not at all. */
function isJsonType(contentType: string): boolean {
  try {
    const { essence, params } = new MIMEType(contentType);
    return (
      essence === 'application/json' && ['utf-8', 'utf8'].includes((params.get('charset') ?? 'utf-8').toLowerCase())
    );
  } catch {
    // It throws on what is no media type.
    return false;
  }
}

function bytesOf(request: IncomingMessage): Promise<Buffer | 'gone' | 'too-large'> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.byteLength;
      // The rest is read and thrown away, so that the caller gets to read the reply.
      if (size > BODY_BYTES_MAX) resolve('too-large');
      else chunks.push(chunk);
    });
    request.on('end', () => {
      resolve(Buffer.concat(chunks));
    });
    // An aborted request ends in `close` without `end`.
    request.on('error', () => {
      resolve('gone');
    });
    request.on('close', () => {
      resolve('gone');
    });
  });
}

/** Bytes that are not UTF-8 make text that is not JSON. */
function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return '';
  }
}
