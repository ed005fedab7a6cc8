/** What electron-builder is told: which files, for which systems, under which name, with which fuses. */
import { join } from 'node:path';
import type { Configuration } from 'electron-builder';
import manifest from '../../package.json' with { type: 'json' };
import { LINK_SCHEME } from '../../shared/order-link.ts';
import { builderFuses } from './fuses.ts';
import { finishPacked, removeDefaultApp } from './hooks.ts';
import { windowsSigning } from './signing.ts';

/** The program's file name on Linux, and its desktop entry's. */
export const EXECUTABLE = manifest.name;
/** Where electron-builder's packages would have it, and ours do; its desktop entry names it. */
export const INSTALLED_AT = `/opt/${manifest.productName}`;
export const LANGUAGES = ['zh-CN', 'en-US'] as const;

export interface PackOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder that holds what stage.ts and icons.ts made, and gets what is packed: `packed/`. */
  readonly work: string;
  /** An Electron that is unpacked already, in place of the one that electron-builder fetches. */
  readonly electronDist?: string;
  /** Whether a path (absolute, or from the project's root) is there. */
  readonly has: (path: string) => boolean;
}

/** Throws where signing is set up in part (see signing.ts), or a key is named that is not there. */
export function configuration({ env, work, electronDist, has }: PackOptions): Configuration {
  const feed = env['FACEPAY_UPDATE_URL']?.trim() ?? '';
  return {
    appId: 'cn.facepay.kiosk',
    productName: manifest.productName,
    copyright: `Copyright (c) ${manifest.author}. MIT licence.`,
    directories: { app: join(work, 'app'), output: join(work, 'packed'), buildResources: 'build' },
    files: ['out/**', 'package.json'],
    // Everything is bundled. `false` is "no packages to rebuild or take along"; with npmRebuild: false it would not be asked, and would take them.
    beforeBuild: () => Promise.resolve(false),
    // The guide is in the app (F1); beside it, it can be read where the app does not start, and printed.
    extraFiles: [{ from: 'LICENSE', to: 'LICENSE.txt' }, { from: 'build/guide', to: 'guide' }, ...releaseKey(env, has)],
    asar: { smartUnpack: false },
    electronVersion: manifest.devDependencies.electron,
    ...(electronDist === undefined ? {} : { electronDist }),
    electronLanguages: [...LANGUAGES],
    electronFuses: builderFuses,
    compression: 'normal',
    protocols: [{ name: manifest.productName, schemes: [LINK_SCHEME] }],
    publish: feed === '' ? null : { provider: 'generic', url: feed },
    afterExtract: removeDefaultApp,
    afterPack: finishPacked,
    win: windows(work, windowsSigning(env), has),
    nsis: {
      artifactName: '${name}-setup-${version}-${arch}.${ext}',
      oneClick: false,
      perMachine: true,
      allowToChangeInstallationDirectory: false,
      buildUniversalInstaller: false,
      installerLanguages: ['zh_CN', 'en_US'],
      // The journal is evidence: it outlives the program.
      deleteAppDataOnUninstall: false,
      runAfterFinish: true,
      ...(has('build/installer.nsh') ? { include: 'build/installer.nsh' } : {}),
    },
    portable: { artifactName: '${name}-portable-${version}-${arch}.${ext}', buildUniversalInstaller: false },
    linux: linux(work, has),
  };
}

function windows(
  work: string,
  signing: ReturnType<typeof windowsSigning>,
  has: PackOptions['has'],
): NonNullable<Configuration['win']> {
  return {
    icon: join(work, 'icons/icon.ico'),
    target: [
      { target: 'nsis', arch: ['x64', 'arm64'] },
      { target: 'portable', arch: ['x64', 'arm64'] },
    ],
    // Asked for and failed must not end in an unsigned installer.
    forceCodeSigning: signing.kind !== 'none',
    ...(signing.kind === 'azure'
      ? {
          azureSignOptions: {
            endpoint: signing.endpoint,
            codeSigningAccountName: signing.account,
            certificateProfileName: signing.profile,
            publisherName: signing.publisher,
          },
        }
      : {}),
    extraResources: machineFiles('windows', has),
  };
}

function linux(work: string, has: PackOptions['has']): NonNullable<Configuration['linux']> {
  return {
    executableName: EXECUTABLE,
    icon: join(work, 'icons/linux'),
    // The deb and the rpm are made by deb.ts and rpm.ts: one set of scripts, and each installed by a test.
    target: [{ target: 'AppImage', arch: ['x64', 'arm64'] }],
    artifactName: '${name}-${version}-${arch}.${ext}',
    category: 'Office;Finance',
    maintainer: manifest.author,
    syncDesktopName: true,
    // Behind `--` a link can be no switch, whatever it spells.
    executableArgs: ['--'],
    desktop: {
      entry: {
        'Name[zh_CN]': '刷脸收款终端',
        'Comment[zh_CN]': '微信刷脸收款；一键撤销未决订单',
        SingleMainWindow: 'true',
      },
    },
    extraResources: [{ from: join(work, 'icons/linux'), to: 'icons' }, ...machineFiles('linux', has)],
  };
}

/** What sets the machine up (units, policies, scripts) goes beside the app, as it is. */
const machineFiles = (system: 'windows' | 'linux', has: PackOptions['has']): { from: string; to: string }[] =>
  has(`build/machine/${system}`) ? [{ from: `build/machine/${system}`, to: `machine/${system}` }] : [];

/** The public key that updates are signed with lies beside the program, where the updater looks for it. */
function releaseKey(env: PackOptions['env'], has: PackOptions['has']): { from: string; to: string }[] {
  const file = env['FACEPAY_UPDATE_KEY']?.trim() ?? '';
  if (file === '') return [];
  if (!has(file)) throw new Error(`FACEPAY_UPDATE_KEY names ${file}, which is not there`);
  return [{ from: file, to: 'facepay-update.pub' }];
}
