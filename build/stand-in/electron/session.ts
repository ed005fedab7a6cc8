// Runs in the stand-in's main process. Why it exists: Electron's `session`: the handlers that decide about
// permissions and requests. There is one session, the default one.
import type * as Electron from 'electron';
import { toAppAddress, toPageAddress } from '../base/addresses.ts';
import type { PageRequest, Verdict } from '../page/page-requests.ts';
import type { Ask } from './permissions.ts';
import { answerByHandler, protocol } from './protocol.ts';
import { readiness } from '../base/readiness.ts';
import { record } from '../base/records.ts';
import { StrictEmitter, strict } from '../base/strict.ts';

type PermissionRequest = NonNullable<Parameters<Electron.Session['setPermissionRequestHandler']>[0]>;
type PermissionCheck = NonNullable<Parameters<Electron.Session['setPermissionCheckHandler']>[0]>;
type BeforeRequest = (
  details: Electron.OnBeforeRequestListenerDetails,
  callback: (response: Electron.CallbackResponse) => void,
) => void;
type ResourceType = Electron.OnBeforeRequestListenerDetails['resourceType'];

const RESOURCE_TYPES = new Map<string, ResourceType>([
  ['Stylesheet', 'stylesheet'],
  ['Script', 'script'],
  ['Image', 'image'],
  ['Font', 'font'],
  ['XHR', 'xhr'],
  ['Fetch', 'xhr'],
  ['Ping', 'ping'],
  ['CSPViolationReport', 'cspReport'],
  ['Media', 'media'],
  ['WebSocket', 'webSocket'],
]);

class StandInSession
  extends StrictEmitter
  implements
    Pick<
      Electron.Session,
      | 'setPermissionRequestHandler'
      | 'setPermissionCheckHandler'
      | 'setDevicePermissionHandler'
      | 'setDisplayMediaRequestHandler'
      | 'clearCache'
      | 'clearStorageData'
      | 'setSpellCheckerEnabled'
    >
{
  readonly protocol = protocol;
  readonly webRequest = strict('session.webRequest', {
    onBeforeRequest: (first: Electron.WebRequestFilter | BeforeRequest | null, second?: BeforeRequest | null): void => {
      if (typeof first === 'function' || first === null) this.#beforeRequest = first;
      else {
        // Patterns are a small language of Chromium's own; an app that means "everything" can do without one.
        const everything = first.urls.every((pattern) => pattern === '*://*/*' || pattern === '<all_urls>');
        if (!everything)
          throw new Error('the stand-in has no URL patterns for webRequest.onBeforeRequest, only <all_urls>');
        this.#beforeRequest = second ?? null;
      }
    },
  });
  #permissionRequest: PermissionRequest | null = null;
  #permissionCheck: PermissionCheck | null = null;
  #beforeRequest: BeforeRequest | null = null;
  #lastRequest = 0;

  constructor() {
    // Under the stand-in's browser a page downloads nothing; main may refuse the download all the same.
    super('session', ['will-download']);
  }

  setPermissionRequestHandler(handler: PermissionRequest | null): void {
    this.#permissionRequest = handler;
  }

  setPermissionCheckHandler(handler: PermissionCheck | null): void {
    this.#permissionCheck = handler;
  }

  setDevicePermissionHandler(handler: object | null): void {
    record('session.setDevicePermissionHandler', handler !== null);
  }

  setDisplayMediaRequestHandler(handler: object | null): void {
    record('session.setDisplayMediaRequestHandler', handler !== null);
  }

  setSpellCheckerEnabled(enable: boolean): void {
    record('session.setSpellCheckerEnabled', enable);
  }

  clearCache(): Promise<void> {
    record('session.clearCache');
    return Promise.resolve();
  }

  clearStorageData(options?: Electron.ClearStorageDataOptions): Promise<void> {
    record('session.clearStorageData', options);
    return Promise.resolve();
  }

  /**
   * Not Electron's: how this session decides about permissions. Without handlers Electron grants everything, and so
   * does this.
   */
  permissionsFor(webContents: Electron.WebContents, address: string): Ask {
    return async (permission, media) => {
      const requestingUrl = address;
      const check = this.#permissionCheck;
      const request = this.#permissionRequest;
      const details = { isMainFrame: true, requestingUrl };
      const origin = new URL(address);
      const allowed =
        check?.(webContents, permission, `${origin.protocol}//${origin.host}/`, { ...details, mediaType: media }) ??
        true;
      // A refused check decides it: in Electron too the page then sees "denied" and has no reason to ask.
      if (!allowed || request === null) return allowed;
      const mediaTypes: ('video' | 'audio')[] = media === 'unknown' ? [] : [media];
      return new Promise((granted) => request(webContents, permission, granted, { ...details, mediaTypes }));
    };
  }

  /**
   * Not Electron's: the decision about one request, by webRequest and the protocol handlers; nothing else lets it pass.
   */
  async judge(webContents: Electron.WebContents, request: PageRequest): Promise<Verdict> {
    const filtered = await this.#filter(webContents, request);
    if (filtered.cancel === true) return { kind: 'refuse', reason: 'BlockedByClient' };
    if (filtered.redirectURL !== undefined) {
      const location = toPageAddress(filtered.redirectURL);
      return { kind: 'respond', status: 307, headers: [['location', location]], body: Buffer.alloc(0) };
    }
    const verdict = await answerByHandler(request);
    if (verdict !== null) return verdict;
    record('blocked request', toAppAddress(request.url));
    return { kind: 'refuse', reason: 'BlockedByClient' };
  }

  #filter(webContents: Electron.WebContents, request: PageRequest): Promise<Electron.CallbackResponse> {
    const listener = this.#beforeRequest;
    if (listener === null) return Promise.resolve({});
    const navigation: ResourceType = request.isMainFrame ? 'mainFrame' : 'subFrame';
    const details: Electron.OnBeforeRequestListenerDetails = {
      id: ++this.#lastRequest,
      url: toAppAddress(request.url),
      method: request.method,
      webContentsId: webContents.id,
      webContents,
      frame: request.frame?.view ?? null,
      resourceType: request.isNavigation ? navigation : (RESOURCE_TYPES.get(request.type) ?? 'other'),
      referrer: toAppAddress(request.headers['Referer'] ?? ''),
      timestamp: Date.now(),
      uploadData: request.body === null ? [] : [{ bytes: request.body }],
    };
    return new Promise((answer) => listener(details, answer));
  }
}

/** The one session there is. */
export const defaultSession = new StandInSession();

/** `session`. */
export const session = strict('session', {
  get defaultSession() {
    readiness.require('Session can only be received when app is ready');
    return defaultSession;
  },
});
