// Runs in the stand-in's main process. Why it exists: app.commandLine: the switches this process was started
// with and those the app adds before ready, which Chromium gets too.
import type * as Electron from 'electron';
import { strictAs } from '../base/strict.ts';

/** Switches that would cut the stand-in off from its own Chromium. */
const NOT_FOR_CHROMIUM = /^(remote-debugging-|user-data-dir$|no-sandbox$|headless|app$|kiosk$|inspect)/;

/** The switches of this run. */
export class CommandLine {
  readonly #given = new Map<string, string>();
  readonly #appended = new Map<string, string>();

  constructor(argv: readonly string[]) {
    const end = argv.indexOf('--');
    for (const argument of end < 0 ? argv : argv.slice(0, end)) {
      const [, name, value] = /^--([^=]+)(?:=(.*))?$/s.exec(argument) ?? [];
      if (name !== undefined) this.#given.set(name.toLowerCase(), value ?? '');
    }
  }

  get(name: string): string | undefined {
    return this.#appended.get(name.toLowerCase()) ?? this.#given.get(name.toLowerCase());
  }

  /** What the app added and Chromium may have. */
  forChromium(): ReadonlyMap<string, string> {
    return new Map([...this.#appended].filter(([name]) => !NOT_FOR_CHROMIUM.test(name)));
  }

  /** `app.commandLine`. */
  readonly view = strictAs<Electron.CommandLine>('app.commandLine', {
    appendSwitch: (name: string, value?: string) => void this.#appended.set(name.toLowerCase(), value ?? ''),
    hasSwitch: (name: string) => this.get(name) !== undefined,
    getSwitchValue: (name: string) => this.get(name) ?? '',
  });
}
