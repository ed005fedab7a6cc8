// Runs in the stand-in's main process. Why it exists: every request of a page is stopped in Chromium (CDP's Fetch
// domain) and then answered by the app or refused, so that no request of a page ever reaches a network.
import type { DevTools } from '../browser/browser-page.ts';
import type { FrameDocument, FrameTree } from './frames.ts';

/** A stopped request, until it is decided. */
export interface PageRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer<ArrayBuffer> | null;
  /** CDP's resource type: Document, Script, XHR, ... */
  readonly type: string;
  readonly frame: FrameDocument | null;
  readonly isMainFrame: boolean;
  readonly isNavigation: boolean;
  readonly isRedirect: boolean;
}

/** The decision about a request. */
export type Verdict =
  | {
      readonly kind: 'respond';
      readonly status: number;
      readonly headers: readonly (readonly [string, string])[];
      readonly body: Buffer;
    }
  | { readonly kind: 'refuse'; readonly reason: 'Aborted' | 'BlockedByClient' | 'Failed' };

/** The fields of CDP's Fetch.requestPaused that are used here. */
interface Paused {
  readonly requestId: string;
  readonly frameId: string;
  readonly resourceType: string;
  readonly redirectedRequestId?: string;
  readonly request: {
    readonly url: string;
    readonly urlFragment?: string;
    readonly method: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly postDataEntries?: readonly { readonly bytes?: string }[];
  };
}

/** Asks for the decision about one paused request and carries it out. */
export async function judge(
  cdp: DevTools,
  paused: Paused,
  frames: FrameTree,
  ask: (request: PageRequest) => Promise<Verdict>,
  isGone: () => boolean,
): Promise<void> {
  const { requestId, request } = paused;
  try {
    // The page itself made the data of these: no network and no handler of Electron is asked.
    if (/^(data|blob):/.test(request.url)) {
      await cdp.send('Fetch.continueRequest', { requestId });
      return;
    }
    const verdict = await ask(describe(paused, frames));
    if (verdict.kind === 'refuse') {
      await cdp.send('Fetch.failRequest', { requestId, errorReason: verdict.reason });
      return;
    }
    await cdp.send('Fetch.fulfillRequest', {
      requestId,
      responseCode: verdict.status,
      responseHeaders: verdict.headers.map(([name, value]) => ({ name, value })),
      body: verdict.body.toString('base64'),
    });
  } catch (error) {
    // When the decision arrives, the request may be gone with its document; any other error is a mistake here.
    if (!isGone() && !/Invalid InterceptionId|closed/i.test(String(error))) throw error;
  }
}

function describe({ request, frameId, resourceType, redirectedRequestId }: Paused, frames: FrameTree): PageRequest {
  const parts = request.postDataEntries?.map((part) => Buffer.from(part.bytes ?? '', 'base64')) ?? [];
  return {
    url: request.url + (request.urlFragment ?? ''),
    method: request.method,
    headers: request.headers,
    body: parts.length === 0 ? null : Buffer.concat(parts),
    type: resourceType,
    frame: frames.get(frameId),
    isMainFrame: frames.isMain(frameId),
    isNavigation: resourceType === 'Document',
    isRedirect: redirectedRequestId !== undefined,
  };
}
