/** The files and tests that the table of break-out attempts names exist. */
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

  it.each(BREAKOUTS.flatMap((row) => (row.by === 'nobody' ? [] : [[row.attempt, row.on, row] as const])))(
    '%s (%s) is stopped by something that is there',
    (_attempt, _on, { file, text }) => {
      expect(readFileSync(join(root, file), 'utf8')).toContain(text);
    },
  );

  it.each(BREAKOUTS.flatMap((row) => (row.by === 'app' ? [[row.attempt, row.test] as const] : [])))(
    '%s: a test has tried it',
    (_attempt, { file, text }) => {
      expect(file).toMatch(/^test\//);
      expect(readFileSync(join(root, file), 'utf8')).toContain(text);
    },
  );

  it('is the one that technicians read', () => {
    const readme = readFileSync(join(root, 'build/machine/README.md'), 'utf8');
    const stoppedBy = (row: (typeof BREAKOUTS)[number]): string =>
      row.by === 'app'
        ? `the app (\`${row.test.file}\`)`
        : row.by === 'script'
          ? `the script (\`${row.text.replace(/^'(.*)'$/, '$1')}\`)`
          : `not by us: ${row.instead}`;
    const rows = BREAKOUTS.map((row) => `| ${row.attempt} | ${row.on} | ${stoppedBy(row)} |`);
    expect(readme.split('\n').filter((line) => rows.includes(line))).toEqual(rows);
  });
});
