import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { fail, ok, type Result } from '../shared/result.ts';

/** A folder's checked-out commit, short, and the files that differ from it, as paths from the folder's root. */
export interface GitState {
  readonly commit: string;
  /** UTC ms. */
  readonly committedAtMs: number;
  readonly changed: readonly string[];
}

/** `null` outside a checkout: no git, no commit yet, or a folder that only lies inside another project's repository. */
export function gitState(folder: string): GitState | null {
  const top = git(folder, ['rev-parse', '--show-toplevel']);
  if (top === null || realpathSync(top.trim()) !== realpathSync(folder)) return null;
  const commit = git(folder, ['rev-parse', '--short', 'HEAD']);
  const status = git(folder, ['status', '--porcelain', '--untracked-files=all', '--no-renames', '-z']);
  const committedAt = git(folder, ['log', '-1', '--format=%ct']);
  if (commit === null || status === null || committedAt === null) return null;
  // Each entry is two letters of state, a blank, and the path.
  const changed = status.split('\0').flatMap((entry) => (entry === '' ? [] : [entry.slice(3)]));
  return { commit: commit.trim(), committedAtMs: Number(committedAt) * 1_000, changed };
}

/**
 * The commit of a figure measured now, if the measurement can be repeated from it; otherwise the reason in words.
 * `own`: the files that the measurement itself writes.
 */
export function commitToMeasure(state: GitState | null, own: readonly string[]): Result<string, string> {
  if (state === null) return fail('This is no git checkout');
  const changed = state.changed.filter((path) => !own.includes(path));
  return changed.length === 0
    ? ok(state.commit)
    : fail(`Not everything is committed (${changed.slice(0, 5).join(', ')})`);
}

/**
 * The files that differ between a commit and the present files; `null` if git or the commit is not known, as in a
 * shallow clone.
 */
export function changedSince(folder: string, commit: string): readonly string[] | null {
  const changed = git(folder, ['diff', '--name-only', '--no-renames', '-z', commit]);
  return changed?.split('\0').filter((path) => path !== '') ?? null;
}

function git(folder: string, args: readonly string[]): string | null {
  const { status, stdout } = spawnSync('git', [...args], { cwd: folder, encoding: 'utf8' });
  return status === 0 ? stdout : null;
}
