/** Electron's security checklist over the real main.ts and preload.ts, and the proof that each check can fail. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { flipFuses, FuseState, FuseV1Options, FuseVersion, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXECUTABLE } from '../../build/pack/configuration.ts';
import { FUSES, fuseFaults } from '../../build/pack/fuses.ts';
import manifest from '../../package.json' with { type: 'json' };
import { preparePacking, type Packing } from '../pack/packed.ts';
import { partWords, sliceOf } from '../support/slice.ts';
import { CHECKLIST } from './checklist.ts';
import type { Change, Facts } from './facts.ts';

const root = resolve(import.meta.dirname, '../..');
const EVERY_ITEM = 3;
const PAGE = 'electron/shell/windows/page-window.ts';
const run = promisify(execFile);

async function factsWith(change?: Change): Promise<Facts> {
  const profile = mkdtempSync(join(tmpdir(), 'facepay-security-'));
  try {
    const env = {
      ...process.env,
      FACEPAY_PROFILE: profile,
      ...(change === undefined ? {} : { FACEPAY_CHANGE: JSON.stringify(change) }),
    };
    const { stdout } = await run(process.execPath, [join(import.meta.dirname, 'facts.ts')], { cwd: root, env });
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Facts;
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
}

/** The facts of the app as it is. */
const asItIs = factsWith();

describe('the app as it starts', async () => {
  const facts = await asItIs;
  it.each(CHECKLIST.map((item) => [item.number, item.name, item] as const))('%i: %s', (_number, _name, { holds }) => {
    expect(holds(facts), JSON.stringify(facts, null, 2)).toBe(true);
  });
});

describe('the customer’s window', async () => {
  const { windows } = await asItIs;
  it('is set up as the till’s is, but for its preload', () => {
    const [till, customer, ...more] = windows.map(({ preferences: { preload, ...rest } }) => ({
      rest,
      preload: String(preload).replace(/^.*\//, ''),
    }));
    expect(more).toEqual([]);
    expect(customer?.rest).toEqual(till?.rest);
    expect([till?.preload, customer?.preload]).toEqual(['preload.cjs', 'customer-preload.cjs']);
  });
});

/** Claims in build/machine/breakouts.ts about the app that the checklist does not check. */
const KIOSK: readonly (readonly [name: string, holds: (facts: Facts) => boolean, switchedOff: Change])[] = [
  [
    'shows no developer tools',
    ({ windows }) => windows.every(({ preferences }) => preferences['devTools'] === false),
    { file: PAGE, find: 'devTools: false', put: 'devTools: true' },
  ],
  [
    'opens no file that is dropped on it',
    ({ windows }) => windows.every(({ preferences }) => preferences['navigateOnDragDrop'] === false),
    { file: PAGE, find: 'navigateOnDragDrop: false', put: 'navigateOnDragDrop: true' },
  ],
  [
    'lets no page open a box',
    ({ windows }) => windows.every(({ preferences }) => preferences['disableDialogs'] === true),
    { file: PAGE, find: 'disableDialogs: true', put: 'disableDialogs: false' },
  ],
  ['has no menu bar', ({ menu }) => menu === null, { file: 'electron/main.ts', find: '  removeMenu();', put: '' }],
  [
    'does not zoom with two fingers',
    ({ switches }) => switches.includes('disable-pinch'),
    { file: 'electron/main.ts', find: '  forbidZoom();', put: '' },
  ],
];

describe('the kiosk', async () => {
  const facts = await asItIs;
  it.each(KIOSK)('%s, and without the line that sees to it, it does not hold', async (_name, holds, switchedOff) => {
    expect(holds(facts)).toBe(true);
    expect(holds(await factsWith(switchedOff))).toBe(false);
  });
});

describe('the check', () => {
  // Each starts the app's sources. A part tries one way to switch off one item in three, a long run all ways for all.
  const changes = sliceOf('checklist', CHECKLIST, EVERY_ITEM).flatMap((item) =>
    sliceOf(`checklist ${String(item.number)}`, item.switchedOff, item.switchedOff.length).map(
      (change) => [item.number, item.name, change, item] as const,
    ),
  );
  it.concurrent.each(changes)(
    `%i (%s) fails where it is switched off: %j (${partWords})`,
    async (_number, _name, change, { holds }) => {
      expect(holds(await factsWith(change))).toBe(false);
    },
  );
});

const sources = (folder: string, kind: RegExp): readonly (readonly [string, string])[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => kind.test(name))
    .map((name) => [`${folder}/${name}`, readFileSync(join(root, folder, name), 'utf8')] as const);
const code = [...sources('electron', /\.ts$/), ...sources('renderer', /\.(tsx?|html)$/)];
const filesWith = (pattern: RegExp): string[] => code.filter(([, text]) => pattern.test(text)).map(([name]) => name);

describe('nowhere in the source', () => {
  it('11: stands a webview', () => {
    expect(filesWith(/<webview|allowpopups|createElement\(['"]webview/)).toEqual([]);
  });

  it('15: is anything opened outside the app, and Electron’s shell is not used at all', () => {
    expect(filesWith(/openExternal|openPath/)).toEqual([]);
    expect(filesWith(/import[^;]*\bshell\b[^;]*from 'electron'/)).toEqual([]);
  });

  it('is a command line handed to a shell, or a text run as code', () => {
    expect(filesWith(/\bshell: true|\bexecSync?\(|\beval\(|new Function\(/)).toEqual([]);
  });

  it('is text put into a page as markup', () => {
    expect(filesWith(/dangerouslySetInnerHTML|\.innerHTML\b|insertAdjacentHTML|document\.write/)).toEqual([]);
  });
});

describe('19: the fuses', () => {
  let packing: Packing;
  beforeAll(async () => {
    packing = await preparePacking({ icons: false });
  });
  afterAll(() => {
    packing.remove();
  });

  it.each(['linux', 'win32'] as const)(
    'of the app packed for %s are all as in the table, and one turned back is found',
    async (system) => {
      const folder = await packing.pack(system, 'x64');
      const program = join(folder, system === 'linux' ? EXECUTABLE : `${manifest.productName}.exe`);
      expect(fuseFaults(await getCurrentFuseWire(program))).toEqual([]);
      for (const { option, name, on } of FUSES) {
        await flipFuses(program, { version: FuseVersion.V1, [option]: !on });
        expect(fuseFaults(await getCurrentFuseWire(program))).toEqual([
          `${name} is ${on ? 'off' : 'on'}, not ${on ? 'on' : 'off'}`,
        ]);
        await flipFuses(program, { version: FuseVersion.V1, [option]: on });
      }
    },
  );

  it('that a later Electron adds is found, until the table says how it must stand', () => {
    const wire = Object.fromEntries(FUSES.map(({ option, on }) => [option, on ? FuseState.ENABLE : FuseState.DISABLE]));
    expect(fuseFaults(wire)).toEqual([]);
    expect(fuseFaults({ ...wire, [FUSES.length]: FuseState.ENABLE })).toHaveLength(1);
    expect(fuseFaults({ ...wire, [FuseV1Options.OnlyLoadAppFromAsar]: FuseState.REMOVED })).toHaveLength(1);
  });
});

/** By Electron's timeline of November 2026: 45, 44 and 43 are supported, and a new line comes every eight weeks. */
const OLDEST_SUPPORTED = 43;

describe('16: Electron', () => {
  it('is pinned to one version of a supported line', () => {
    const { electron } = manifest.devDependencies;
    expect(electron).toMatch(/^\d+\.\d+\.\d+$/);
    expect(Number(electron.split('.')[0])).toBeGreaterThanOrEqual(OLDEST_SUPPORTED);
  });
});
