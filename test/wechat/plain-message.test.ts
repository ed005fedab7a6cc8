/** The fast reader accepts nothing that the parser would read differently. */
import fc from 'fast-check';
import { XMLBuilder } from 'fast-xml-parser';
import { expect, it } from 'vitest';
import { readPlain } from '../../electron/wechat/plain-message.ts';
import { readWithCare, readXml, writeXml } from '../../electron/wechat/xml.ts';

const PIECES = [
  '<xml>',
  '</xml>',
  '<a>',
  '</a>',
  '<b>',
  '</b>',
  '<a_1>',
  '</a_1>',
  '<A>',
  '</A>',
  '<toString>',
  '</toString>',
  '<constructor>',
  '</constructor>',
  '<__proto__>',
  '</__proto__>',
  '<prototype>',
  '</prototype>',
  '<![CDATA[',
  ']]>',
  ']',
  '>',
  '<',
  '&',
  '&amp;',
  '\n',
  '\r',
  ' ',
  '\t',
  '\u0000',
  '\u000b',
  '\ufffe',
  '\ufeff',
  '1',
  '中',
  '<!--',
  '-->',
  '<a b="1">',
  '<a/>',
  '<?xml version="1.0"?>',
  '\u00a0',
  '\u2028',
];

const mutated = fc
  .tuple(
    fc.array(
      fc.record({
        name: fc.constantFrom('a', 'b', 'a_1', 'c'),
        value: fc.constantFrom('', '1', 'x y', ' ', '中', '\n'),
      }),
      { maxLength: 4 },
    ),
    fc.array(fc.tuple(fc.nat(200), fc.constantFrom(...PIECES), fc.boolean()), { maxLength: 3 }),
  )
  .map(([fields, changes]) =>
    changes.reduce(
      (text, [at, piece, cut]) =>
        text.slice(0, at % (text.length + 1)) + piece + text.slice((at % (text.length + 1)) + (cut ? piece.length : 0)),
      `<xml>${fields.map(({ name, value }, n) => `<${name}>${n % 2 === 0 ? `<![CDATA[${value}]]>` : value}</${name}>`).join('')}</xml>`,
    ),
  );

const soup = fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => `<xml>${pieces.join('')}</xml>`);

it('reads a message exactly as the parser does, or not at all', () => {
  let plain = 0;
  fc.assert(
    fc.property(fc.oneof(mutated, mutated, soup), (text) => {
      const quick = readPlain(text);
      if (quick === null) return;
      plain += 1;
      const careful = readWithCare(text);
      expect(careful.ok && { ...careful.value }).toEqual({ ...quick });
    }),
    { numRuns: 20_000 },
  );
  expect(plain).toBeGreaterThan(2_000);
});

it('reads every message of usual values, so that calls are quick', () => {
  const reply =
    '<xml>\n<return_code><![CDATA[SUCCESS]]></return_code>\n<total_fee>1</total_fee>\n<recall><![CDATA[N]]></recall>\n</xml>\n';
  expect({ ...readPlain(reply) }).toEqual({ return_code: 'SUCCESS', total_fee: '1', recall: 'N' });
});

it.each([
  '<xml><a>1</a><a>2</a></xml>',
  '<xml><a>1&amp;2</a></xml>',
  '<xml><constructor>1</constructor></xml>',
  '<xml><prototype>1</prototype></xml>',
  '<xml><a>1</b></xml>',
  '<xml><a>1</a>',
  '<xml><a>1</a></xml>x',
  ' <xml></xml>',
  '<xml><a><b>1</b></a></xml>',
])('leaves %s to the parser', (text) => {
  expect(readPlain(text)).toBe(null);
  expect(readXml(Buffer.from(text)).ok).toBe(readWithCare(text).ok);
});

it('writes what fast-xml-parser would write', () => {
  // oxlint-disable-next-line typescript/no-deprecated -- it is what the writer is measured by
  const builder = new XMLBuilder({
    preserveOrder: true,
    cdataPropName: '#cdata',
    textNodeName: '#text',
    format: false,
  });
  const sections = (value: string): object[] =>
    value.split(/(?<=\]\])(?=>)/).map((part) => ({ '#cdata': [{ '#text': part }] }));
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/),
        fc.oneof(fc.string(), fc.constantFrom(']]>', 'a]]>b]]>', ']]]>', '<&>')),
      ),
      (fields) => {
        const written = writeXml(fields);
        if (!written.ok) return;
        const children = Object.entries(fields)
          .filter(([, value]) => value !== '')
          .map(([name, value]) => ({ [name]: sections(value) }));
        expect(written.value).toBe(builder.build([{ xml: children }]));
        const read = readXml(Buffer.from(written.value));
        expect(read.ok && { ...read.value }).toEqual(
          Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '')),
        );
      },
    ),
    { numRuns: 500 },
  );
});
