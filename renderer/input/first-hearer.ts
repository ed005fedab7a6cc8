/** A screen that hears keys before anything else takes them. Its code loads with the screen. */

/** `isUppermost`: whether nothing covers the till. Returns `null` for a key that acts as always. */
export type FirstHearer = (
  key: string,
  atMs: number,
  isUppermost: () => boolean,
) => { readonly swallow: boolean } | null;

let hearer: FirstHearer | null = null;

export const hearFirst = (next: FirstHearer | null): void => {
  hearer = next;
};

export const firstHearer = (): FirstHearer | null => hearer;
