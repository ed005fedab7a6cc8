// Runs in the stand-in's main process. Why it exists: the way of a request through the app: navigation events first,
// then webRequest and the protocol handlers; then did-fail-load if it fails.
import type * as Electron from 'electron';
import { toAppAddress } from '../base/addresses.ts';
import { NavigationEvent } from '../page/page-events.ts';
import type { PageRequest, Verdict } from '../page/page-requests.ts';
import { defaultSession } from './session.ts';
import { StandInEvent } from '../base/strict.ts';

const FAILURES = {
  Aborted: [-3, 'ERR_ABORTED'],
  BlockedByClient: [-20, 'ERR_BLOCKED_BY_CLIENT'],
  Failed: [-2, 'ERR_FAILED'],
} as const;

const ABORTED: Verdict = { kind: 'refuse', reason: 'Aborted' };
const NOTHING: Verdict = { kind: 'respond', status: 204, headers: [], body: Buffer.alloc(0) };

/** Decides on one request of `contents`; `own` means that main started it, so the app is not asked. */
export async function verdictFor(contents: Electron.WebContents, request: PageRequest, own: boolean): Promise<Verdict> {
  const verdict = isPrevented(contents, request, own) ? ABORTED : await defaultSession.judge(contents, request);
  // Chromium requests this by itself and Electron does not; if it is missing, that must not appear as an error of the
  // page.
  if (isUninvitedIcon(request) && (verdict.kind === 'refuse' || verdict.status === 404)) return NOTHING;
  if (verdict.kind === 'refuse' && request.isNavigation) {
    const [code, text] = FAILURES[verdict.reason];
    contents.emit(
      'did-fail-load',
      new StandInEvent(),
      code,
      text,
      toAppAddress(request.url),
      request.isMainFrame,
      1,
      request.frame?.number ?? 0,
    );
  }
  return verdict;
}

function isUninvitedIcon({ type, url }: PageRequest): boolean {
  return type === 'Other' && new URL(url).pathname === '/favicon.ico';
}

function isPrevented(contents: Electron.WebContents, request: PageRequest, own: boolean): boolean {
  const url = toAppAddress(request.url);
  return eventsOf(request, own).some((name) => {
    const event = new NavigationEvent(url, request.isMainFrame, request.frame?.view ?? null);
    contents.emit(name, event, url, false, request.isMainFrame, 1, request.frame?.number ?? 0);
    return event.defaultPrevented;
  });
}

function eventsOf(request: PageRequest, own: boolean): readonly string[] {
  if (!request.isNavigation) return [];
  if (request.isRedirect) return ['will-redirect'];
  if (own) return [];
  return request.isMainFrame ? ['will-frame-navigate', 'will-navigate'] : ['will-frame-navigate'];
}
