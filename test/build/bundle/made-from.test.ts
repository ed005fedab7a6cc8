/** What `npm start` bundles again, and what it takes as it is. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { isMadeFrom, MADE_FROM, noteMadeFrom, sourcesNow } from '../../../build/bundle/made-from.ts';
import { stageApp } from '../../../build/pack/stage.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'made-from-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
});

function write(name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

describe('a hash of the sources', () => {
  it.each([
    'electron/main.ts',
    'renderer/theme/tokens.css',
    'build/guide/en/a.md',
    'test/soak/run.ts',
    'package-lock.json',
  ])('changes with %s', (name) => {
    write(name, 'one');
    const before = sourcesNow(folder);
    expect(sourcesNow(folder)).toBe(before);
    write(name, 'two');
    expect(sourcesNow(folder)).not.toBe(before);
  });

  it('changes when a file moves', () => {
    write('shared/a.ts', 'text');
    const before = sourcesNow(folder);
    rmSync(join(folder, 'shared/a.ts'));
    write('shared/b.ts', 'text');
    expect(sourcesNow(folder)).not.toBe(before);
  });
});

describe('bundles', () => {
  beforeEach(() => {
    write('main/main.js', 'main');
    write('renderer/index.html', 'page');
    noteMadeFrom(folder, 'these');
  });

  it('are taken as they are while the sources are the same', () => {
    expect(isMadeFrom(folder, 'these')).toBe(true);
    expect(isMadeFrom(folder, 'others')).toBe(false);
  });

  it.each([
    [
      'one of them is gone',
      () => {
        rmSync(join(folder, 'main/main.js'));
      },
    ],
    [
      'one of them was changed by hand',
      () => {
        write('main/main.js', 'other');
      },
    ],
    [
      'there is one more',
      () => {
        write('main/more.js', '');
      },
    ],
    [
      'the note is half written',
      () => {
        write(MADE_FROM, '{"sour');
      },
    ],
    [
      'there is no note',
      () => {
        rmSync(join(folder, MADE_FROM));
      },
    ],
  ])('are made again when %s', (_what, spoil) => {
    spoil();
    expect(isMadeFrom(folder, 'these')).toBe(false);
  });

  it('are packed without the note', () => {
    const work = join(folder, '..', `${folder.split('/').at(-1) ?? ''}-work`);
    onTestFinished(() => {
      rmSync(work, { recursive: true });
    });
    const app = stageApp({ out: folder, work, signing: { kind: 'none' } });
    expect(readFileSync(join(app, 'out/main/main.js'), 'utf8')).toBe('main');
    expect(() => readFileSync(join(app, 'out', MADE_FROM))).toThrow();
  });
});
