/** Fields as XML, in ways that mean the same; and changes of the bytes. */
import type { Dice } from './dice.ts';
import type { FieldList } from './reply-meaning.ts';

/** Any form in which WeChat Pay, or its XML library, may write these fields. */
export function xmlOf(list: FieldList, dice: Dice): string {
  const gap = dice.pick(['', '\n', '\r\n', '\n  ']);
  const style = dice.pick(['cdata', 'text', 'either'] as const);
  const fields = list.map(([name, value]) => {
    if (value === '' && dice.chance(0.5)) return `<${name}/>`;
    const asText = style === 'text' || (style === 'either' && dice.chance(0.5));
    return `<${name}>${asText ? escaped(value, dice) : sections(value)}</${name}>`;
  });
  const head = dice.pick(['', '', '', '<?xml version="1.0" encoding="UTF-8"?>', '<?xml version="1.0"?>\n']);
  return `${dice.chance(0.05) ? '\ufeff' : ''}${head}<xml>${gap}${fields.join(gap)}${gap}</xml>${dice.pick(['', '\n'])}`;
}

const sections = (value: string): string => `<![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;

function escaped(value: string, dice: Dice): string {
  const named = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return dice.chance(0.3)
    ? named.replace(/\p{Script=Han}/u, (character) => `&#x${character.codePointAt(0)?.toString(16) ?? ''};`)
    : named;
}

/**
 * `never`: after this change nothing may count, whatever its content. `as-read`: the result of another reader decides.
 */
export type Fate = 'never' | 'as-read';

interface ByteMutation {
  readonly name: string;
  readonly fate: Fate;
  /** How often, per thousand: some changes are costly. */
  readonly share: number;
  readonly change: (bytes: Buffer, dice: Dice) => Buffer;
}

const PIECES = [
  '<',
  '>',
  '&',
  ';',
  '"',
  "'",
  '/',
  '=',
  ' ',
  '\n',
  '\r',
  '\0',
  '\x0b',
  ']]>',
  '<![CDATA[',
  ']]',
  '<x>',
  '</x>',
  '<x/>',
  '</xml>',
  '<xml>',
  '&amp;',
  '&#0;',
  '&#65;',
  '&#xd800;',
  '&lol;',
  '\ufeff',
  '\u2028',
  '\uffff',
  '中',
];
const at = (bytes: Buffer, place: number, ...middle: readonly (Buffer | string)[]): Buffer =>
  Buffer.concat([bytes.subarray(0, place), ...middle.map((part) => Buffer.from(part)), bytes.subarray(place)]);
const place = (bytes: Buffer, dice: Dice): number => dice.below(bytes.byteLength + 1);

const bent = (name: string, change: ByteMutation['change'], share = 40): ByteMutation => ({
  name,
  fate: 'as-read',
  share,
  change,
});
const text = (
  name: string,
  change: (xml: string, dice: Dice) => string,
  fate: Fate = 'never',
  share = 15,
): ByteMutation => ({
  name,
  fate,
  share,
  change: (bytes, dice) => Buffer.from(change(bytes.toString('utf8'), dice)),
});
const raw = (name: string, change: ByteMutation['change'], fate: Fate = 'never', share = 8): ByteMutation => ({
  name,
  fate,
  share,
  change,
});

const inFrontOfRoot = (xml: string, what: string): string => xml.replace('<xml>', `${what}<xml>`);
const inRoot = (xml: string, what: string): string => xml.replace('</xml>', `${what}</xml>`);
const inFirstTag = (xml: string, what: string): string => xml.replace(/<([a-z_]+)>/, `<$1${what}>`);

const LAUGHS = `<!DOCTYPE xml [<!ENTITY a0 "ha">${Array.from({ length: 10 }, (_, n) => `<!ENTITY a${String(n + 1)} "${`&a${String(n)};`.repeat(10)}">`).join('')}]>`;
const EXTERNAL = [
  'file:///etc/passwd',
  'http://127.0.0.1:1/x',
  'php://filter/read=convert.base64-encode/resource=x',
  'expect://id',
];
/** In GBK: 错误. Then: cut off, overlong, half of a pair, beyond Unicode, a lone continuation byte. */
const NOT_UTF8 = ['b4edcef3', 'e4b8', 'c0bc', 'eda080', 'edb080', 'f4908080', '80', 'ff', 'fe'];
const LIMIT = 65_536;

export const byteMutations: readonly ByteMutation[] = [
  bent(
    'a bit turned',
    (bytes, dice) => {
      const copy = Buffer.from(bytes);
      const index = dice.below(copy.byteLength);
      copy[index] = (copy[index] ?? 0) ^ (1 << dice.below(8));
      return copy;
    },
    150,
  ),
  bent(
    'a byte replaced',
    (bytes, dice) => {
      const copy = Buffer.from(bytes);
      copy[dice.below(copy.byteLength)] = dice.below(256);
      return copy;
    },
    80,
  ),
  bent('cut off', (bytes, dice) => bytes.subarray(0, place(bytes, dice)), 80),
  bent('the beginning lost', (bytes, dice) => bytes.subarray(place(bytes, dice)), 30),
  bent(
    'a piece lost',
    (bytes, dice) => {
      const from = place(bytes, dice);
      return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + 1 + dice.below(20))]);
    },
    100,
  ),
  bent('a piece put in', (bytes, dice) => at(bytes, place(bytes, dice), dice.pick(PIECES)), 150),
  bent('a piece twice', (bytes, dice) => {
    const from = place(bytes, dice);
    return at(bytes, from, bytes.subarray(from, from + 1 + dice.below(60)));
  }),
  bent('two pieces in another order', (bytes, dice) => {
    const [a = 0, b = 0, c = 0] = [place(bytes, dice), place(bytes, dice), place(bytes, dice)].sort(
      (one, other) => one - other,
    );
    return Buffer.concat([bytes.subarray(0, a), bytes.subarray(b, c), bytes.subarray(a, b), bytes.subarray(c)]);
  }),
  text('a DTD', (xml, dice) =>
    inFrontOfRoot(
      xml,
      dice.pick([
        '<!DOCTYPE xml>',
        '<!doctype xml>',
        '<!DOCTYPE xml [<!ENTITY e "N">]>',
        '<!DOCTYPE xml [<!ELEMENT xml ANY>]>',
      ]),
    ),
  ),
  text('an entity that is a file or an address', (xml, dice) =>
    inRoot(inFrontOfRoot(xml, `<!DOCTYPE xml [<!ENTITY e SYSTEM "${dice.pick(EXTERNAL)}">]>`), '<attack>&e;</attack>'),
  ),
  text('an entity of parameters', (xml, dice) =>
    inFrontOfRoot(xml, `<!DOCTYPE xml [<!ENTITY % e SYSTEM "${dice.pick(EXTERNAL)}"> %e;]>`),
  ),
  text('a billion laughs', (xml) => inRoot(inFrontOfRoot(xml, LAUGHS), '<laughs>&a10;</laughs>')),
  text('an entity that nobody defined', (xml) => inRoot(xml, '<attack>&unknown;</attack>')),
  text('a comment', (xml, dice) => (dice.chance(0.5) ? inRoot(xml, '<!-- x -->') : inFrontOfRoot(xml, '<!-- x -->'))),
  text('a processing instruction', (xml, dice) =>
    inRoot(xml, dice.pick(['<?php system("id") ?>', '<?xml version="1.0"?>', '<?xml-stylesheet href="x"?>'])),
  ),
  text('an attribute', (xml, dice) =>
    dice.chance(0.5) ? inFirstTag(xml, ' a="1"') : xml.replace('<xml>', '<xml xmlns="urn:x">'),
  ),
  text('a field within a field', (xml) =>
    xml.replace(/<([a-z_]+)>/g, (tag, name) => (name === 'sign' ? '<sign><b>1</b>' : tag)),
  ),
  text('fields in a group', (xml) => xml.replace('<xml>', '<xml><group>').replace('</xml>', '</group></xml>')),
  text('text between the fields', (xml) => inRoot(xml, 'recall=N')),
  text('a second root', (xml) => `${xml}${xml}`),
  text('text behind the root', (xml, dice) => `${xml}${dice.pick(['x', '<html></html>', '\0', '<recall>N</recall>'])}`),
  text('another root', (xml, dice) => xml.replaceAll('xml>', dice.pick(['XML>', 'xmls>', 'html>', 'x:xml>']))),
  text('a page around it', (xml) => `<html><body>${xml}</body></html>`),
  text('JSON in its place', () => '{"return_code":"SUCCESS","result_code":"SUCCESS","recall":"N"}'),
  text('nothing in its place', (_xml, dice) =>
    dice.pick(['', ' ', '\n', '\0', '\ufeff', '<xml/>', '<xml></xml>', 'null']),
  ),
  text('a prototype for a name', (xml, dice) =>
    inRoot(xml, dice.pick(['__proto__', 'constructor', 'prototype'].map((name) => `<${name}>1</${name}>`))),
  ),
  text('a thousand levels', (xml) => inRoot(xml, '<a>'.repeat(1_000) + '</a>'.repeat(1_000)), 'never', 4),
  text('twenty thousand levels, unclosed', (xml) => inRoot(xml, '<a>'.repeat(20_000)), 'never', 2),
  text(
    'five thousand fields',
    (xml) => inRoot(xml, Array.from({ length: 5_000 }, (_, n) => `<f${String(n)}/>`).join('')),
    'as-read',
    1,
  ),
  text(
    'seven thousand sections, unclosed',
    (xml) => xml.replace('<xml>', `<xml><a>${'<![CDATA['.repeat(7_000)}`),
    'never',
    2,
  ),
  text('thirty thousand ampersands', (xml) => inRoot(xml, `<a>${'&'.repeat(30_000)}</a>`), 'never', 1),
  text('a declaration without an end', (xml) => `<?xml ${'?'.repeat(60_000)}${xml}`, 'never', 1),
  text('blanks without an end', (xml) => `${' '.repeat(60_000)}x${xml}`, 'never', 1),
  text('a tag without an end', (xml) => inRoot(xml, `<${'a'.repeat(60_000)}`), 'never', 1),
  raw('UTF-16, little end first', (bytes) => Buffer.from(bytes.toString('utf8'), 'utf16le')),
  raw('UTF-16, big end first, marked', (bytes) =>
    Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(bytes.toString('utf8'), 'utf16le').swap16()]),
  ),
  raw(
    'bytes that are no UTF-8',
    (bytes, dice) => at(bytes, place(bytes, dice), Buffer.from(dice.pick(NOT_UTF8), 'hex')),
    'as-read',
    40,
  ),
  raw(
    '64 KiB to the byte',
    (bytes) => Buffer.concat([bytes, Buffer.alloc(Math.max(0, LIMIT - bytes.byteLength), ' ')]),
    'as-read',
    4,
  ),
  raw(
    '64 KiB and one byte',
    (bytes) => Buffer.concat([bytes, Buffer.alloc(Math.max(0, LIMIT + 1 - bytes.byteLength), ' ')]),
    'never',
    4,
  ),
  raw('10 MB', (bytes) => Buffer.concat([bytes, Buffer.alloc(10 * 1_048_576, ' ')]), 'never', 0.3),
];

const SHARES = byteMutations.reduce((total, { share }) => total + share, 0);

/** The bytes of `xml`, changed one to three times. */
export function mutatedBytes(
  xml: string,
  dice: Dice,
): { readonly bytes: Buffer; readonly names: readonly string[]; readonly fate: Fate } {
  let bytes: Buffer = Buffer.from(xml);
  const names: string[] = [];
  let fate: Fate = 'as-read';
  for (let round = dice.chance(0.7) ? 1 : 2 + dice.below(2); round > 0; round -= 1) {
    const mutation = drawn(dice);
    // A second change may undo a first one (cut off what it inserted), so then the reader's result counts.
    fate = names.length === 0 ? mutation.fate : 'as-read';
    bytes = bytes.byteLength === 0 ? bytes : mutation.change(bytes, dice);
    names.push(mutation.name);
  }
  return { bytes, names, fate };
}

function drawn(dice: Dice): ByteMutation {
  let left = dice.roll() * SHARES;
  for (const mutation of byteMutations) {
    left -= mutation.share;
    if (left < 0) return mutation;
  }
  return dice.pick(byteMutations);
}
