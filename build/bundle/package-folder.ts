/** The folder of the package that a module belongs to; `null` for one of ours. The bundler may put marks around a path. */
export const packageFolder = (id: string): string | null =>
  /^\0?(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/?]+)/.exec(id)?.[1] ?? null;
