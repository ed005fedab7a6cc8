/** electron-builder's settings: which files, for which systems, under which name, with which fuses. */
import { join } from 'node:path';
import type { Configuration } from 'electron-builder';
import manifest from '../../package.json' with { type: 'json' };
import { MADE_FROM } from '../bundle/made-from.ts';
import { NATIVE_FOLDER } from '../bundle/serial-native.ts';
import { THIRD_PARTY } from '../bundle/third-party.ts';
import { LINK_SCHEME } from '../../shared/order/order-link.ts';
import { COMMAND_FOLDER } from './command-place.ts';
import { builderFuses } from './fuses.ts';
import { finishPacked, removeDefaultApp } from './hooks.ts';
import { windowsSigning } from './signing.ts';

/** The program's file name on Linux, also used by its desktop entry. */
export const EXECUTABLE = manifest.name;
/** Where electron-builder's packages would install it, and where ours do; the desktop entry names this path. */
export const INSTALLED_AT = `/opt/${manifest.productName}`;
export const LANGUAGES = ['zh-CN', 'en-US'] as const;

export interface PackOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder with the files made by stage.ts and icons.ts; the packed result goes into its `packed/`. */
  readonly work: string;
  /** An Electron that is unpacked already, instead of the one that electron-builder downloads. */
  readonly electronDist?: string;
  /** Whether a path (absolute, or from the project's root) exists. */
  readonly has: (path: string) => boolean;
}

/** Throws if signing is configured only in part (see signing.ts), or if a named key does not exist. */
export function configuration({ env, work, electronDist, has }: PackOptions): Configuration {
  const feed = env['FACEPAY_UPDATE_URL']?.trim() ?? '';
  return {
    appId: 'cn.facepay.kiosk',
    productName: manifest.productName,
    copyright: `Copyright (c) ${manifest.author}. MIT licence.`,
    directories: { app: join(work, 'app'), output: join(work, 'packed'), buildResources: 'build' },
    // What the bundles were made from is for this checkout only; stage.ts leaves it out as well.
    // Of the native files only this system's own.
    files: [
      'out/**',
      `!out/${MADE_FROM}`,
      `!out/main/${NATIVE_FOLDER}/*`,
      `out/main/${NATIVE_FOLDER}/\${os}-\${arch}.node`,
      'package.json',
    ],
    // Everything is bundled. `false` means "no packages to rebuild or include". With npmRebuild: false this would not
    // be called, and the packages would be included.
    beforeBuild: () => Promise.resolve(false),
    // The guide is in the app (F1). The copy beside the app can be printed, and read when the app does not start.
    extraFiles: [
      { from: 'LICENSE', to: 'LICENSE.txt' },
      { from: join(work, 'app/out', THIRD_PARTY), to: 'LICENSES.packages.txt' },
      { from: 'build/guide', to: 'guide' },
      // Made by command.ts; electron-builder puts in the system and the processor.
      { from: join(work, COMMAND_FOLDER, '${os}-${arch}'), to: COMMAND_FOLDER },
      ...releaseKey(env, has),
    ],
    asar: { smartUnpack: false },
    // The system loads them from files of their own.
    asarUnpack: [`out/main/${NATIVE_FOLDER}/*.node`],
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
    // If signing was asked for and failed, the result must not be an unsigned installer.
    forceCodeSigning: signing.kind !== 'none',
    signExts: ['.node'],
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
    // deb.ts and rpm.ts make the deb and the rpm: both use one set of scripts, and a test installs each.
    target: [{ target: 'AppImage', arch: ['x64', 'arm64'] }],
    artifactName: '${name}-${version}-${arch}.${ext}',
    category: 'Office;Finance',
    maintainer: manifest.author,
    syncDesktopName: true,
    // Behind `--` a link cannot be taken for a switch, whatever its text.
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

/** The files that set up the machine (units, policies, scripts) are stored beside the app, unchanged. */
const machineFiles = (system: 'windows' | 'linux', has: PackOptions['has']): { from: string; to: string }[] =>
  has(`build/machine/${system}`) ? [{ from: `build/machine/${system}`, to: `machine/${system}` }] : [];

/** The public key that updates are signed with lies beside the program, where the updater looks for it. */
function releaseKey(env: PackOptions['env'], has: PackOptions['has']): { from: string; to: string }[] {
  const file = env['FACEPAY_UPDATE_KEY']?.trim() ?? '';
  if (file === '') return [];
  if (!has(file)) throw new Error(`FACEPAY_UPDATE_KEY names ${file}, which is not there`);
  return [{ from: file, to: 'facepay-update.pub' }];
}
