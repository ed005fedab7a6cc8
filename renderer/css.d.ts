/** The bundler handles style sheets; the compiler only has to know that they exist. */
declare module '*.css';
/** A page of the guide, as build/bundle/guide-pages.ts reads it. */
declare module '*.md' {
  // An import statement would make this file a module, and its declarations would then be its own only.
  // oxlint-disable-next-line typescript/consistent-type-imports
  export const page: import('./help/guide-document.ts').GuideDocument;
}
/** What names are made of, as build/bundle/pinyin-table.ts reads it. */
declare module '*.pinyin' {
  // oxlint-disable-next-line typescript/consistent-type-imports
  export const table: import('./input/pinyin.ts').PinyinTable;
}
