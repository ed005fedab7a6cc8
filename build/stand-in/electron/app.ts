// Runs in the stand-in's main process. Why it exists: Electron's `app`: from ready to quit, in Electron's order.
import type * as Electron from 'electron';
import { CommandLine } from './command-line.ts';
import { takeInstanceLock } from './instance-lock.ts';
import type { InstanceLock, SecondInstance } from './instance-lock.ts';
import { SpecialPaths, identify } from '../base/paths.ts';
import { readiness } from '../base/readiness.ts';
import { record } from '../base/records.ts';
import { settings } from '../base/settings.ts';
import { StandInEvent, StrictEmitter } from '../base/strict.ts';
import { windowList } from './window-list.ts';

class StandInApp
  extends StrictEmitter
  implements
    Pick<
      Electron.App,
      | 'whenReady'
      | 'isReady'
      | 'getPath'
      | 'setPath'
      | 'getVersion'
      | 'getName'
      | 'name'
      | 'getLocale'
      | 'getSystemLocale'
      | 'getPreferredSystemLanguages'
      | 'isPackaged'
      | 'getAppPath'
      | 'requestSingleInstanceLock'
      | 'hasSingleInstanceLock'
      | 'releaseSingleInstanceLock'
      | 'quit'
      | 'exit'
      | 'relaunch'
      | 'enableSandbox'
      | 'commandLine'
      | 'setAsDefaultProtocolClient'
      | 'setAppUserModelId'
      | 'setLoginItemSettings'
      | 'disableHardwareAcceleration'
    >
{
  readonly isPackaged = settings.packaged;
  readonly #switches = new CommandLine(process.argv.slice(2));
  readonly commandLine = this.#switches.view;
  readonly #identity = identify(process.argv[1] ?? process.cwd());
  readonly #paths = new SpecialPaths(this.#identity, this.#switches.get('user-data-dir') ?? null);
  readonly #ready = Promise.withResolvers<undefined>();
  name = this.#identity.name;
  #lock: InstanceLock | null = null;
  #secondsBeforeReady: SecondInstance[] = [];
  #quitting = false;
  #leaving = false;
  #closeBrowser: () => Promise<void> = () => Promise.resolve();

  constructor() {
    super('app', [
      'ready',
      'second-instance',
      'before-quit',
      'will-quit',
      'quit',
      'window-all-closed',
      'web-contents-created',
      'render-process-gone',
      'child-process-gone',
      'open-url',
    ]);
    windowList.onEmptied(() => this.#noWindowLeft());
  }

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }

  isReady(): boolean {
    return readiness.isReady();
  }

  getName(): string {
    return this.name;
  }

  getVersion(): string {
    return this.#identity.version;
  }

  getAppPath(): string {
    return this.#identity.directory;
  }

  getPath(name: string): string {
    return this.#paths.get(name);
  }

  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }

  getLocale(): string {
    // Electron answers '' before ready.
    return readiness.isReady() ? (this.#switches.get('lang') ?? settings.locale) : '';
  }

  getSystemLocale(): string {
    readiness.require('app.getSystemLocale() can only be called after app is ready');
    return settings.locale;
  }

  getPreferredSystemLanguages(): string[] {
    return [settings.locale];
  }

  requestSingleInstanceLock(additionalData?: object): boolean {
    if (this.#lock !== null) return true;
    const own = { argv: process.argv, workingDirectory: process.cwd(), additionalData: additionalData ?? null };
    this.#lock = takeInstanceLock(this.getPath('userData'), own, (second) => {
      // Electron promises that second-instance never comes before ready.
      if (readiness.isReady()) this.#announce(second);
      else this.#secondsBeforeReady.push(second);
    });
    return this.#lock !== null;
  }

  hasSingleInstanceLock(): boolean {
    return this.#lock !== null;
  }

  releaseSingleInstanceLock(): void {
    this.#lock?.release();
    this.#lock = null;
  }

  quit(): void {
    if (this.#quitting || this.#leaving) return;
    if (this.#emitPreventable('before-quit')) return;
    this.#quitting = true;
    const windows = windowList.all();
    if (windows.length === 0) this.#willQuit();
    for (const window of windows) window.close();
  }

  exit(exitCode = 0): void {
    if (this.#leaving) return;
    this.#leaving = true;
    for (const window of windowList.all()) window.destroy();
    void this.#leave(exitCode);
  }

  relaunch(options?: Electron.RelaunchOptions): void {
    record('app.relaunch', options);
  }

  enableSandbox(): void {
    if (readiness.isReady()) throw new Error('app.enableSandbox() can only be called before app is ready');
  }

  disableHardwareAcceleration(): void {
    if (readiness.isReady())
      throw new Error('app.disableHardwareAcceleration() can only be called before app is ready');
    record('app.disableHardwareAcceleration');
  }

  setAsDefaultProtocolClient(protocol: string, path?: string, args?: string[]): boolean {
    if (!/^[a-z][a-z0-9+.-]*$/.test(protocol))
      throw new TypeError(`"${protocol}" is no scheme: it has no colon and no slashes`);
    record('app.setAsDefaultProtocolClient', protocol, path, args);
    return true;
  }

  setAppUserModelId(id: string | null): void {
    record('app.setAppUserModelId', id);
  }

  setLoginItemSettings(loginItem: Electron.Settings): void {
    record('app.setLoginItemSettings', loginItem);
  }

  /** Not Electron's: whether the app has begun to quit, so that `ready` must not be emitted any more. */
  isLeaving(): boolean {
    return this.#leaving;
  }

  /** Not Electron's: the switches the app added for Chromium. */
  get chromiumSwitches(): ReadonlyMap<string, string> {
    return this.#switches.forChromium();
  }

  /** Not Electron's: called when the main bundle is loaded and Chromium runs. */
  becomeReady(closeBrowser: () => Promise<void>): void {
    this.#closeBrowser = closeBrowser;
    readiness.becomeReady();
    this.emit('ready', new StandInEvent(), {});
    this.#ready.resolve(undefined);
    for (const second of this.#secondsBeforeReady.splice(0)) this.#announce(second);
  }

  /** Not Electron's: the system passes a link to the running app, as macOS does. */
  openUrl(url: string): void {
    const said = new StandInEvent();
    this.emit('open-url', said, url);
    if (!said.defaultPrevented) throw new Error("'open-url' must be prevented by whoever handles it");
  }

  /** Not Electron's: a window refused to close, so the app stays. */
  quitWasRefused(): void {
    this.#quitting = false;
  }

  #announce({ argv, workingDirectory, additionalData }: SecondInstance): void {
    this.emit('second-instance', new StandInEvent(), asChromiumSendsIt(argv), workingDirectory, additionalData);
  }

  #emitPreventable(event: 'before-quit' | 'will-quit'): boolean {
    const said = new StandInEvent();
    this.emit(event, said);
    return said.defaultPrevented;
  }

  #noWindowLeft(): void {
    if (this.#leaving) return;
    if (this.#quitting) this.#willQuit();
    // An app that does not listen quits with its last window.
    else if (!this.emit('window-all-closed')) this.quit();
  }

  #willQuit(): void {
    if (this.#emitPreventable('will-quit')) {
      this.#quitting = false;
      return;
    }
    this.#leaving = true;
    void this.#leave(0);
  }

  async #leave(exitCode: number): Promise<void> {
    this.emit('quit', new StandInEvent(), exitCode);
    await this.#closeBrowser();
    process.exit(exitCode);
  }
}

/**
 * Chromium puts switches first and adds one of its own, so code that looks for an argument by its position finds
 * another.
 */
function asChromiumSendsIt([program = '', bundle = '', ...args]: readonly string[]): string[] {
  const isSwitch = (arg: string): boolean => arg.startsWith('--');
  return [
    program,
    ...args.filter(isSwitch),
    '--allow-file-access-from-files',
    bundle,
    ...args.filter((arg) => !isSwitch(arg)),
  ];
}

/** `app`. */
export const app = new StandInApp();
