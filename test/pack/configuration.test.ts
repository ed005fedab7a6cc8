/** The packing configuration, loaded, checked and merged by electron-builder itself. */
import { join, resolve } from 'node:path';
import { DebugLogger } from 'builder-util';
import { getConfig, validateConfiguration } from 'app-builder-lib/out/util/config/config.js';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { configuration } from '../../build/pack/configuration.ts';
import { FUSES } from '../../build/pack/fuses.ts';
import { icoOf } from '../../build/pack/ico.ts';
import { windowsSigning } from '../../build/pack/signing.ts';
import { packedManifest } from '../../build/pack/stage.ts';

const root = resolve(import.meta.dirname, '../..');
const nothing = (): boolean => false;
const made = (env: Readonly<Record<string, string>>, has: (path: string) => boolean = nothing) =>
  configuration({ env, work: '/made-up', has });

describe('build/electron-builder.ts', async () => {
  const config = await getConfig(root, 'build/electron-builder.ts', {});

  it('is a configuration to electron-builder', async () => {
    await validateConfiguration(config, new DebugLogger(false));
    expect(config.appId).toBe('cn.facepay.kiosk');
    expect(config.files).toEqual([
      {
        filter: [
          'out/**',
          '!out/made-from.json',
          '!out/main/serialport/*',
          'out/main/serialport/${os}-${arch}.node',
          'package.json',
        ],
      },
    ]);
    expect(config.electronVersion).toBe(manifest.devDependencies.electron);
  });

  it.each([
    ['win', 'nsis', 'x64'],
    ['win', 'nsis', 'arm64'],
    ['win', 'portable', 'x64'],
    ['win', 'portable', 'arm64'],
    ['linux', 'AppImage', 'x64'],
    ['linux', 'AppImage', 'arm64'],
  ] as const)('makes for %s a %s for %s', (system, name, processor) => {
    const targets = [config[system]?.target]
      .flat()
      .flatMap((target) => (typeof target === 'object' && target !== null && 'target' in target ? [target] : []));
    expect(targets.find(({ target }) => target === name)?.arch).toContain(processor);
  });

  it('installs for the whole machine, in place, and silently where asked to', () => {
    expect(config.nsis).toMatchObject({
      oneClick: false,
      perMachine: true,
      allowToChangeInstallationDirectory: false,
      deleteAppDataOnUninstall: false,
    });
  });

  it('refuses a setting that electron-builder does not know', async () => {
    await expect(validateConfiguration({ ...config, ...{ fusses: {} } }, new DebugLogger(false))).rejects.toThrow(
      /fusses/,
    );
  });
});

describe('what the machine’s set-up brings', () => {
  it('goes beside the app where it is there, and is not asked for where it is not', () => {
    const without = made({});
    expect(without.nsis).not.toHaveProperty('include');
    expect(without.win?.extraResources).toEqual([]);
    const withAll = made({}, () => true);
    expect(withAll.nsis?.include).toBe('build/installer.nsh');
    expect(withAll.win?.extraResources).toEqual([{ from: 'build/machine/windows', to: 'machine/windows' }]);
    expect(withAll.linux?.extraResources).toContainEqual({ from: 'build/machine/linux', to: 'machine/linux' });
  });
});

describe('signing', () => {
  it('is none where the environment names nothing, and the packed app knows it', () => {
    expect(windowsSigning({ CSC_LINK: '  ' })).toEqual({ kind: 'none' });
    expect(made({}).win?.forceCodeSigning).toBe(false);
    expect(packedManifest({ kind: 'none' })['signedOn']).toEqual([]);
  });

  it('by a certificate file must succeed, or nothing is built', () => {
    const env = { WIN_CSC_LINK: 'shop.p12' };
    expect(made(env).win?.forceCodeSigning).toBe(true);
    expect(packedManifest(windowsSigning(env))['signedOn']).toEqual(['win32']);
  });

  const azure = {
    FACEPAY_AZURE_ENDPOINT: 'https://weu.codesigning.azure.net',
    FACEPAY_AZURE_ACCOUNT: 'account',
    FACEPAY_AZURE_PROFILE: 'profile',
    FACEPAY_PUBLISHER: 'CN=Shop',
  };

  it('in the cloud is handed to electron-builder', async () => {
    const config = made(azure);
    await validateConfiguration(config, new DebugLogger(false));
    expect(config.win).toMatchObject({
      forceCodeSigning: true,
      azureSignOptions: {
        endpoint: azure.FACEPAY_AZURE_ENDPOINT,
        codeSigningAccountName: 'account',
        certificateProfileName: 'profile',
        publisherName: 'CN=Shop',
      },
    });
  });

  it.each(Object.keys(azure).slice(1))('in the cloud without %s stops before anything is built', (name) => {
    expect(() => windowsSigning({ ...azure, [name]: '' })).toThrow(name);
  });
});

describe('the update feed', () => {
  it('is the one that the environment names, or none', () => {
    expect(made({}).publish).toBeNull();
    expect(made({ FACEPAY_UPDATE_URL: 'https://updates.example/kiosk' }).publish).toEqual({
      provider: 'generic',
      url: 'https://updates.example/kiosk',
    });
  });
});

describe('the key that updates are signed with', () => {
  it('is laid beside the program where the environment names its file, which must be there', () => {
    const named = { FACEPAY_UPDATE_KEY: '/keys/update.pub' };
    expect(made(named, (path) => path === '/keys/update.pub').extraFiles).toContainEqual({
      from: '/keys/update.pub',
      to: 'facepay-update.pub',
    });
    expect(() => made(named)).toThrow('/keys/update.pub');
    expect(made({}).extraFiles).toEqual([
      { from: 'LICENSE', to: 'LICENSE.txt' },
      { from: '/made-up/app/out/renderer/third-party.txt', to: 'LICENSES.packages.txt' },
      { from: 'build/guide', to: 'guide' },
      { from: join('/made-up', 'command', '${os}-${arch}'), to: 'command' },
    ]);
  });
});

describe('the fuse table', () => {
  it('has each fuse once, in the order of the wire, by the names that electron-builder knows', () => {
    expect(FUSES.map(({ option }) => option)).toEqual(FUSES.map((_fuse, index) => index));
    expect(FUSES.map(({ on }) => (on ? '1' : '0')).join('')).toBe('010011001');
    expect(made({}).electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    });
  });
});

describe('an icon file', () => {
  it('lists its pictures with their places, 256 pixels as 0', () => {
    const bytes = icoOf([
      { size: 16, png: Uint8Array.of(1, 2, 3) },
      { size: 256, png: Uint8Array.of(4) },
    ]);
    expect(bytes.toString('hex')).toBe(
      '00000100020010100000010020000300000026000000' + '00000000010020000100000029000000' + '01020304',
    );
  });
});
