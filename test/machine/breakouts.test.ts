/** What the table of break-out attempts names is there. */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BREAKOUTS } from '../../build/machine/breakouts.ts';

const root = resolve(import.meta.dirname, '../..');

describe('the table of break-out attempts', () => {
  it('has forty or more, each once per system', () => {
    expect(BREAKOUTS.length).toBeGreaterThanOrEqual(40);
    expect(new Set(BREAKOUTS.map(({ attempt, on }) => `${on}: ${attempt}`)).size).toBe(BREAKOUTS.length);
  });

  it.each(BREAKOUTS.flatMap((row) => (row.by === 'nobody' ? [] : [[row.attempt, row.on, row] as const])))('%s (%s) is stopped by something that is there', (_attempt, _on, { file, text }) => {
    expect(readFileSync(join(root, file), 'utf8')).toContain(text);
  });
});
