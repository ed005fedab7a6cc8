/** The data of a page of the guide; build/bundle/guide-pages.ts makes it from Markdown. */
import type { GuidePage } from '../state/guide-pages.ts';

export type GuideText =
  | { readonly kind: 'plain' | 'code'; readonly text: string }
  /** A word exactly as the screen shows it. */
  | { readonly kind: 'strong'; readonly text: string };

export type GuideBlock =
  | { readonly kind: 'heading'; readonly level: 2 | 3; readonly texts: readonly GuideText[] }
  | { readonly kind: 'paragraph'; readonly texts: readonly GuideText[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly (readonly GuideText[])[] }
  | {
      readonly kind: 'table';
      readonly head: readonly (readonly GuideText[])[];
      readonly rows: readonly (readonly (readonly GuideText[])[])[];
    }
  | { readonly kind: 'code'; readonly text: string }
  /** `width` and `height` in px of the file. */
  | {
      readonly kind: 'picture';
      readonly src: string;
      readonly alt: string;
      readonly width: number;
      readonly height: number;
    }
  /** A link to another page, on a line of its own: on the screen it is a button of a finger's size. */
  | { readonly kind: 'link'; readonly page: GuidePage; readonly text: string };

export interface GuideDocument {
  readonly title: string;
  readonly blocks: readonly GuideBlock[];
}
