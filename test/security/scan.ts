/**
 * Runs Electronegativity over the app's bundles. The scanner is older than some of their syntax, so they are lowered
 * for its parser. It would also ask the network for its word lists and for Electron's newest fixes, and these must not
 * decide whether a test passes.
 */
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { build, type Plugin } from 'vite';
import { bundles } from '../../build/bundle/bundles.ts';
import type { Change } from './facts.ts';

const root = resolve(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);

export interface Finding {
  readonly id: string;
  readonly file: string;
  readonly severity: string;
  /** The text at that place. */
  readonly sample: string;
}

export interface Scan {
  readonly findings: readonly Finding[];
  /** Files that could not be read, and so were not scanned. */
  readonly errors: readonly string[];
  readonly files: number;
}

interface Issue {
  readonly id: string;
  readonly file: string;
  readonly severity: { readonly name: string };
  readonly sample?: string;
}

type Run = (options: object, cli: boolean) => Promise<{ issues: Issue[]; errors: { file: string; message: string }[] }>;

/** The syntax that the scanner's parser knows. */
const SYNTAX = 'es2020';

/**
 * Bundles the app, with one change, and scans it. Names stay as in the sources, since the scanner recognises a window
 * by its class.
 */
async function scan(change: Change): Promise<Scan> {
  const out = mkdtempSync(join(tmpdir(), 'facepay-scan-'));
  try {
    const configs = bundles({ out, minify: false, target: SYNTAX });
    await Promise.all(
      configs.map((config) => build({ ...config, plugins: [...(config.plugins ?? []), changing(change)] })),
    );
    cpSync(join(root, 'package.json'), join(out, 'package.json'));
    const { issues, errors } = await scanner()(
      { input: out, excludeFromScan: ['AvailableSecurityFixesGlobalCheck'] },
      false,
    );
    return {
      findings: issues.map(({ id, file, severity, sample = '' }) => ({
        id,
        file: relative(out, resolve(file)),
        severity: severity.name,
        sample,
      })),
      errors: errors.map(({ file, message }) => `${relative(out, resolve(file))}: ${message}`),
      files: readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length,
    };
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

function changing({ file, find, put }: Change): Plugin {
  const path = resolve(root, file);
  return {
    name: 'switched-off',
    transform(code, id) {
      if (id !== path) return undefined;
      const places = code.split(find).length - 1;
      if (places !== 1) throw new Error(`${JSON.stringify(find)} stands ${String(places)} times in ${file}`);
      return code.replace(find, () => put);
    },
    enforce: 'pre',
  };
}

function scanner(): Run {
  const words = require('@doyensec/electronegativity/dist/locales/i18n.js') as () => Promise<void>;
  const run = require('@doyensec/electronegativity/dist/runner.js') as Run;
  return async (options, cli) => {
    await words();
    return run(options, cli);
  };
}

// Takes the place of the scanner's network client.
const noNetwork = "data:text/javascript,module.exports = () => Promise.reject(new Error('the scan asks no network'))";
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'got' ? { url: noNetwork, shortCircuit: true, format: 'commonjs' } : next(specifier, context),
  load: (url, context, next) =>
    url === noNetwork
      ? { format: 'commonjs', shortCircuit: true, source: url.slice(url.indexOf(',') + 1) }
      : next(url, context),
});

const told = console.log;
// The scanner also prints on the console; the last line is ours.
console.log = () => undefined;
told(JSON.stringify(await scan(JSON.parse(process.env['FACEPAY_CHANGE'] ?? '') as Change)));
