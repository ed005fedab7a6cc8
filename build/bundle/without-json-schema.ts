import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const JSON_SCHEMA = /[\\/]zod[\\/]v4[\\/]core[\\/](?:to-json-schema|json-schema-processors)\.js$/;
const EXPORTED = /^export (?:const|function) (\w+)/gm;

/**
 * Every schema of zod can describe itself as JSON Schema, so a bundler keeps that code. No page asks for it, and it would
 * take 4 kB of the scripts before the first paint. Whoever asks all the same gets an error.
 */
export const withoutJsonSchema = (): Plugin => ({
  name: 'without-json-schema',
  load(id) {
    if (!JSON_SCHEMA.test(id)) return null;
    const names = Array.from(readFileSync(id, 'utf8').matchAll(EXPORTED), ([, name = '']) => name);
    if (names.length === 0) this.error(`${id} exports nothing that is left out`);
    return [
      "const leftOut = () => { throw new Error('JSON Schema is left out of the pages'); };",
      ...names.map((name) => `export const ${name} = leftOut;`),
    ].join('\n');
  },
});
