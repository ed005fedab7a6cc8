/** Markdown made by scripts: tables, and the part of a page between two markers. Pure text. */

/** A page, and the two marker lines between which a script writes. */
export interface Marks {
  /** From the project's root. */
  readonly page: string;
  readonly start: string;
  readonly end: string;
}

/** `text` with `middle` between its two markers. Throws unless each marker is there once and in order. */
export function withMiddle(text: string, { page, start, end }: Marks, middle: string): string {
  const [before, rest, ...more] = text.split(start);
  const [, after, ...others] = rest?.split(end) ?? [];
  if (before === undefined || after === undefined || more.length + others.length > 0) {
    throw new Error(`${page} must have "${start}" and "${end}" once each, in this order`);
  }
  return `${before}${start}\n\n${middle}\n\n${end}${after}`;
}

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
