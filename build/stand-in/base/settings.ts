// Runs in the stand-in's main process. Why it exists: everything the launcher may set from outside, in one place.

/** A size in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** How safeStorage behaves: a real key store, Chromium's published key on Linux, or none. */
export type KeyStore = 'real' | 'weak' | 'unavailable';

/** A Chromium that several apps share, each with a browser context of its own. */
export interface SharedChromium {
  /** Where to attach, on loopback. */
  readonly endpoint: string;
  /** The switches that it was started with, as arguments; an app with other switches gets a Chromium of its own. */
  readonly switches: readonly string[];
}

/** What the environment says about this run. */
export interface Settings {
  /** STANDIN_HEADED=1: a visible Chromium window. */
  readonly headed: boolean;
  /** STANDIN_VIEWPORT=1080x1920: the size of the page, whatever the app asks for. */
  readonly viewport: Size | null;
  /** STANDIN_SECOND_DISPLAY=1024x600: a second display of that size, to the right of the first. */
  readonly secondDisplay: Size | null;
  /** STANDIN_COLOR_SCHEME: the system's theme, as the app sees it. */
  readonly colorScheme: 'light' | 'dark';
  /** STANDIN_REDUCED_MOTION=1: the system asks for reduced motion. */
  readonly reducedMotion: boolean;
  /** STANDIN_LOCALE: the language of the system, else that of LANG. */
  readonly locale: string;
  /** STANDIN_KEY_STORE: see KeyStore. */
  readonly keyStore: KeyStore;
  /** STANDIN_PACKAGED=1: app.isPackaged. */
  readonly packaged: boolean;
  /** STANDIN_CONTROL=1: file descriptor 3 is connected to the launcher, and Chromium opens a DevTools port for it. */
  readonly control: boolean;
  /** STANDIN_SHARED_CHROMIUM="http://127.0.0.1:9222 --disable-pinch": a Chromium to join; only tests have one. */
  readonly sharedChromium: SharedChromium | null;
  /** STANDIN_PRINTERS: the names of the system's printers, with | between, the default first; without it there is none. */
  readonly printers: readonly string[];
  /** STANDIN_TRACE=1: print each recorded call. */
  readonly trace: boolean;
}

/** The size of the screen that a kiosk window fills, if none is given. */
export const DEFAULT_DISPLAY: Size = { width: 1920, height: 1080 };

/** Reads the settings; malformed values are refused, not guessed. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  return {
    headed: env['STANDIN_HEADED'] === '1',
    viewport: readSize('STANDIN_VIEWPORT', env['STANDIN_VIEWPORT']),
    secondDisplay: readSize('STANDIN_SECOND_DISPLAY', env['STANDIN_SECOND_DISPLAY']),
    colorScheme: oneOf('STANDIN_COLOR_SCHEME', env['STANDIN_COLOR_SCHEME'], ['light', 'dark']),
    reducedMotion: env['STANDIN_REDUCED_MOTION'] === '1',
    locale: env['STANDIN_LOCALE'] ?? localeOf(env['LC_ALL'] ?? env['LANG'] ?? ''),
    keyStore: oneOf('STANDIN_KEY_STORE', env['STANDIN_KEY_STORE'], ['real', 'weak', 'unavailable']),
    packaged: env['STANDIN_PACKAGED'] === '1',
    control: env['STANDIN_CONTROL'] === '1',
    sharedChromium: readShared(env['STANDIN_SHARED_CHROMIUM'] ?? ''),
    printers: (env['STANDIN_PRINTERS'] ?? '').split('|').filter((name) => name !== ''),
    trace: env['STANDIN_TRACE'] === '1',
  };
}

function oneOf<Choice extends string>(
  name: string,
  text: string | undefined,
  choices: readonly [Choice, ...Choice[]],
): Choice {
  if (text === undefined || text === '') return choices[0];
  const choice = choices.find((candidate) => candidate === text);
  if (choice === undefined) throw new Error(`${name} is "${text}"; it may be ${choices.join(', ')}`);
  return choice;
}

function readSize(name: string, text: string | undefined): Size | null {
  if (text === undefined || text === '') return null;
  const [, width, height] = /^(\d+)x(\d+)$/.exec(text) ?? [];
  if (width === undefined || height === undefined)
    throw new Error(`${name} is "${text}"; it should look like 1080x1920`);
  return { width: Number(width), height: Number(height) };
}

function readShared(text: string): SharedChromium | null {
  if (text === '') return null;
  const [endpoint = '', ...switches] = text.split(' ');
  if (!/^http:\/\/127\.0\.0\.1:\d+$/.test(endpoint))
    throw new Error(`STANDIN_SHARED_CHROMIUM is "${text}"; it should begin like http://127.0.0.1:9222`);
  return { endpoint, switches };
}

function localeOf(lang: string): string {
  const [, language, region] = /^([a-z]{2,3})(?:_([A-Z]{2}))?/.exec(lang) ?? [];
  if (language === undefined) return 'en-US';
  return region === undefined ? language : `${language}-${region}`;
}

/** The settings of this process. */
export const settings: Settings = readSettings(process.env);
