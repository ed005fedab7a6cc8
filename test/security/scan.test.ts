import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Change } from './facts.ts';
import type { Scan } from './scan.ts';

const root = resolve(import.meta.dirname, '../..');
async function scanWith(change?: Change): Promise<Scan> {
  const env = { ...process.env, ...(change === undefined ? {} : { FACEPAY_CHANGE: JSON.stringify(change) }) };
  const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'scan.ts')], {
    cwd: root,
    env,
  });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Scan;
}

/** What the scanner finds in the bundles, and why it may stand. */
const EXPLAINED: Readonly<Record<string, string>> = {
  CSP_GLOBAL_CHECK:
    'It looks for a meta tag or a header listener; the policy is a header of the app:// handler (checklist, 7).',
  AUXCLICK_JS_CHECK: 'A middle click would open a window; no window opens (checklist, 14), and the page has no links.',
  PRELOAD_JS_CHECK: 'It asks a person to look at the preload; checklist, 20, does.',
  ELECTRON_VERSION_JSON_CHECK: 'It asks a person to look at the version of Electron; checklist, 16, does.',
  PROTOCOL_HANDLER_JS_CHECK:
    'links to orders: parsed to the letter, behind `--`, shown and never acted upon (shared/order-link.ts, test/pos/fuzz.test.ts)',
};

describe('the scanner', () => {
  it('reads every bundle, and finds nothing in them that is not explained', async () => {
    const { findings, errors, files } = await scanWith();
    expect(errors).toEqual([]);
    expect(files).toBeGreaterThanOrEqual(5);
    expect(findings.filter(({ id }) => !(id in EXPLAINED))).toEqual([]);
  });

  it('does find a window without the sandbox in them', async () => {
    const { findings } = await scanWith({
      file: 'electron/shell/page-window.ts',
      find: 'sandbox: true',
      put: 'sandbox: false',
    });
    expect(findings.map(({ id }) => id)).toContain('SANDBOX_JS_CHECK');
  });
});
