/**
 * What must never be written to a log or file, and how each is removed. One ordered list. The logger applies it to
 * every line, so that no caller can forget it.
 */
type Rule = readonly [name: string, pattern: RegExp, replacement: string];

const HIDDEN = '[hidden]';

const TEXT_RULES: readonly Rule[] = [
  ['PEM block', /-----BEGIN [A-Z ]+-----[\s\S]*?(?:-----END [A-Z ]+-----|$)/g, HIDDEN],
  // XML and query-like forms of the fields below, as they occur in messages and canonical strings.
  [
    'secret field in XML',
    /<(sign|face_code|auth_code|openid|sub_openid|authinfo|rawdata|key)>(?:<!\[CDATA\[)?[\s\S]*?(?:\]\]>)?<\/\1>/g,
    `<$1>${HIDDEN}</$1>`,
  ],
  [
    'secret field in a string',
    /\b(sign|face_code|auth_code|openid|sub_openid|authinfo|rawdata|key)=[^&\s"]+/g,
    `$1=${HIDDEN}`,
  ],
  [
    'secret field in JSON, and in JSON within JSON',
    /(\\*")(sign|faceCode|face_code|authCode|auth_code|paymentCode|payment_code|(?:sub_?)?openid|subOpenid|authinfo|raw_?data|rawData|api_?[kK]ey|key|keyPem|passphrase|proxyPassword|password)\1\s*:\s*\1[\s\S]*?\1/g,
    `$1$2$1:$1${HIDDEN}$1`,
  ],
  ['account in an address', /\b([a-z][a-z0-9+.-]{0,15}:\/\/)[^\s"'<>]*@/gi, `$1${HIDDEN}@`],
  ['account in a header', /(authorization\\*["']?\s*[:=]\s*\\*["']?(?:basic|bearer)\s+)[^\s"'\\]+/gi, `$1${HIDDEN}`],
  ['token of the local API', /\bfpk_[0-9A-Za-z_-]{43}/g, HIDDEN],
  // Signatures and API keys: 32 or 64 characters without a gap. Order numbers have at most 32 and are shown by design.
  // So only shapes that our order numbers never have are removed: hex of 32 or 64.
  [
    'signature or key',
    /\b(?:[0-9A-F]{64}|[0-9a-f]{64}|(?=[0-9A-F]*[A-F])[0-9A-F]{32}|(?=[0-9a-f]*[a-f])[0-9a-f]{32})\b/g,
    HIDDEN,
  ],
];

const SECRET_NAMES =
  /^(sign|apiKey|api_key|key|keyPem|certPem|passphrase|password|proxyPassword|pin|currentPin|faceCode|face_code|authCode|auth_code|paymentCode|payment_code|openid|subOpenid|sub_openid|authinfo|rawData|rawdata|nonce_str|token|authorization|proxy-authorization)$/;

/** `text` without secrets. */
export function redactText(text: string): string {
  return TEXT_RULES.reduce((left, [, pattern, replacement]) => left.replace(pattern, replacement), text);
}

const DEPTH_MAX = 6;

/**
 * A copy of `value` without secrets, by field name and by shape. Deeply nested parts are cut off, because they are not
 * trusted.
 */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEPTH_MAX) return '[deep]';
  if (value instanceof Error)
    return { name: value.name, message: redactText(value.message), stack: redactText(value.stack ?? '') };
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  if (ArrayBuffer.isView(value)) return `[${String(value.byteLength)} bytes]`;
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, SECRET_NAMES.test(name) ? HIDDEN : redact(field, depth + 1)]),
  );
}
