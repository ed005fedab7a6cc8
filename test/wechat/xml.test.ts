import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readXml, writeXml, type XmlProblem } from '../../electron/wechat/xml.ts';
import { REPLY_BYTES_MAX } from '../../shared/timing.ts';
import { randomFields } from '../support/gateway/random-fields.ts';

const read = (text: string): ReturnType<typeof readXml> => readXml(Buffer.from(text, 'utf8'));
const fieldsOf = (text: string): object => {
  const result = read(text);
  if (!result.ok) throw new Error(result.error);
  return { ...result.value };
};

describe('reading', () => {
  it.each<[string, string, Record<string, string>]>([
    ['CDATA and plain text alike', '<xml><a><![CDATA[1]]></a><b>2</b></xml>', { a: '1', b: '2' }],
    ['blanks and line ends between the fields', '<xml>\n  <a>1</a>\r\n\t<b>2</b>\n</xml>\n', { a: '1', b: '2' }],
    ['a declaration', '<?xml version="1.0" encoding="UTF-8"?>\n<xml><a>1</a></xml>', { a: '1' }],
    ['blanks in tags', '<xml><a\n>1</a ><b /></xml >', { a: '1', b: '' }],
    ['a byte order mark', '\ufeff<xml><a>1</a></xml>', { a: '1' }],
    ['no field at all', '<xml></xml>', {}],
    ['no field at all, short', '<xml/>', {}],
    ['empty values in every form', '<xml><a></a><b/><c><![CDATA[]]></c></xml>', { a: '', b: '', c: '' }],
    ['edge blanks', '<xml><a> 1 </a><b><![CDATA[\t2\n]]></b><c> </c></xml>', { a: ' 1 ', b: '\t2\n', c: ' ' }],
    [
      'a value split over sections',
      '<xml><a><![CDATA[x]]]]><![CDATA[>y]]></a><b>1<![CDATA[2]]>3</b></xml>',
      { a: 'x]]>y', b: '123' },
    ],
    [
      'the five entities and numeric references',
      '<xml><a>&lt;&gt;&amp;&quot;&apos;&#65;&#x4e2d;&#x1F600;</a></xml>',
      { a: '<>&"\'A中😀' },
    ],
    ['entities in CDATA as text', '<xml><a><![CDATA[&lt;&#65;&bogus;]]></a></xml>', { a: '&lt;&#65;&bogus;' }],
    ['an entity once and not twice', '<xml><a>&amp;lt;</a></xml>', { a: '&lt;' }],
    [
      'markup in CDATA as text',
      '<xml><a><![CDATA[<b>1</b><!-- c --><!DOCTYPE x><?p ?>]]></a></xml>',
      { a: '<b>1</b><!-- c --><!DOCTYPE x><?p ?>' },
    ],
    ['names that differ in case only', '<xml><a>1</a><A>2</A></xml>', { a: '1', A: '2' }],
    [
      'names that every object has',
      '<xml><toString>1</toString><valueOf>2</valueOf></xml>',
      { toString: '1', valueOf: '2' },
    ],
  ])('takes %s', (_what, text, fields) => {
    expect(fieldsOf(text)).toEqual(fields);
  });

  it.each([
    '4200000272201902213633768503',
    '0012300',
    '1.10',
    '1e5',
    '0x1F',
    'true',
    'false',
    'null',
    'NaN',
    '-0',
    '1_000',
    '00',
    '+1',
    '.5',
  ])('keeps %s the string that it is, in CDATA and out of it', (value) => {
    expect(fieldsOf(`<xml><a>${value}</a><b><![CDATA[${value}]]></b></xml>`)).toEqual({ a: value, b: value });
  });

  it.each<[string, string, XmlProblem]>([
    ['a DTD', '<!DOCTYPE xml [<!ENTITY e "1">]><xml><a>&e;</a></xml>', 'forbidden-markup'],
    [
      'a DTD that asks for a file',
      '<!DOCTYPE xml [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml><a>&e;</a></xml>',
      'forbidden-markup',
    ],
    ['a DTD behind a declaration', '<?xml version="1.0"?><!DOCTYPE xml><xml><a>1</a></xml>', 'forbidden-markup'],
    ['a DTD inside the root', '<xml><!DOCTYPE xml><a>1</a></xml>', 'forbidden-markup'],
    ['an entity that only a DTD could define', '<xml><a>&bogus;</a></xml>', 'forbidden-markup'],
    ['a bare ampersand', '<xml><a>1 & 2</a></xml>', 'malformed'],
    ['a reference to NUL', '<xml><a>&#0;</a></xml>', 'forbidden-markup'],
    ['a reference to half a surrogate pair', '<xml><a>&#xD800;</a></xml>', 'forbidden-markup'],
    ['a reference beyond Unicode', '<xml><a>&#x110000;</a></xml>', 'forbidden-markup'],
    ['a name that every object has as entity', '<xml><a>&constructor;</a></xml>', 'forbidden-markup'],
    ['a comment', '<xml><!-- 1 --><a>1</a></xml>', 'forbidden-markup'],
    ['a comment inside a value', '<xml><a>1<!-- x -->2</a></xml>', 'forbidden-markup'],
    ['a processing instruction', '<xml><?php 1 ?><a>1</a></xml>', 'forbidden-markup'],
    ['a second declaration', '<?xml version="1.0"?><?xml version="1.0"?><xml/>', 'forbidden-markup'],
    ['an attribute', '<xml><a b="1">1</a></xml>', 'forbidden-markup'],
    ['an attribute without a value', '<xml><a b>1</a></xml>', 'malformed'],
    ['an attribute on the root', '<xml a="1"><a>1</a></xml>', 'not-a-message'],
    ['a field within a field', '<xml><a><b>1</b></a></xml>', 'nested-field'],
    ['an empty field within a field', '<xml><a><b/></a></xml>', 'nested-field'],
    ['a field beside a value', '<xml><a>1<b>2</b></a></xml>', 'nested-field'],
    ['a field twice, alike', '<xml><recall>N</recall><recall>N</recall></xml>', 'repeated-field'],
    ['a field twice, otherwise', '<xml><recall>Y</recall><a>1</a><recall>N</recall></xml>', 'repeated-field'],
    ['a field twice, once empty', '<xml><recall/><recall>N</recall></xml>', 'repeated-field'],
    ['text between the fields', '<xml><a>1</a>text</xml>', 'malformed'],
    ['a section between the fields', '<xml><![CDATA[text]]></xml>', 'malformed'],
    ['an end that is missing', '<xml><a>1</a>', 'malformed'],
    ['half a field', '<xml><return_code><![CDATA[SUCC', 'malformed'],
    ['ends in the wrong order', '<xml><a>1</xml></a>', 'malformed'],
    ['an end that is a start as well, and what comes behind it', '<xml><a>1</a></xmla/><a>1</a></xml>', 'malformed'],
    ['a second root', '<xml><a>1</a></xml><xml><b>1</b></xml>', 'malformed'],
    ['text behind the root', '<xml><a>1</a></xml>text', 'malformed'],
    ['a byte order mark in a tag', '<xml><a\ufeff>1</a></xml>', 'malformed'],
    ['a line separator of Unicode’s in a tag', '<xml><a>1</\u2028a></xml>', 'malformed'],
    ['a no-break space between the fields', '<xml><a>1</a>\u00a0</xml>', 'malformed'],
    ['a no-break space behind the root', '<xml><a>1</a></xml>\u00a0', 'malformed'],
    ['a name that is not ASCII', '<xml><订单>1</订单></xml>', 'malformed'],
    ['a declaration that is none', '<?xml|version="1.0"?><xml/>', 'forbidden-markup'],
    ['a declaration with another inside', '<?xml <? ?><xml/>', 'forbidden-markup'],
    ['a name that begins with a digit', '<xml><1a>1</1a></xml>', 'malformed'],
    ['__proto__ as a name', '<xml><__proto__>1</__proto__></xml>', 'malformed'],
    ['an HTML page', '<html><body><h1>502 Bad Gateway</h1></body></html>', 'not-a-message'],
    ['an HTML page with a doctype', '<!DOCTYPE html><html></html>', 'forbidden-markup'],
    ['JSON', '{"return_code":"SUCCESS"}', 'not-a-message'],
    ['plain text', 'upstream timed out', 'not-a-message'],
    ['nothing', '', 'not-a-message'],
    ['another root', '<XML><a>1</a></XML>', 'not-a-message'],
    ['a root that only begins alike', '<xmls><a>1</a></xmls>', 'not-a-message'],
  ])('refuses %s', (_what, text, problem) => {
    expect(read(text)).toEqual({ ok: false, error: problem });
  });

  it('takes 64 KiB and refuses a byte more, whatever is in it', () => {
    const frame = '<xml><a></a></xml>'.length;
    const full = `<xml><a>${'x'.repeat(REPLY_BYTES_MAX - frame)}</a></xml>`;
    expect(Buffer.byteLength(full)).toBe(65_536);
    expect(read(full).ok).toBe(true);
    expect(read(`${full} `)).toEqual({ ok: false, error: 'too-large' });
    // Bytes count, not characters.
    expect(read(`<xml><a>${'中'.repeat(22_000)}</a></xml>`)).toEqual({ ok: false, error: 'too-large' });
  });

  it.each<[string, number[]]>([
    ['GBK', [0xb4, 0xed, 0xce, 0xf3]],
    ['a sequence that is cut off', [0xe4, 0xb8]],
    ['an overlong form', [0xc0, 0xbc]],
    ['a surrogate in UTF-8', [0xed, 0xa0, 0x80]],
  ])('refuses what is not UTF-8: %s', (_what, bytes) => {
    const text = [...Buffer.from('<xml><a>'), ...bytes, ...Buffer.from('</a></xml>')];
    expect(readXml(Uint8Array.from(text))).toEqual({ ok: false, error: 'not-utf8' });
  });

  it('never gives an object with a prototype, so that no name can be mistaken for a field', () => {
    const result = read('<xml><a>1</a></xml>');
    expect(result.ok && Object.getPrototypeOf(result.value) === null).toBe(true);
  });

  it('says something of whatever bytes it is given, and never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => typeof readXml(bytes).ok === 'boolean'),
      { numRuns: 5_000 },
    );
  });

  const mutation = fc.record({
    at: fc.nat(1_000),
    drop: fc.nat(12),
    put: fc.oneof(
      fc.constantFrom(
        '<',
        '>',
        '&',
        ']]>',
        '<![CDATA[',
        '</xml>',
        '<xml>',
        '<!--',
        '<?',
        '"',
        "'",
        '/',
        '&#',
        ';',
        '<a>',
        '</a>',
        '\u0000',
        '\ufeff',
        '__proto__',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
  });

  it('says something of every reply that was bent on its way, never throws, and gives strings alone', () => {
    fc.assert(
      fc.property(randomFields, fc.array(mutation, { minLength: 1, maxLength: 5 }), (fields, mutations) => {
        const whole = writeXml(fields);
        let text = whole.ok ? whole.value : '';
        for (const { at, drop, put } of mutations) {
          const place = at % (text.length + 1);
          text = text.slice(0, place) + put + text.slice(place + drop);
        }
        const result = read(text);
        if (result.ok) expect(Object.values(result.value).every((value) => typeof value === 'string')).toBe(true);
      }),
      { numRuns: 5_000 },
    );
  });
});

describe('writing', () => {
  it('puts each field into CDATA, in the order given, and leaves empty ones out', () => {
    expect(writeXml({ b: '1', a: '2 & <3>', c: '' })).toEqual({
      ok: true,
      value: '<xml><b><![CDATA[1]]></b><a><![CDATA[2 & <3>]]></a></xml>',
    });
  });

  it('splits ]]> over two sections, every time it occurs', () => {
    const xml = writeXml({ a: ']]>x]]>]]]>' });
    expect(xml.ok && fieldsOf(xml.value)).toEqual({ a: ']]>x]]>]]]>' });
  });

  it.each<[string, string]>([
    ['NUL', 'a\u0000b'],
    ['a bell', '\u0007'],
    ['a carriage return, which every parser turns into a line feed', 'a\r\nb'],
    ['an escape', '\u001b[1m'],
    ['a vertical tab', '\u000b'],
    ['a lone high surrogate', '\ud83d'],
    ['a lone low surrogate', 'a\ude00'],
    ['a non-character', '\uffff'],
  ])('refuses %s, by field', (_what, value) => {
    expect(writeXml({ good: '1', attach: value })).toEqual({
      ok: false,
      error: { field: 'attach', code: 'bad-character' },
    });
  });

  it.each(['1a', 'a b', 'a>b', '', 'a:b', '订单', '-a', 'xml/'])('refuses "%s" as a name', (field) => {
    expect(writeXml({ [field]: '1' })).toEqual({ ok: false, error: { field, code: 'bad-name' } });
  });

  it('takes tab, line feed and everything of Unicode that XML can carry', () => {
    const value = '\t\n 中文 😀 \u{10fffd} \ud7ff \ue000 \ufffd';
    const xml = writeXml({ a: value });
    expect(xml.ok && fieldsOf(xml.value)).toEqual({ a: value });
  });
});
