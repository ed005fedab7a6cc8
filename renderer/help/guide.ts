/** The guide that comes with the app: which pages it has, what a page is made of, and which one is for the place where somebody stands. */
import type { Role } from '../../shared/roles.ts';

/** In the order in which they are listed; also the names of the files in build/guide. */
export const guidePages = ['cashier', 'manager', 'technician', 'pos-api', 'terminal-command'] as const;
export type GuidePage = (typeof guidePages)[number];

export type GuideText =
  | { readonly kind: 'plain' | 'code'; readonly text: string }
  /** A word as it stands on the screen. */
  | { readonly kind: 'strong'; readonly text: string };

export type GuideBlock =
  | { readonly kind: 'heading'; readonly level: 2 | 3; readonly texts: readonly GuideText[] }
  | { readonly kind: 'paragraph'; readonly texts: readonly GuideText[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly GuideText[])[] }
  | { readonly kind: 'table'; readonly head: readonly (readonly GuideText[])[]; readonly rows: readonly (readonly (readonly GuideText[])[])[] }
  | { readonly kind: 'code'; readonly text: string }
  /** `width` and `height` in px of the file. */
  | { readonly kind: 'picture'; readonly src: string; readonly alt: string; readonly width: number; readonly height: number }
  /** Another page, in a line of its own: on the screen it is a button of a finger's size. */
  | { readonly kind: 'link'; readonly page: GuidePage; readonly text: string };

export interface GuideDocument {
  readonly title: string;
  readonly blocks: readonly GuideBlock[];
}

/** Where somebody stands: `desk` as in the screen's state, `null` for the till; `role` is `null` before main has answered. */
export interface Standing {
  readonly desk: string | null;
  readonly role: Role | null;
}

/** These pages of the back office are a technician's work, even where a manager may look at them. */
const TECHNICIANS_PAGES: readonly string[] = ['setup', 'self-test'];

/** The page for the work that is done there. */
export function guidePageAt({ desk, role }: Standing): GuidePage {
  if (desk === null) return 'cashier';
  if (desk === 'pos') return 'pos-api';
  return role === 'manager' && !TECHNICIANS_PAGES.includes(desk) ? 'manager' : 'technician';
}
