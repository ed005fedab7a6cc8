/**
 * The practice stand-ins for what WeChat's face service issues: the permit (authinfo) and the face code. Gateway and
 * practice device derive one secret from the merchant's API key. So each can check what the other made, in this process
 * or in another. The codes carry what the real ones are bound to: merchant, order number, amount.
 */
import { createHash, createHmac, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** As in the documented example. */
export const AUTHINFO_EXPIRES_S = 3_600;

/** 16 of 32 bytes: a face code may be 128 characters long, and the order number needs most of them. */
const TAG_BYTES = 16;

export interface FaceMerchant {
  readonly appid: string;
  readonly mchId: string;
}

export interface FacePayment {
  readonly outTradeNo: string;
  /** Integer fen. */
  readonly totalFee: number;
}

const authinfoSchema = z.tuple([z.string(), z.string(), z.number(), z.string()]);
const faceCodeSchema = z.tuple([z.string(), z.number(), z.string()]);

export const faceSecretOf = (apiKey: string): Buffer =>
  createHmac('sha256', apiKey).update('facepay-kiosk practice face').digest();

/** The permit for a merchant's device, valid for `AUTHINFO_EXPIRES_S` from `wallMs`. */
export const mintAuthinfo = (secret: Uint8Array, { appid, mchId }: FaceMerchant, wallMs: number): string =>
  seal(secret, [appid, mchId, Math.floor(wallMs / 1_000), nonce()], 'authinfo');

/** The merchant that a permit was given to; `null` if it is not one of ours, or if it has expired. */
export function openAuthinfo(secret: Uint8Array, authinfo: string, wallMs: number): FaceMerchant | null {
  const content = authinfoSchema.safeParse(open(secret, authinfo, 'authinfo'));
  if (!content.success) return null;
  const [appid, mchId, givenS] = content.data;
  return wallMs / 1_000 - givenS < AUTHINFO_EXPIRES_S ? { appid, mchId } : null;
}

/** A face code for pay/facepay: at most 128 characters, no two alike. */
export const mintFaceCode = (secret: Uint8Array, merchant: FaceMerchant, payment: FacePayment): string =>
  seal(secret, [payment.outTradeNo, payment.totalFee, nonce()], boundTo(merchant));

/** The order and amount that this merchant's face code is bound to; `null` if it is not one. */
export function openFaceCode(secret: Uint8Array, merchant: FaceMerchant, faceCode: string): FacePayment | null {
  const content = faceCodeSchema.safeParse(open(secret, faceCode, boundTo(merchant)));
  return content.success ? { outTradeNo: content.data[0], totalFee: content.data[1] } : null;
}

/** An 18-digit payment code for pay/micropay: 10 to 16, then 16 digits. It is bound to nothing, like the real one. */
export const mintPaymentCode = (): string =>
  `1${String(randomInt(7))}${Array.from({ length: 16 }, () => randomInt(10)).join('')}`;

/** What the ledger keeps of a used code, to recognise it. */
export const codeDigest = (code: string): string => createHash('sha256').update(code).digest('hex');

const boundTo = ({ appid, mchId }: FaceMerchant): string => `face_code ${appid} ${mchId}`;
const nonce = (): string => randomBytes(6).toString('base64url');

function seal(secret: Uint8Array, content: readonly unknown[], purpose: string): string {
  const text = Buffer.from(JSON.stringify(content)).toString('base64url');
  return `${text}.${tag(secret, text, purpose)}`;
}

function open(secret: Uint8Array, sealed: string, purpose: string): unknown {
  const text = sealed.slice(0, Math.max(0, sealed.lastIndexOf('.')));
  const given = Buffer.from(sealed);
  const right = Buffer.from(`${text}.${tag(secret, text, purpose)}`);
  if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
  return JSON.parse(Buffer.from(text, 'base64url').toString());
}

const tag = (secret: Uint8Array, text: string, purpose: string): string =>
  createHmac('sha256', secret).update(`${purpose}\n${text}`).digest().subarray(0, TAG_BYTES).toString('base64url');
