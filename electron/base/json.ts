/** JSON as people and programs save it. */
import { parse, type ParseError } from 'jsonc-parser';

/**
 * JSON, or `undefined` if the text is not JSON. The schema that parses it next reports that. A byte order mark is no part
 * of it.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.startsWith(MARK) ? text.slice(1) : text);
  } catch {
    return undefined;
  }
}

const MARK = '\uFEFF';

/** Where a text stops being JSON: line and column from 1, and the one character that stands there; `null` at its end. */
export interface JsonTrouble {
  readonly line: number;
  readonly column: number;
  readonly found: string | null;
}

/** For a text that `parseJson` does not take. The engine's own messages often name no place. */
export function jsonTrouble(text: string): JsonTrouble {
  const errors: ParseError[] = [];
  parse(text, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
  // Both find the same texts at fault. Where this one finds nothing, the end is as good a place as any.
  const offset = errors[0]?.offset ?? text.length;
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return {
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
    found: Array.from(text.slice(offset, offset + 2))[0] ?? null,
  };
}
