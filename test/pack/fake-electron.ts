/**
 * An imitation of an unpacked Electron for packing an app, without Electron: its files by name, and a program that
 * cannot run. The program contains the data of the real one: the fuse wire, and on Windows a PE with version
 * information.
 */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { NtExecutable, NtExecutableResource, Resource } from 'resedit';

export type System = 'linux' | 'win32';
export type Processor = 'x64' | 'arm64';

/** Electron 45's fuse wire as shipped, from its build/fuses: sentinel, version, length, one letter for each fuse. */
const FUSE_WIRE = Buffer.concat([
  Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
  Buffer.from([1, 9]),
  Buffer.from('101100011'),
]);

const COMMON = [
  'LICENSE',
  'LICENSES.chromium.html',
  'chrome_100_percent.pak',
  'chrome_200_percent.pak',
  'icudtl.dat',
  'resources.pak',
  'snapshot_blob.bin',
  'v8_context_snapshot.bin',
  'version',
  'vk_swiftshader_icd.json',
  'resources/default_app.asar',
];
const LINUX = [
  'chrome_crashpad_handler',
  'chrome-sandbox',
  'libEGL.so',
  'libGLESv2.so',
  'libffmpeg.so',
  'libvk_swiftshader.so',
  'libvulkan.so.1',
];
const WINDOWS = [
  'd3dcompiler_47.dll',
  'ffmpeg.dll',
  'libEGL.dll',
  'libGLESv2.dll',
  'vk_swiftshader.dll',
  'vulkan-1.dll',
];
const PROGRAMS = ['chrome_crashpad_handler', 'chrome-sandbox'];
const LOCALES = ['de', 'en-GB', 'en-US', 'fr', 'ja', 'zh-CN', 'zh-TW'];

const ELF_MACHINE: Readonly<Record<Processor, number>> = { x64: 0x3e, arm64: 0xb7 };
const PE_MACHINE: Readonly<Record<Processor, number>> = { x64: 0x8664, arm64: 0xaa64 };

/** Writes it into `folder`, and returns that path. */
export function fakeElectron(folder: string, system: System, processor: Processor): string {
  const files = [...COMMON, ...(system === 'linux' ? LINUX : WINDOWS), ...LOCALES.map((name) => `locales/${name}.pak`)];
  for (const file of files) {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `stands for Electron's ${file}\n`);
    if (PROGRAMS.includes(file)) chmodSync(path, 0o755);
  }
  if (system === 'linux') writeFileSync(join(folder, 'electron'), elf(processor), { mode: 0o755 });
  else writeFileSync(join(folder, 'electron.exe'), pe(processor));
  return folder;
}

/** What stands for the terminal command there: a program of the right kind that cannot run. */
export function fakeCommand(folder: string, system: System, processor: Processor): void {
  mkdirSync(folder, { recursive: true });
  if (system === 'linux') writeFileSync(join(folder, 'facepay'), elf(processor), { mode: 0o755 });
  else writeFileSync(join(folder, 'facepay.exe'), pe(processor));
}

/** The beginning of an ELF file, and the fuse wire. */
function elf(processor: Processor): Buffer {
  const header = Buffer.alloc(64);
  header.write('\x7fELF\x02\x01\x01', 'latin1');
  header.writeUInt16LE(ELF_MACHINE[processor], 18);
  return Buffer.concat([header, FUSE_WIRE]);
}

/** As in Electron's own program. */
const ENGLISH = 1033;
const UNICODE = 1200;

export function pe(processor: Processor): Buffer {
  const executable = NtExecutable.createEmpty(false, false);
  executable.newHeader.fileHeader.machine = PE_MACHINE[processor];
  const version = Resource.VersionInfo.createEmpty();
  version.lang = ENGLISH;
  version.setFileVersion(45, 4, 1, 0, ENGLISH);
  version.setProductVersion(45, 4, 1, 0, ENGLISH);
  version.setStringValues(
    { lang: ENGLISH, codepage: UNICODE },
    { FileDescription: 'Electron', ProductName: 'Electron', CompanyName: 'GitHub, Inc.' },
  );
  const resources = NtExecutableResource.from(executable, true);
  version.outputToResourceEntries(resources.entries);
  resources.outputResource(executable);
  executable.setExtraData(FUSE_WIRE);
  return Buffer.from(executable.generate());
}
