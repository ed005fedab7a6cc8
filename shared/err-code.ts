/**
 * The err_codes that this app knows. electron/wechat/error-codes.ts has what each calls for, and ERR_CODE_KEYS
 * (renderer/i18n/code-keys.ts) its words. Neither file compiles with a code that is not listed here, and the words do
 * not compile if a code listed here is missing.
 */
export type ErrCode =
  | 'SYSTEMERROR'
  | 'BANKERROR'
  | 'USERPAYING'
  | 'PARAM_ERROR'
  | 'LACK_PARAMS'
  | 'NOT_UTF8'
  | 'XML_FORMAT_ERROR'
  | 'REQUIRE_POST_METHOD'
  | 'SIGNERROR'
  | 'CERT_ERROR'
  | 'NOAUTH'
  | 'APPID_NOT_EXIST'
  | 'MCHID_NOT_EXIST'
  | 'APPID_MCHID_NOT_MATCH'
  | 'INVALID_REQUEST'
  | 'FREQUENCY_LIMITED'
  | 'INVALID_REQ_TOO_MUCH'
  | 'TRADE_ERROR'
  | 'ORDERPAID'
  | 'ORDERCLOSED'
  | 'ORDERREVERSED'
  | 'ORDERNOTEXIST'
  | 'OUT_TRADE_NO_USED'
  | 'INVALID_TRANSACTIONID'
  | 'AUTHCODEEXPIRE'
  | 'AUTH_CODE_ERROR'
  | 'AUTH_CODE_INVALID'
  | 'NOTENOUGH'
  | 'NOTSUPORTCARD'
  | 'BUYER_MISMATCH'
  | 'REVERSE_EXPIRE';
