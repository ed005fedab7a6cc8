/** The bundler takes style sheets; for the compiler they are there and nothing more. */
declare module '*.css';
