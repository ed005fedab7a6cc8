/**
 * What try:dist reports about programs that reach the screen, end, or hang. The programs are replacements: a Chromium
 * with a page of the test's, and scripts.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { tryProgram } from '../../build/pack/try-program.ts';
import { findChromium } from '../../build/stand-in/browser/browser.ts';

const folder = mkdtempSync(join(tmpdir(), 'facepay-try-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
const LONG_MS = 60_000;

/** A program that opens a page in the machine's Chromium, as the app opens its own. */
function browserWith(name: string, html: string): string {
  writeFileSync(join(folder, `${name}.html`), html);
  return script(
    name,
    `exec "${findChromium() ?? 'no-chromium'}" --headless --no-sandbox --no-first-run --user-data-dir="$FACEPAY_PROFILE/chromium" "$@" "file://${folder}/${name}.html"`,
  );
}

function script(name: string, line: string): string {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${line}\n`, { mode: 0o755 });
  return path;
}

describe.skipIf(process.platform === 'win32')('a program', () => {
  it('that opens the screen for payments passes', { timeout: 2 * LONG_MS }, async () => {
    const program = browserWith('ready', '<button data-testid="take-payment">Take payment</button>');
    expect(await tryProgram(program, LONG_MS)).toEqual({
      kind: 'screen-reached',
      address: `file://${folder}/ready.html`,
    });
  });

  it('that opens another page does not', async () => {
    const program = browserWith('stopped', '<p data-testid="stopped">The journal cannot be opened</p>');
    expect(await tryProgram(program, 3_000)).toMatchObject({ kind: 'no-screen' });
  });

  it('that ends early is reported with its output', async () => {
    expect(await tryProgram(script('ends', 'echo "a library is missing" >&2; exit 127'), LONG_MS)).toEqual({
      kind: 'ended',
      exitCode: 127,
      output: 'a library is missing\n',
    });
  });

  it('that is not there is told as that', async () => {
    expect(await tryProgram(join(folder, 'nothing'), LONG_MS)).toMatchObject({ kind: 'could-not-start' });
  });
});
