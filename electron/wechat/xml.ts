import { isUtf8 } from 'node:buffer';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { fail, ok, type Result } from '../../shared/result.ts';
import { REPLY_BYTES_MAX } from '../../shared/timing.ts';
import { readPlain } from './plain-message.ts';
import type { Fields } from './sign.ts';

/** Why a text is not a v2 message. Each of them means: nothing in the text counts. */
export type XmlProblem =
  | 'too-large'
  | 'not-utf8'
  | 'forbidden-markup' // DTD, processing instruction, comment, unknown entity
  | 'malformed'
  | 'not-a-message' // the root is not <xml>, for example an error page
  | 'nested-field'
  | 'repeated-field';

/** A field that cannot be written: its name is no XML name, or its value has a character that XML 1.0 cannot carry. */
export interface WriteProblem {
  readonly field: string;
  readonly code: 'bad-name' | 'bad-character';
}

const NAME = /^[A-Za-z_][A-Za-z0-9_.-]*$/;
/**
 * A `<` that does not start a tag with a plain name. The parser uses JavaScript's definition of blanks, which is wider
 * than XML's.
 */
const NO_PLAIN_TAG = /<(?!(?:\/[A-Za-z_][A-Za-z0-9_.-]*[ \t\r\n]*|[A-Za-z_][A-Za-z0-9_.-]*[ \t\r\n]*\/?)>)/;
const BLANKS_AT_END = /(?<![ \t\r\n])[ \t\r\n]+$/;
const ONLY_BLANKS = /^[ \t\r\n]*$/;
// A carriage return is legal XML but every parser turns it into a line feed, so the signature would no longer match.
// oxlint-disable-next-line no-control-regex -- control characters are the very thing looked for
const UNWRITABLE = /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/;

const parser = new XMLParser({
  preserveOrder: true,
  cdataPropName: '#cdata',
  textNodeName: '#text',
  parseTagValue: false,
  trimValues: false,
  ignoreAttributes: false,
  processEntities: false,
  // The parser itself would rename a field such as toString. Here a name is never a property of an object that
  // inherits.
  onDangerousProperty: (name) => name,
});

/** One v2 request or reply: `<xml>` with one CDATA section per field, in the order given. Empty fields are left out. */
export function writeXml(fields: Fields): Result<string, WriteProblem> {
  let children = '';
  for (const [field, value] of Object.entries(fields)) {
    if (!NAME.test(field)) return fail({ field, code: 'bad-name' });
    if (UNWRITABLE.test(value) || !value.isWellFormed()) return fail({ field, code: 'bad-character' });
    if (value !== '') children += `<${field}>${cdataOf(value)}</${field}>`;
  }
  return ok(`<xml>${children}</xml>`);
}

/** `]]>` would end a CDATA section early, so it is split between two. */
const cdataOf = (value: string): string =>
  `<![CDATA[${value.includes(']]>') ? value.replaceAll(']]>', ']]]]><![CDATA[>') : value}]]>`;

/**
 * The fields of a v2 message. Values stay strings exactly as they are, also numbers, blanks at the edges and `true`.
 * Refused: over 64 KiB, not UTF-8, DTDs, entities other than XML's five and numeric ones, nested or repeated fields.
 */
export function readXml(bytes: Uint8Array): Result<Fields, XmlProblem> {
  if (bytes.byteLength > REPLY_BYTES_MAX) return fail('too-large');
  const text = decodeUtf8(bytes);
  if (text === null) return fail('not-utf8');
  const plain = readPlain(text);
  return plain === null ? readWithCare(text) : ok(plain);
}

/** The same, by the parser, for any text. */
export function readWithCare(text: string): Result<Fields, XmlProblem> {
  const body = text
    .replace(/^\uFEFF?[ \t\r\n]*(?:<\?xml[ \t\r\n][^<>?]*\?>[ \t\r\n]*)?/, '')
    .replace(BLANKS_AT_END, '');
  if (/<!(?!\[CDATA\[)|<\?/.test(outsideCdata(body))) return fail('forbidden-markup');
  if (!body.startsWith('<xml>') && body !== '<xml/>') return fail('not-a-message');
  // fast-xml-parser re-exports its validator from another package and will drop it one day. Then fast-xml-validator, by
  // the same author, replaces it unchanged.
  // oxlint-disable-next-line typescript/no-deprecated -- see above
  if (XMLValidator.validate(body) !== true) return fail('malformed');
  const fields = fieldsOf(body);
  return fields.ok && NO_PLAIN_TAG.test(outsideCdata(body)) ? fail('malformed') : fields;
}

/** What the parser returns with `preserveOrder`: a list of nodes, each with one key: its tag, `#text` or `#cdata`. */
type Node = Readonly<Record<string, unknown>>;

function fieldsOf(body: string): Result<Fields, XmlProblem> {
  const nodes = parsed(body);
  const root = nodes?.[0]?.['xml'];
  if (nodes?.length !== 1 || !isNodes(root)) return fail('malformed');
  const fields: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const node of root) {
    if (':@' in node) return fail('forbidden-markup');
    const [name] = Object.keys(node);
    if (name === undefined || name === '#cdata') return fail('malformed');
    if (name === '#text') {
      if (!ONLY_BLANKS.test(String(node['#text']))) return fail('malformed');
      continue;
    }
    if (name in fields) return fail('repeated-field');
    const value = valueOf(node[name]);
    if (!value.ok) return value;
    fields[name] = value.value;
  }
  return ok(fields);
}

function parsed(body: string): readonly Node[] | null {
  try {
    const nodes: unknown = parser.parse(body);
    return isNodes(nodes) ? nodes : null;
  } catch {
    // The parser throws on names such as __proto__, which no reply of WeChat Pay's contains.
    return null;
  }
}

const isNodes = (value: unknown): value is readonly Node[] => Array.isArray(value);

function valueOf(nodes: unknown): Result<string, XmlProblem> {
  if (!isNodes(nodes)) return fail('malformed');
  let value = '';
  for (const node of nodes) {
    const text = '#text' in node ? decodeEntities(String(node['#text'])) : cdataText(node['#cdata']);
    if (text === undefined) return fail('nested-field');
    if (text === null) return fail('forbidden-markup');
    value += text;
  }
  return ok(value);
}

function cdataText(nodes: unknown): string | undefined {
  if (!isNodes(nodes)) return undefined;
  return nodes.map((node) => String(node['#text'])).join('');
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** XML's five entities and numeric references; `null` on anything else, since only a DTD could define it. */
function decodeEntities(text: string): string | null {
  const [first = '', ...rest] = text.split('&');
  let decoded = first;
  for (const piece of rest) {
    const [, name = '', tail = ''] = /^(#x[0-9a-fA-F]{1,6}|#\d{1,7}|[a-z]+);([\s\S]*)$/.exec(piece) ?? [];
    const character = name.startsWith('#') ? characterOf(name.slice(1)) : ENTITIES.get(name);
    if (character === undefined) return null;
    decoded += character + tail;
  }
  return decoded;
}

function characterOf(reference: string): string | undefined {
  const code = reference.startsWith('x') ? Number.parseInt(reference.slice(1), 16) : Number(reference);
  return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : undefined;
}

/** Step by step: a regular expression would search again for the end of each of seven thousand unclosed sections. */
function outsideCdata(text: string): string {
  let outside = '';
  let at = 0;
  for (;;) {
    const begin = text.indexOf('<![CDATA[', at);
    const end = begin < 0 ? -1 : text.indexOf(']]>', begin);
    if (end < 0) return outside + text.slice(at);
    outside += text.slice(at, begin);
    at = end + ']]>'.length;
  }
}

const decodeUtf8 = (bytes: Uint8Array): string | null =>
  isUtf8(bytes) ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8') : null;
