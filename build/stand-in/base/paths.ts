// Runs in the stand-in's main process. Why it exists: app.getPath and app.setPath, and the app's name and version.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';

/** What package.json says about the app. */
export interface Identity {
  readonly name: string;
  readonly version: string;
  readonly directory: string;
}

/** Looks for the package.json above the main bundle, as Electron finds it in the app's directory. */
export function identify(mainBundle: string): Identity {
  for (let directory = path.dirname(mainBundle); ; directory = path.dirname(directory)) {
    const file = path.join(directory, 'package.json');
    if (existsSync(file)) {
      const manifest = JSON.parse(readFileSync(file, 'utf8')) as {
        productName?: string;
        name?: string;
        version?: string;
      };
      const { productName, name, version } = manifest;
      return { name: productName ?? name ?? 'Electron', version: version ?? '0.0.0', directory };
    }
    if (directory === path.dirname(directory))
      return { name: 'Electron', version: '0.0.0', directory: path.dirname(mainBundle) };
  }
}

/** The special directories of this platform; those of the app are below its userData. */
export class SpecialPaths {
  readonly #changed = new Map<string, string>();
  readonly #identity: Identity;
  readonly #userData: string | null;

  /** `userData` comes from the command line (--user-data-dir), if it is given there. */
  constructor(identity: Identity, userData: string | null) {
    this.#identity = identity;
    this.#userData = userData;
  }

  get(name: string): string {
    const found = this.#changed.get(name) ?? this.#usual(name);
    if (found === null) throw new Error(`Failed to get '${name}' path`);
    // Electron creates these when they are first asked for.
    if (name === 'userData' || name === 'sessionData' || name === 'logs' || name === 'crashDumps')
      mkdirSync(found, { recursive: true });
    return found;
  }

  set(name: string, value: string): void {
    if (this.#usual(name) === null) throw new Error(`Failed to set '${name}' path`);
    if (!path.isAbsolute(value)) throw new Error('Path must be absolute');
    if (!existsSync(value)) throw new Error(`Failed to set path: ${value} does not exist`);
    this.#changed.set(name, value);
  }

  #usual(name: string): string | null {
    const home = homedir();
    switch (name) {
      case 'home':
        return home;
      case 'appData':
        return appDataOf(home);
      case 'userData':
        return this.#userData ?? path.join(this.get('appData'), this.#identity.name);
      case 'sessionData':
        return this.get('userData');
      case 'logs':
        return path.join(this.get('userData'), 'logs');
      case 'crashDumps':
        return path.join(this.get('userData'), 'Crashpad');
      case 'temp':
        return tmpdir();
      case 'exe':
        return process.execPath;
      case 'module':
        return process.execPath;
      case 'desktop':
        return path.join(home, 'Desktop');
      case 'documents':
        return path.join(home, 'Documents');
      case 'downloads':
        return path.join(home, 'Downloads');
      default:
        return null;
    }
  }
}

function appDataOf(home: string): string {
  if (process.platform === 'win32') return process.env['APPDATA'] ?? path.join(home, 'AppData', 'Roaming');
  if (process.platform === 'darwin') return path.join(home, 'Library', 'Application Support');
  return process.env['XDG_CONFIG_HOME'] ?? path.join(home, '.config');
}
