/** The bundler takes style sheets; for the compiler they are there and nothing more. */
declare module '*.css';
/** A page of the guide, as build/guide-pages.ts reads it. */
declare module '*.md' {
  // An import statement would make this file a module, and its declarations nobody else's.
  // eslint-disable-next-line @typescript-eslint/consistent-type-imports
  export const page: import('./help/guide-document.ts').GuideDocument;
}
