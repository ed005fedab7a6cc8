// Runs in the stand-in's main process. Why it exists: senderFrame must distinguish the main frame from a subframe, and
// a document from the next one in the same frame. So this file follows the page's frames as Chromium reports them.
import type * as Electron from 'electron';
import { originOf, toAppAddress } from '../base/addresses.ts';
import { strictAs } from '../base/strict.ts';

/** A frame as CDP describes it. */
interface ReportedFrame {
  readonly id: string;
  readonly parentId?: string;
  readonly name?: string;
  readonly url: string;
  readonly securityOrigin?: string;
  readonly unreachableUrl?: string;
}

/** One document in one frame. When the frame navigates, another document replaces it. */
export interface FrameDocument {
  readonly frameId: string;
  readonly number: number;
  readonly view: Electron.WebFrameMain;
  /** False once the frame shows another document or is gone. */
  isAlive(): boolean;
}

interface Entry extends FrameDocument {
  readonly parentId: string | null;
  url: string;
  alive: boolean;
}

/** The frames of one page. */
export class FrameTree {
  readonly #entries = new Map<string, Entry>();
  #mainFrameId = '';
  #showsError = false;
  #lastNumber = 0;

  /** A frame shows a new document. */
  committed(frame: ReportedFrame): FrameDocument {
    const parentId = frame.parentId ?? null;
    if (parentId === null) {
      this.#mainFrameId = frame.id;
      this.#showsError = frame.unreachableUrl !== undefined;
    }
    return this.#replace(
      frame.id,
      parentId,
      frame.unreachableUrl ?? frame.url,
      frame.securityOrigin ?? '',
      frame.name ?? '',
    );
  }

  /** A subframe was created, with an empty document. */
  attached(frameId: string, parentId: string): void {
    this.#replace(frameId, parentId, 'about:blank', '', '');
  }

  /** A frame was removed from the page. */
  detached(frameId: string): void {
    const entry = this.#entries.get(frameId);
    if (entry !== undefined) entry.alive = false;
    this.#entries.delete(frameId);
  }

  /** The address changed within the document (a hash, history.pushState). */
  moved(frameId: string, url: string): void {
    const entry = this.#entries.get(frameId);
    if (entry !== undefined) entry.url = url;
  }

  /** The document now in a frame. */
  get(frameId: string): FrameDocument | null {
    return this.#entries.get(frameId) ?? null;
  }

  /** The main frame's document. */
  get main(): FrameDocument | null {
    return this.get(this.#mainFrameId);
  }

  /** Whether the main frame shows Chromium's page about a failed load. */
  get showsError(): boolean {
    return this.#showsError;
  }

  isMain(frameId: string): boolean {
    return frameId === this.#mainFrameId;
  }

  #replace(frameId: string, parentId: string | null, url: string, securityOrigin: string, name: string): FrameDocument {
    const before = this.#entries.get(frameId);
    if (before !== undefined) before.alive = false;
    const number = ++this.#lastNumber;
    const entry: Entry = {
      frameId,
      parentId,
      url,
      number,
      alive: true,
      isAlive: () => entry.alive,
      view: this.#viewOf(() => entry, originOf(securityOrigin), name),
    };
    this.#entries.set(frameId, entry);
    return entry;
  }

  #viewOf(entry: () => Entry, origin: string, name: string): Electron.WebFrameMain {
    const living = (): Entry => {
      if (!entry().alive) throw new Error('Render frame was disposed before WebFrameMain could be accessed');
      return entry();
    };
    const parentOf = (child: Entry): Entry | null =>
      child.parentId === null ? null : (this.#entries.get(child.parentId) ?? null);
    const topOf = (child: Entry): Entry => {
      const parent = parentOf(child);
      return parent === null ? child : topOf(parent);
    };
    return strictAs<Electron.WebFrameMain>('WebFrameMain', {
      get url() {
        return toAppAddress(living().url);
      },
      get origin() {
        living();
        return origin;
      },
      get parent() {
        return parentOf(living())?.view ?? null;
      },
      get top() {
        return topOf(living()).view;
      },
      get name() {
        living();
        return name;
      },
      get routingId() {
        return living().number;
      },
      get frameTreeNodeId() {
        return living().number;
      },
      get processId() {
        living();
        return 1;
      },
      get detached() {
        return !entry().alive;
      },
      isDestroyed: () => !entry().alive,
    });
  }
}
