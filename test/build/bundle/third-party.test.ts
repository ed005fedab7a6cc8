/** The licences of what is in the bundles. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageFolder } from '../../../build/bundle/package-folder.ts';
import { thirdPartyText } from '../../../build/bundle/third-party.ts';
import { temporaryFolder } from '../../support/command.ts';

function made(name: string, manifest: object, files: Readonly<Record<string, string>> = {}): string {
  const folder = join(temporaryFolder(), 'node_modules', name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name, version: '1.2.3', ...manifest }));
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  return folder;
}

describe('the licences of the bundled packages', () => {
  it.each([
    ['/p/node_modules/zod/v4/core/core.js', '/p/node_modules/zod'],
    ['/p/node_modules/@formatjs/fast-memoize/index.js', '/p/node_modules/@formatjs/fast-memoize'],
    ['/p/node_modules/a/node_modules/b/index.js', '/p/node_modules/a/node_modules/b'],
    ['\0/p/node_modules/react/index.js?commonjs-es-import', '/p/node_modules/react'],
    ['C:\\p\\node_modules\\react\\index.js', 'C:\\p\\node_modules\\react'],
    ['/p/electron/main.ts', null],
    ['\0rolldown/runtime.js', null],
  ])('know the package of %j', (id, folder) => {
    expect(packageFolder(id)).toBe(folder);
  });

  it('are whole, with the notices beside them, and in the order of the names', () => {
    const text = thirdPartyText([
      made('zz', { license: 'ISC' }, { LICENSE: 'the text of zz', 'index.js': 'code' }),
      made('aa', { license: 'Apache-2.0' }, { LICENCE: 'the text of aa\r\n', NOTICE: 'the notice of aa' }),
    ]);
    expect(text.indexOf('aa 1.2.3 (Apache-2.0)')).toBeLessThan(text.indexOf('zz 1.2.3 (ISC)'));
    for (const part of ['the text of zz', 'the text of aa', 'the notice of aa']) expect(text).toContain(part);
    expect(text).not.toMatch(/\r|code/);
  });

  it('are in full also where a package only names the MIT licence, and any other without its text ends the bundling', () => {
    expect(thirdPartyText([made('bare', { license: 'MIT', author: { name: 'A. Author' } })])).toMatch(
      /Copyright \(c\) A\. Author[\s\S]*WITHOUT WARRANTY OF ANY KIND/,
    );
    expect(() => thirdPartyText([made('bare', { license: 'BSD-3-Clause' })])).toThrow('bare 1.2.3 (BSD-3-Clause)');
  });
});
