/** The bundler takes style sheets; for the compiler they are there and nothing more. */
declare module '*.css';
/** A page of the guide, as build/guide-pages.ts reads it. */
declare module '*.md' {
  export const page: import('./help/guide.ts').GuideDocument;
}
