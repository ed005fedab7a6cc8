/** A small settings file and its copy: what is read from them, whatever happens to one or both. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readSettingsFile, secureSettingsFile, writeSettingsFile } from '../../electron/base/settings-file.ts';
import { lookAtFile } from '../../electron/base/file-with-copy.ts';
import { temporaryFolder } from '../support/command.ts';

const schema = z.strictObject({ port: z.number() });

let folder: string;
let path: string;
beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder, 'small.json');
});

const write = (port: number): object => writeSettingsFile(path, schema, { port }, 77);
const asFolder = (at: string): void => {
  rmSync(at, { force: true });
  mkdirSync(at);
};

describe('a small file', () => {
  it('that was never there says nothing, and nothing is made by looking', () => {
    expect([lookAtFile(path, schema), readSettingsFile(path, schema), secureSettingsFile(path, schema, 1)]).toEqual([
      { found: 'nothing', value: null, trouble: null },
      { ok: true, value: null },
      false,
    ]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    [
      'gone',
      () => {
        rmSync(path);
      },
    ],
    [
      'empty',
      () => {
        writeFileSync(path, '');
      },
    ],
    [
      'zeroes',
      () => {
        writeFileSync(path, Buffer.alloc(40));
      },
    ],
  ] as const)('that is %s is read from its copy, and put back by the app alone', (_how, lose) => {
    // prettier-ignore
    write(8_001);
    const text = readFileSync(path, 'utf8');
    lose();
    expect(readSettingsFile(path, schema)).toEqual({ ok: true, value: { port: 8_001 } });
    expect(existsSync(path) ? readFileSync(path, 'utf8') : '').not.toBe(text);
    expect([secureSettingsFile(path, schema, 1), secureSettingsFile(path, schema, 2)]).toEqual([true, false]);
    expect([readFileSync(path, 'utf8'), readdirSync(folder).sort()]).toEqual([text, ['small.json', 'small.json.kept']]);
  });

  it('that is damaged is put aside as it was before another takes its place', () => {
    write(8_001);
    writeFileSync(path, '{"port":80');
    expect(lookAtFile(path, schema)).toEqual({ found: 'damaged', value: { port: 8_001 }, trouble: null });
    expect(write(8_002)).toEqual({ ok: true, value: null });
    expect([readFileSync(`${path}.damaged-77`, 'utf8'), readSettingsFile(path, schema)]).toEqual([
      '{"port":80',
      { ok: true, value: { port: 8_002 } },
    ]);
  });

  it('that cannot be read is read from its copy, and never written over', () => {
    write(8_001);
    asFolder(path);
    expect([lookAtFile(path, schema), write(8_002)]).toEqual([
      { found: 'unreadable', value: { port: 8_001 }, trouble: 'io' },
      { ok: false, error: 'not-saved' },
    ]);
    asFolder(`${path}.kept`);
    expect([readSettingsFile(path, schema), write(8_002)]).toEqual([
      { ok: false, error: 'unreadable' },
      { ok: false, error: 'not-saved' },
    ]);
  });

  it('is written where its copy cannot be, and one written before there were copies gets one at the start', () => {
    mkdirSync(`${path}.kept`);
    expect([write(8_001), secureSettingsFile(path, schema, 1), readSettingsFile(path, schema)]).toEqual([
      { ok: true, value: null },
      false,
      { ok: true, value: { port: 8_001 } },
    ]);
    rmSync(`${path}.kept`, { recursive: true });
    secureSettingsFile(path, schema, 1);
    expect(readFileSync(`${path}.kept`, 'utf8')).toBe(readFileSync(path, 'utf8'));
  });

  it('is what counts where an older copy lies beside it', () => {
    write(8_001);
    writeFileSync(path, '{"port":8002}');
    secureSettingsFile(path, schema, 1);
    rmSync(path);
    expect(readSettingsFile(path, schema)).toEqual({ ok: true, value: { port: 8_002 } });
  });
});
