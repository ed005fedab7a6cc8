/**
 * The quick way to read a v2 message: one pass over text as WeChat Pay writes it. It accepts only text that every
 * parser would read the same way. The parser (xml.ts) judges everything else, and everything wrong.
 */
import type { Fields } from './sign.ts';

const OPEN = '<xml>';
/**
 * Blanks, then one field whose value needs no decoding, or the end. Sticky: each match begins where the last one ended.
 */
const NEXT =
  // oxlint-disable-next-line no-control-regex -- control characters are left to the parser
  /[ \t\n]*(?:<([a-z][a-z0-9_]*)>(?:<!\[CDATA\[([^\]<>&\u0000-\u0008\u000b-\u001f\ufffe\uffff]*)\]\]>|([^\]<>&\u0000-\u0008\u000b-\u001f\ufffe\uffff]*))<\/\1>|(<\/xml>[ \t\n]*$))/y;

/** The fields of a plain message; `null` for any other text, right or wrong. */
export function readPlain(text: string): Fields | null {
  if (!text.startsWith(OPEN)) return null;
  const fields: Record<string, string> = Object.create(null) as Record<string, string>;
  NEXT.lastIndex = OPEN.length;
  for (;;) {
    const found = NEXT.exec(text);
    if (found === null) return null;
    const [, name, section, plain, end] = found;
    if (end !== undefined) return fields;
    if (name === undefined || name in fields || isOfObjects(name)) return null;
    fields[name] = section ?? plain ?? '';
  }
}

/** Names for which the parser has rules of its own. */
const isOfObjects = (name: string): boolean => name in Object.prototype || name === 'prototype';
