import type { z } from 'zod';

/** Optional fields inside optional fields: an inner field can be known only if the field around it is known. */
const ROUNDS_MAX = 4;

/**
 * Parses what a later version may have written. Fields that `schema` does not know are no reason to refuse a row: they
 * stay in the value where they were, and so go back into the journal with it. `null` where anything else does not fit.
 * This version must not act on a known field with an unknown value.
 */
export function parseKeeping<Schema extends z.ZodType>(schema: Schema, value: unknown): z.infer<Schema> | null {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const known: unknown = structuredClone(value);
  const kept: Kept[] = [];
  for (let round = 0, { issues } = parsed.error; round < ROUNDS_MAX; round += 1) {
    const unknown = issues.filter((issue) => issue.code === 'unrecognized_keys');
    if (unknown.length < issues.length) return null;
    for (const { path, keys } of unknown) kept.push(...takenOut(known, path, keys));
    const again = schema.safeParse(known);
    if (again.success) return putBack(again.data, kept);
    ({ issues } = again.error);
  }
  return null;
}

interface Kept {
  readonly path: readonly PropertyKey[];
  readonly key: string;
  readonly value: unknown;
}

function takenOut(root: unknown, path: readonly PropertyKey[], keys: readonly string[]): Kept[] {
  const node = nodeAt(root, path);
  if (node === null) return [];
  return keys.map((key) => {
    const value = node[key];
    Reflect.deleteProperty(node, key);
    return { path, key, value };
  });
}

function putBack<Value>(parsed: Value, kept: readonly Kept[]): Value {
  for (const { path, key, value } of kept) {
    const node = nodeAt(parsed, path);
    if (node !== null) node[key] = value;
  }
  return parsed;
}

type Node = Record<PropertyKey, unknown>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

function nodeAt(root: unknown, path: readonly PropertyKey[]): Node | null {
  let node = root;
  for (const key of path) node = isNode(node) ? node[key] : null;
  return isNode(node) ? node : null;
}
