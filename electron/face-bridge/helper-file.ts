/**
 * Whether the helper and the vendor's library are files that only an administrator can change, and the helper still the
 * one that a technician chose. WeChat's installer renews the library by itself, so its content is not compared.
 */
import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, parse, win32 } from 'node:path';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { FaceHelper } from '../../shared/settings.ts';

export type FileProblem =
  | 'helper-missing'
  | 'helper-unprotected' // others than administrators may change it
  | 'helper-changed' // not the one that was chosen
  | 'library-missing'
  | 'library-unprotected';

/** What is asked of the machine. */
export interface HelperFiles {
  /** The path without links; throws if there is no such file. */
  readonly real: (path: string) => string;
  readonly isProtected: (realPath: string) => boolean;
  readonly read: (path: string) => Uint8Array;
}

const OTHERS_MAY_WRITE = 0o022;
const STICKY = 0o1000;

/** Only root can change the file, or put another into its place: it and each folder above it. */
function isProtectedOnPosix(realPath: string): boolean {
  for (let at = realPath; ; at = dirname(at)) {
    const { uid, mode } = lstatSync(at);
    const isShared = (mode & OTHERS_MAY_WRITE) !== 0;
    // In a sticky folder nobody can replace what is not theirs.
    const isSafe = !isShared || (at !== realPath && (mode & STICKY) !== 0);
    if (uid !== 0 || !isSafe) return false;
    if (at === parse(at).root) return true;
  }
}

/**
 * Windows lets only administrators write to these folders; who opened one of theirs to others did so by hand. Their names
 * are the same in every language. The environment is not asked: whoever starts the app could have set it.
 */
const PROTECTED_ON_WINDOWS = /^[A-Z]:\\(?:Program Files|Program Files \(x86\)|Windows)\\(?!.*\.\.)/i;

export const isProtectedOnWindows = (realPath: string): boolean =>
  PROTECTED_ON_WINDOWS.test(win32.normalize(realPath)) && !/^[A-Z]:\\Windows\\Temp\\/i.test(realPath);

export const helperFilesOf = (platform: NodeJS.Platform): HelperFiles => ({
  real: (path) => realpathSync.native(path),
  isProtected: platform === 'win32' ? isProtectedOnWindows : isProtectedOnPosix,
  read: (path) => readFileSync(path),
});

export const helperFiles = helperFilesOf(process.platform);

/** Both files without links: what is checked is what is started. */
export interface HelperPaths {
  readonly program: string;
  readonly library: string;
}

type Wanted = Pick<FaceHelper, 'program' | 'library'>;

/** The helper's SHA-256, hexadecimal, if both files are there and protected. */
export function helperHash(wanted: Wanted, files: HelperFiles = helperFiles): Result<string, FileProblem> {
  const paths = protectedPaths(wanted, files);
  return paths.ok ? hashOf(paths.value.program, files) : paths;
}

/** As `helperHash`, and the helper is the one whose hash is kept. */
export function checkHelper(helper: FaceHelper, files: HelperFiles = helperFiles): Result<HelperPaths, FileProblem> {
  const paths = protectedPaths(helper, files);
  if (!paths.ok) return paths;
  const now = hashOf(paths.value.program, files);
  if (!now.ok) return now;
  return now.value === helper.sha256 ? paths : fail('helper-changed');
}

function protectedPaths(wanted: Wanted, files: HelperFiles): Result<HelperPaths, FileProblem> {
  const program = protectedPath(wanted.program, files);
  if (!program.ok) return fail(`helper-${program.error}` as const);
  const library = protectedPath(wanted.library, files);
  if (!library.ok) return fail(`library-${library.error}` as const);
  return ok({ program: program.value, library: library.value });
}

function protectedPath(path: string, files: HelperFiles): Result<string, 'missing' | 'unprotected'> {
  try {
    const real = files.real(path);
    return files.isProtected(real) ? ok(real) : fail('unprotected');
  } catch {
    // The file system refuses what is not there.
    return fail('missing');
  }
}

function hashOf(program: string, files: HelperFiles): Result<string, FileProblem> {
  try {
    return ok(createHash('sha256').update(files.read(program)).digest('hex'));
  } catch {
    return fail('helper-missing');
  }
}
