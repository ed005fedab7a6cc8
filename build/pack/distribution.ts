/** The options of `npm run dist`. */
import { parseArgs } from 'node:util';

export type System = 'linux' | 'win';
export type Processor = 'x64' | 'arm64';

export interface Distribution {
  readonly systems: readonly System[];
  readonly processors: readonly Processor[];
  /** Folders only, no installers. */
  readonly foldersOnly: boolean;
  /** Fetch Electron and electron-builder's tools from a mirror in China. */
  readonly chinaMirrors: boolean;
}

const SYSTEMS: Readonly<Record<string, System>> = { linux: 'linux', win32: 'win' };

/**
 * Reads the arguments; without any, the target is this machine. Throws, in words, on an argument that it does not know
 * or a target that it cannot make.
 */
export function readDistribution(
  args: readonly string[],
  here: { readonly platform: string; readonly arch: string },
): Distribution {
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { linux: flag, win: flag, x64: flag, arm64: flag, dir: flag, 'china-mirrors': flag },
  });
  const own = SYSTEMS[here.platform];
  const asked = (['linux', 'win'] as const).filter((name) => values[name]);
  if (asked.length === 0 && own === undefined)
    throw new Error(`there are no installers for ${here.platform}; ask for --linux or --win`);
  const processors = (['x64', 'arm64'] as const).filter((name) => values[name]);
  return {
    systems: asked.length > 0 ? asked : own === undefined ? [] : [own],
    processors: processors.length > 0 ? processors : [here.arch === 'arm64' ? 'arm64' : 'x64'],
    foldersOnly: values.dir,
    chinaMirrors: values['china-mirrors'],
  };
}

const MIRRORS = {
  ELECTRON_MIRROR: 'https://npmmirror.com/mirrors/electron/',
  ELECTRON_BUILDER_BINARIES_MIRROR: 'https://npmmirror.com/mirrors/electron-builder-binaries/',
} as const;

/** The variables to set for a mirror; a variable that is set already stays as it is. */
export const mirrorsFor = (env: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(MIRRORS).filter(([name]) => (env[name] ?? '') === ''));
