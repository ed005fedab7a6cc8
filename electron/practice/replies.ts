/** The practice gateway's words: what a reply is, the signed ones, and the pages of the proxy in front. */
import { randomBytes } from 'node:crypto';
import type { SignType } from '../../shared/settings.ts';
import { sign, type Fields } from '../wechat/sign.ts';
import { writeXml } from '../wechat/xml.ts';

/** How a request is answered. The server only carries it out. */
export type Answer =
  | { readonly kind: 'message'; readonly body: string }
  | { readonly kind: 'file'; readonly body: Uint8Array; readonly isPacked: boolean }
  | { readonly kind: 'page'; readonly status: number; readonly body: string }
  | { readonly kind: 'hang' } // nothing, until one side gives up
  | { readonly kind: 'cut' }; // the connection is reset

/** The part of a checked request that its reply needs. */
export interface Caller {
  readonly fields: Fields;
  readonly signType: SignType;
}

const message = (fields: Fields): Answer => ({ kind: 'message', body: xmlOf(fields) });

/** `return_code` FAIL: a complaint about the request itself. WeChat Pay does not sign these. */
export const unsignedFail = (returnMsg: string, returnCode = 'FAIL'): Answer =>
  message({ return_code: returnCode, return_msg: returnMsg });

/** How pay/downloadbill refuses: its code is in error_code, also where a packed bill was asked for. */
export const billFail = (returnMsg: string, errorCode: string): Answer =>
  message({ return_code: 'FAIL', return_msg: returnMsg, error_code: errorCode });

/** The signed reply to `caller`, by the request's algorithm: the common block and `fields`. */
export const signedReply = (caller: Caller, apiKey: string, fields: Fields): Answer =>
  message(signedFields(caller, apiKey, fields));

/** The ids that make a reply another merchant's. In partner mode the partner is right and its shop is not. */
export const foreignIds = ({ subMchId }: { readonly subMchId?: string | undefined }): Fields =>
  subMchId === undefined ? { mch_id: ANOTHER_MERCHANT } : { sub_mch_id: ANOTHER_MERCHANT };

const ANOTHER_MERCHANT = '1900009999';

/** The same, cut off in the middle. */
export function halfReply(caller: Caller, apiKey: string, fields: Fields): Answer {
  const whole = xmlOf(signedFields(caller, apiKey, fields));
  return { kind: 'message', body: whole.slice(0, Math.floor(whole.length / 2)) };
}

function signedFields({ fields: asked, signType }: Caller, apiKey: string, fields: Fields): Fields {
  const reply: Record<string, string> = {
    return_code: 'SUCCESS',
    return_msg: 'OK',
    appid: asked['appid'] ?? '',
    mch_id: asked['mch_id'] ?? '',
    sub_appid: asked['sub_appid'] ?? '',
    sub_mch_id: asked['sub_mch_id'] ?? '',
    nonce_str: randomBytes(16).toString('hex'),
    ...fields,
  };
  return { ...reply, sign: sign(reply, apiKey, signType) };
}

/** What nginx in front of the gateway says. Clients must not take it for a reply. */
export const proxyPage = (status: number, title: string, detail = ''): Answer => ({
  kind: 'page',
  status,
  body:
    `<html>\r\n<head><title>${String(status)} ${detail === '' ? title : detail}</title></head>\r\n<body>\r\n` +
    `<center><h1>${String(status)} ${title}</h1></center>\r\n` +
    (detail === '' ? '' : `<center>${detail}</center>\r\n`) +
    `<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`,
});

function xmlOf(fields: Fields): string {
  const xml = writeXml(fields);
  // The checks refuse every request whose fields could not be repeated, so this is a bug of ours.
  if (!xml.ok) throw new Error(`practice reply: ${xml.error.field} cannot be written (${xml.error.code})`);
  return xml.value;
}
