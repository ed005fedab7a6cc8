/** The page of the back office that takes what is scanned or typed while no field has the focus. One at a time. */
export type PageEar = (heard: { readonly kind: 'scan' | 'typed'; readonly text: string } | { readonly kind: 'back' }) => void;

let ear: PageEar | null = null;

/** Listens until the returned function is called. */
export function lendEar(mine: PageEar): () => void {
  ear = mine;
  return () => {
    if (ear === mine) ear = null;
  };
}

/** The page that listens now; `null` where none does. */
export const pageEar = (): PageEar | null => ear;
