/** Checks a packed folder as it would be installed, and reports the finding of each check. */
import { existsSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { getCurrentFuseWire } from '@electron/fuses';
import { z } from 'zod';
import manifest from '../../package.json' with { type: 'json' };
import { NATIVE_FOLDER } from '../bundle/serial-native.ts';
import { ASAR_BUDGET_BYTES, asarFiles, asarHeaderHash, contentFaults } from './asar-contents.ts';
import { COMMAND_FOLDER, commandFile } from './command-place.ts';
import { EXECUTABLE, LANGUAGES } from './configuration.ts';
import type { System } from './distribution.ts';
import { fuseFaults } from './fuses.ts';
import { readWindowsProgram } from './windows-program.ts';

export interface Finding {
  readonly what: string;
  readonly found: string;
  readonly ok: boolean;
}

const packedManifestSchema = z.object({
  name: z.string(),
  productName: z.string(),
  version: z.string(),
  main: z.string(),
  signedOn: z.array(z.string()),
});

/** All checks, in order. Throws if the folder holds no packed app at all. */
export async function verifyPacked(folder: string): Promise<readonly Finding[]> {
  const program = [`${manifest.productName}.exe`, EXECUTABLE]
    .map((name) => join(folder, name))
    .find((path) => existsSync(path));
  if (program === undefined)
    throw new Error(
      `${folder} holds neither "${manifest.productName}.exe" nor "${EXECUTABLE}": give the unpacked folder of a build`,
    );
  const archive = join(folder, 'resources/app.asar');
  if (!existsSync(archive)) throw new Error(`${archive} is not there`);
  const windows = program.endsWith('.exe');
  const files = asarFiles(archive);
  const packed = packedManifestSchema.parse(
    JSON.parse(files.find(({ path }) => path === 'package.json')?.text ?? '{}'),
  );
  const bytes = statSync(archive).size;
  const locales = readdirSync(join(folder, 'locales'))
    .map((name) => basename(name, '.pak'))
    .sort();
  return [
    finding('fuses', fuseFaults(await getCurrentFuseWire(program)), 'as in the table'),
    finding('app.asar, its files', contentFaults(files), `${String(files.length)}, all of what runs`),
    {
      what: 'app.asar, its size',
      found: `${String(bytes)} of ${String(ASAR_BUDGET_BYTES)} bytes`,
      ok: bytes <= ASAR_BUDGET_BYTES,
    },
    finding('nothing else to load', extraApps(folder), 'no default_app.asar, no app folder'),
    nativeFinding(folder, windows ? 'win' : 'linux', packed.signedOn.includes('win32')),
    {
      what: 'version',
      found: packed.version,
      ok: packed.version === manifest.version && packed.name === manifest.name,
    },
    { what: 'languages of Chromium', found: locales.join(', '), ok: locales.join() === [...LANGUAGES].sort().join() },
    commandFinding(folder, windows ? 'win' : 'linux'),
    { what: 'licences', found: licences(folder).join(', '), ok: licences(folder).length === LICENCES.length },
    ...(windows ? windowsFindings(program, archive, packed) : linuxFindings(folder, program)),
  ];
}

const finding = (what: string, faults: readonly string[], well: string): Finding => ({
  what,
  found: faults.length === 0 ? well : faults.join('; '),
  ok: faults.length === 0,
});

/** The terminal command: there, for the same processor, runnable. That it runs is shown where it is made. */
function commandFinding(folder: string, system: System): Finding {
  const path = join(folder, COMMAND_FOLDER, commandFile(system));
  if (!existsSync(path)) return { what: 'terminal command', found: `${path} is not there`, ok: false };
  const bytes = readFileSync(path);
  const processor =
    system === 'win' ? PE_PROCESSORS[readWindowsProgram(bytes).machine] : ELF_PROCESSORS[bytes.readUInt16LE(18)];
  const runs = system === 'win' || (statSync(path).mode & 0o111) === 0o111;
  const fits = /-arm64-unpacked$/.test(folder) && system === 'linux' ? processor === 'arm64' : processor !== undefined;
  return {
    what: 'terminal command',
    found: runs ? `for ${processor ?? 'no processor'}, ${String(bytes.length)} bytes` : 'cannot be run',
    ok: runs && fits,
  };
}

/** Beside the archive lies the one file that the system itself loads: for serial ports, and for this processor. */
function nativeFinding(folder: string, system: System, signed: boolean): Finding {
  const unpacked = join(folder, 'resources/app.asar.unpacked');
  const files = existsSync(unpacked)
    ? readdirSync(unpacked, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    : [];
  const found = files.map(({ parentPath, name }) => relative(unpacked, join(parentPath, name)).replaceAll('\\', '/'));
  const [only] = found;
  const bytes = only === undefined ? null : readFileSync(join(unpacked, only));
  const program = system === 'win' && bytes !== null ? readWindowsProgram(bytes) : null;
  const processor = program === null ? ELF_PROCESSORS[bytes?.readUInt16LE(18) ?? 0] : PE_PROCESSORS[program.machine];
  const isOwn = found.length === 1 && only === `out/main/${NATIVE_FOLDER}/${system}-${processor ?? '?'}.node`;
  const isSigned = program === null || !signed || program.signed;
  return { what: 'native files', found: found.join(', ') || 'none', ok: isOwn && isSigned };
}

const extraApps = (folder: string): string[] =>
  ['resources/default_app.asar', 'resources/app']
    .filter((path) => existsSync(join(folder, path)))
    .map((path) => `${path} is there`);

const LICENCES = ['LICENSE.txt', 'LICENSES.packages.txt', 'LICENSE.electron.txt', 'LICENSES.chromium.html'];
const licences = (folder: string): string[] => LICENCES.filter((name) => existsSync(join(folder, name)));

const PE_PROCESSORS: Readonly<Record<number, string>> = { 0x8664: 'x64', 0xaa64: 'arm64' };
const ELF_PROCESSORS: Readonly<Record<number, string>> = { 0x3e: 'x64', 0xb7: 'arm64' };

function windowsFindings(path: string, archive: string, packed: z.infer<typeof packedManifestSchema>): Finding[] {
  const program = readWindowsProgram(readFileSync(path));
  const noted = program.integrity.find(({ file }) => file.toLowerCase() === 'resources\\app.asar');
  const hash = asarHeaderHash(archive);
  const { FileVersion, ProductName } = program.strings;
  const claimed = packed.signedOn.includes('win32');
  return [
    {
      what: 'app.asar, its hash in the program',
      found: noted?.value ?? 'none',
      ok: noted?.alg === 'SHA256' && noted.value === hash,
    },
    {
      what: 'program',
      found: `${ProductName ?? '?'} ${FileVersion ?? '?'}`,
      ok: ProductName === packed.productName && FileVersion === packed.version,
    },
    { what: 'icon in the program', found: String(program.icons), ok: program.icons === 1 },
    processorFinding(path, PE_PROCESSORS[program.machine]),
    { what: 'signed', found: signedWords(program.signed, claimed), ok: program.signed === claimed },
  ];
}

function signedWords(signed: boolean, claimed: boolean): string {
  if (signed !== claimed)
    return signed ? 'yes, while the app says that it is not' : 'NO, while the app says that it is';
  return signed ? 'yes' : 'NO; the app says so on its about page';
}

function linuxFindings(folder: string, path: string): Finding[] {
  const entry = join(folder, `resources/${EXECUTABLE}.desktop`);
  const text = existsSync(entry) ? readFileSync(entry, 'utf8') : '';
  return [
    finding('permissions', permissionFaults(folder), 'written by the owner alone; programs run'),
    {
      what: 'desktop entry',
      found: /^Exec=.*$/m.exec(text)?.[0] ?? 'none',
      ok: /^MimeType=x-scheme-handler\/facepay-kiosk;$/m.test(text) && text.includes(`/${EXECUTABLE}`),
    },
    processorFinding(path, ELF_PROCESSORS[readFileSync(path).readUInt16LE(18)]),
    { what: 'signed', found: 'not on Linux; app.asar is not checked by Electron there either', ok: true },
  ];
}

/** A folder's name contains its processor (`linux-arm64-unpacked`), unless it is x64 or an installed folder. */
function processorFinding(path: string, processor: string | undefined): Finding {
  const named =
    /-(arm64)-unpacked[/\\]/.exec(path)?.[1] ?? (/(linux|win)-unpacked[/\\]/.test(path) ? 'x64' : processor);
  return {
    what: 'processor',
    found: processor ?? 'neither x64 nor arm64',
    ok: processor !== undefined && processor === named,
  };
}

const PROGRAMS: readonly string[] = [EXECUTABLE, 'chrome-sandbox', 'chrome_crashpad_handler'];

function permissionFaults(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const writable = entries
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => (lstatSync(path).mode & 0o022) !== 0);
  const idle = PROGRAMS.filter(
    (name) => !existsSync(join(folder, name)) || (statSync(join(folder, name)).mode & 0o111) !== 0o111,
  );
  return [
    ...writable.map((path) => `${path} can be written by others`),
    ...idle.map((name) => `${name} cannot be run`),
  ];
}
