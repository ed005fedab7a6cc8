import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Change } from './facts.ts';
import type { Finding, Scan } from './scan.ts';

const root = resolve(import.meta.dirname, '../..');

/**
 * A fault that the scan must find: otherwise a scan that finds nothing at all would look good. Scanning takes long, so
 * it is done once.
 */
const PLANTED: Change = { file: 'electron/shell/windows/page-window.ts', find: 'sandbox: true', put: 'sandbox: false' };

async function scanWithPlanted(): Promise<Scan> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'scan.ts')], {
    cwd: root,
    env: { ...process.env, FACEPAY_CHANGE: JSON.stringify(PLANTED) },
  });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Scan;
}

/** The scanner's findings in the bundles, and why each is allowed. */
const EXPLAINED: Readonly<Record<string, string>> = {
  CSP_GLOBAL_CHECK:
    'It looks for a meta tag or a header listener; the policy is a header of the app:// handler (checklist, 7).',
  AUXCLICK_JS_CHECK: 'A middle click would open a window; no window opens (checklist, 14), and the page has no links.',
  PRELOAD_JS_CHECK: 'It asks a person to look at the preload; checklist, 20, does.',
  ELECTRON_VERSION_JSON_CHECK: 'It asks a person to look at the version of Electron; checklist, 16, does.',
  PROTOCOL_HANDLER_JS_CHECK:
    'links to orders: parsed to the letter, behind `--`, shown and never acted upon (shared/order/order-link.ts, test/pos/fuzz.test.ts)',
};

describe('the scanner, over all bundles, with a window without the sandbox put into one of them', async () => {
  const { findings, errors, files } = await scanWithPlanted();
  const isPlanted = ({ id }: Finding): boolean => id === 'SANDBOX_JS_CHECK';

  it('reads every bundle', () => {
    expect(errors).toEqual([]);
    expect(files).toBeGreaterThanOrEqual(5);
  });

  it('finds that window, and no other', () => {
    expect(findings.filter(isPlanted)).toMatchObject([{ file: 'main/main.js' }]);
  });

  it('finds nothing else that is not explained', () => {
    expect(findings.filter((finding) => !isPlanted(finding) && !(finding.id in EXPLAINED))).toEqual([]);
  });
});
