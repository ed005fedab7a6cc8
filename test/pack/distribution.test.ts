import { expect, it } from 'vitest';
import { mirrorsFor, readDistribution } from '../../build/pack/distribution.ts';

const linux = { platform: 'linux', arch: 'x64' };

it('without arguments makes what runs here', () => {
  expect(readDistribution([], linux)).toEqual({
    systems: ['linux'],
    processors: ['x64'],
    foldersOnly: false,
    chinaMirrors: false,
  });
  expect(readDistribution([], { platform: 'win32', arch: 'arm64' })).toMatchObject({
    systems: ['win'],
    processors: ['arm64'],
  });
});

it('makes what it is asked for', () => {
  expect(readDistribution(['--win', '--linux', '--x64', '--arm64', '--dir'], linux)).toMatchObject({
    systems: ['linux', 'win'],
    processors: ['x64', 'arm64'],
    foldersOnly: true,
  });
});

it('refuses what it does not know or cannot make', () => {
  expect(() => readDistribution(['--ia32'], linux)).toThrow(/ia32/);
  expect(() => readDistribution([], { platform: 'darwin', arch: 'arm64' })).toThrow(/darwin/);
});

it('names mirrors for what has none yet', () => {
  expect(mirrorsFor({ ELECTRON_MIRROR: 'https://mirror.example/' })).toEqual({
    ELECTRON_BUILDER_BINARIES_MIRROR: 'https://npmmirror.com/mirrors/electron-builder-binaries/',
  });
  expect(mirrorsFor({})['ELECTRON_MIRROR']).toMatch(/\/$/);
});
