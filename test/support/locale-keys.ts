/** Whether a value is an object whose members may be read by name. */
export const isPlainRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The full keys of all words in a locale file, sorted: `cause.expired.title`. */
export function keysOf(words: object, prefix = ''): string[] {
  return Object.entries(words)
    .flatMap(([name, value]) => (isPlainRecord(value) ? keysOf(value, `${prefix}${name}.`) : [`${prefix}${name}`]))
    .sort();
}
