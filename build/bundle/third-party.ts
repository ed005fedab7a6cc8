/**
 * The licences of the packages that are in the bundles, as one text that ships with them: most licences ask for that.
 * Which packages these are, the bundler says; nobody keeps a list.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { z } from 'zod';
import { packageFolder } from './package-folder.ts';
import { madeFromPackages } from './pinyin-table.ts';

/** The text's path in the folder of the bundles: where the till's page can ask for it. */
export const THIRD_PARTY = 'renderer/third-party.txt';

/** Adds the folder of each package that the bundle holds code of. */
export const collectPackages = (folders: Set<string>): Plugin => ({
  name: 'facepay-third-party',
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type !== 'chunk') continue;
      for (const id of file.moduleIds) {
        const folder = packageFolder(id);
        if (folder !== null) folders.add(folder);
        for (const source of madeFromPackages(id)) folders.add(source);
      }
    }
  },
});

const manifestSchema = z.object({
  name: z.string(),
  version: z.string(),
  license: z.string(),
  author: z.union([z.string(), z.object({ name: z.string() }).transform(({ name }) => name)]).optional(),
});

const IS_LICENCE = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i;
const RULE = '='.repeat(72);

/** One text about all of them, in the order of their names. Throws where a package gives neither text nor known licence. */
export const thirdPartyText = (folders: Iterable<string>): string =>
  [
    'Packages in FacePay Kiosk, and their licences.',
    'Electron and Chromium have their own: LICENSE.electron.txt and LICENSES.chromium.html, beside the program.',
    ...[...folders]
      .map(noticeOf)
      .sort(({ title: one }, { title: other }) => (one < other ? -1 : 1))
      .map(({ title, text }) => `${RULE}\n${title}\n${RULE}\n\n${text.trim()}`),
  ].join('\n\n') + '\n';

function noticeOf(folder: string): { readonly title: string; readonly text: string } {
  const { name, version, license, author } = manifestSchema.parse(
    JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')),
  );
  const files = readdirSync(folder, { withFileTypes: true }).filter(
    (file) => file.isFile() && IS_LICENCE.test(file.name),
  );
  const texts = files.map((file) => readFileSync(join(folder, file.name), 'utf8').replaceAll('\r\n', '\n')).sort();
  if (texts.length === 0 && license !== 'MIT') throw new Error(`${name} ${version} (${license}) has no licence text`);
  const text = texts.length > 0 ? texts.join('\n\n') : mit(author ?? `the authors of ${name}`);
  return { title: `${name} ${version} (${license})`, text };
}

/** For a package that names this licence and does not bring its text. */
const mit = (holder: string): string => `MIT License

Copyright (c) ${holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`;
