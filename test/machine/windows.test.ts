/** The Windows scripts by their syntax tree. They were never run: there is no Windows here. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Language, Parser, type Node } from '@vscode/tree-sitter-wasm';

const folder = resolve(import.meta.dirname, '../../build/machine/windows');
const scripts = readdirSync(folder).filter((name) => name.endsWith('.ps1'));
const wasm = (name: string): string => createRequire(import.meta.url).resolve(`@vscode/tree-sitter-wasm/wasm/${name}`);
await Parser.init({ locateFile: () => wasm('tree-sitter.wasm') });
const parser = new Parser();
parser.setLanguage(await Language.load(wasm('tree-sitter-powershell.wasm')));

function treeOf(name: string): Node {
  const tree = parser.parse(readFileSync(join(folder, name), 'utf8'));
  if (tree === null) throw new Error(`${name} was not parsed`);
  return tree.rootNode;
}

const textsOf = (type: string, name: string): string[] => treeOf(name).descendantsOfType(type).flatMap((node) => (node === null ? [] : [node.text]));
const all = (type: string): string[] => scripts.flatMap((name) => textsOf(type, name));

/** Of the verbs that Get-Verb lists, those used here, and no other. */
const VERBS = ['Get', 'Invoke', 'New', 'Read', 'Set', 'Test', 'Write'];

describe('the Windows scripts', () => {
  it.each(scripts)('%s has no syntax error', (name) => {
    expect(treeOf(name).hasError).toBe(false);
  });

  it('stop at the first error, in strict mode', () => {
    const source = readFileSync(join(folder, 'Set-FacePayKiosk.ps1'), 'utf8');
    expect(source).toMatch(/^Set-StrictMode -Version Latest\n\$ErrorActionPreference = 'Stop'$/m);
  });

  it('name functions by approved verbs, and call commands by their full names without running text as code', () => {
    const functions = all('function_name');
    expect(functions.length).toBeGreaterThan(10);
    expect(functions.filter((name) => !VERBS.includes(name.split('-')[0] ?? ''))).toEqual([]);
    const commands = all('command_name');
    expect(commands.length).toBeGreaterThan(20);
    expect(commands.filter((name) => !/^([A-Z][A-Za-z]+-[A-Z]\w+|powercfg\.exe)$/.test(name))).toEqual([]);
    expect(commands).not.toContain('Invoke-Expression');
  });

  it('read and write every kind that the table has, in -Apply and in -Undo', () => {
    const kinds = new Set([...readFileSync(join(folder, 'Settings.ps1'), 'utf8').matchAll(/Kind = '(\w+)'/g)].map(([, kind]) => kind));
    expect([...kinds].sort()).toEqual(['Key', 'Power', 'Registry']);
    const main = readFileSync(join(folder, 'Set-FacePayKiosk.ps1'), 'utf8');
    for (const kind of kinds) {
      for (const verb of ['Read', 'Write']) {
        expect(main).toContain(`'${String(kind)}' { ${verb}-${String(kind)}Setting -Setting $Setting`);
        expect(all('function_name')).toContain(`${verb}-${String(kind)}Setting`);
      }
    }
    for (const act of ['Apply', 'Undo']) expect(main).toContain(`if ($${act}) { Invoke-${act} -Settings $settings }`);
  });
});
