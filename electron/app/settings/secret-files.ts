/** The files that hold the merchant's secrets, sealed: each set-up has its own. See [Note: Switching secrets]. */
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { parseJson } from '../../base/json.ts';
import { syncFolderOf, withFiles, withFilesAsync, type FileTrouble } from '../../base/safe-file.ts';
import { sealedFile, type Seal, type SealedFile, type SealKeys, type SealProblem } from '../../vault/sealed-file.ts';
import { credentialsSchema, type Credentials } from './stored-settings.ts';

export type CredentialsProblem = SealProblem | FileTrouble;

const SEALED_FILE = /^credentials(-[0-9a-f]{16})?\.sealed$/;
/** A file that was still being written counts as well. */
const ANY_SEALED_FILE = /^credentials(-[0-9a-f]{16})?\.sealed(\.new)?$/;

/** Files by their names within the profile. */
export interface SecretFiles {
  /** The first set-up's. */
  readonly usualName: string;
  readonly pathOf: (name: string) => string;
  readonly areThere: () => boolean;
  readonly open: (name: string) => Promise<Result<Credentials, CredentialsProblem>>;
  /** How they are sealed; `null` if there are none. */
  readonly seal: (name: string) => ReturnType<SealedFile['seal']>;
  /**
   * Writes into a file with a new name, which is the value; existing files stay as they are. The new file counts only
   * after it has been opened again.
   */
  readonly store: (credentials: Credentials, seal: Seal) => Promise<Result<string, FileTrouble>>;
  readonly removeAllBut: (names: readonly (string | undefined)[]) => void;
}

/** `usualPath`: the first set-up's file; all others are beside it. */
export function secretFiles(usualPath: string, keys: SealKeys): SecretFiles {
  const folder = dirname(usualPath);
  const usualName = basename(usualPath);
  const pathOf = (name: string): string => join(folder, name);
  const sealedIn = (name: string): SealedFile => sealedFile(pathOf(name), keys);

  return {
    usualName,
    pathOf,
    areThere: () => existsSync(folder) && readdirSync(folder).some((name) => SEALED_FILE.test(name)),
    async open(name) {
      const text = await withFilesAsync<string, SealProblem>(() => sealedIn(name).read());
      if (!text.ok) return text;
      const credentials = credentialsSchema.safeParse(parseJson(text.value));
      return credentials.success ? ok(credentials.data) : fail('damaged');
    },
    seal(name) {
      const seal = withFiles(() => ok(sealedIn(name).seal()));
      return seal.ok ? seal.value : null;
    },
    async store(credentials, seal) {
      const name = existsSync(usualPath) ? `credentials-${randomBytes(8).toString('hex')}.sealed` : usualName;
      const text = JSON.stringify(credentials);
      const kept = await withFilesAsync<boolean, never>(async () => {
        await sealedIn(name).write(text, seal);
        syncFolderOf(pathOf(name));
        const again = await sealedIn(name).read();
        return ok(again.ok && again.value === text);
      });
      if (!kept.ok) return kept;
      // The file does not hold what was written: the disk lies. The old secrets are as they were.
      return kept.value ? ok(name) : fail('io');
    },
    removeAllBut(names) {
      for (const name of readdirSync(folder))
        if (ANY_SEALED_FILE.test(name) && !names.includes(name)) rmSync(pathOf(name), { force: true });
    },
  };
}
