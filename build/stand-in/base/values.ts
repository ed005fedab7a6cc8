// Runs on both sides: in the stand-in's main process and, as source text, in the page's isolated world. Why it exists:
// CDP carries only strings, and Electron's IPC carries every value that structured cloning can copy.

/** Turns values into text and back; `encode` refuses what Electron refuses, with the same messages. */
export interface Codec {
  encode(value: unknown): string;
  decode(text: string): unknown;
}

/** One value; the values inside it are named by index, so that cycles and shared objects survive. */
type Entry =
  | { readonly kind: 'plain'; readonly value: string | boolean | number | null }
  | { readonly kind: 'undefined' }
  | { readonly kind: 'number' | 'bigint' | 'buffer'; readonly text: string }
  | { readonly kind: 'date'; readonly time: number | null }
  | { readonly kind: 'regexp'; readonly source: string; readonly flags: string }
  | { readonly kind: 'view'; readonly type: string; readonly text: string }
  | {
      readonly kind: 'error';
      readonly name: string;
      readonly message: string;
      readonly stack: string;
      readonly cause: number | null;
    }
  | { readonly kind: 'map'; readonly pairs: readonly (readonly [number, number])[] }
  | { readonly kind: 'set' | 'array'; readonly items: readonly number[] }
  | { readonly kind: 'object'; readonly members: readonly (readonly [string, number])[] };

/** Builds a codec. It must not refer to anything outside itself, because the page gets its source. */
export function createCodec(): Codec {
  const bytesToText = (bytes: Uint8Array): string => {
    let binary = '';
    for (const byte of bytes) binary += String.fromCharCode(byte);
    return btoa(binary);
  };
  const textToBuffer = (text: string): ArrayBuffer =>
    Uint8Array.from(atob(text), (character) => character.charCodeAt(0)).buffer;

  const viewOf = (type: string, buffer: ArrayBuffer): ArrayBufferView => {
    const known: readonly (new (buffer: ArrayBuffer) => ArrayBufferView)[] = [
      Int8Array,
      Uint8Array,
      Uint8ClampedArray,
      Int16Array,
      Uint16Array,
      Int32Array,
      Uint32Array,
      Float32Array,
      Float64Array,
      BigInt64Array,
      BigUint64Array,
      DataView,
    ];
    const View = known.find((candidate) => candidate.name === type);
    if (View === undefined) throw new Error(`no such view of a buffer: ${type}`);
    return new View(buffer);
  };

  const errorOf = (name: string, message: string): Error => {
    const known = [EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError];
    const Kind = known.find((candidate) => candidate.name === name) ?? Error;
    return new Kind(message);
  };

  const clone = (value: unknown): unknown => {
    try {
      return structuredClone(value);
    } catch (error) {
      if (error instanceof DOMException) throw new Error('An object could not be cloned.', { cause: error });
      throw error;
    }
  };

  const encode = (value: unknown): string => {
    const entries: Entry[] = [];
    const seen = new Map<unknown, number>();

    const add = (item: unknown): number => {
      const known = seen.get(item);
      if (known !== undefined) return known;
      // The index is taken before the contents are written, so that a cycle finds it.
      const index = entries.push({ kind: 'undefined' }) - 1;
      if (typeof item === 'object' && item !== null) seen.set(item, index);
      entries[index] = typeof item === 'object' && item !== null ? objectEntry(item) : primitiveEntry(item);
      return index;
    };

    const primitiveEntry = (item: unknown): Entry => {
      if (item === null || typeof item === 'string' || typeof item === 'boolean') return { kind: 'plain', value: item };
      if (typeof item === 'bigint') return { kind: 'bigint', text: String(item) };
      if (typeof item !== 'number') return { kind: 'undefined' };
      if (Object.is(item, -0)) return { kind: 'number', text: '-0' };
      return Number.isFinite(item) ? { kind: 'plain', value: item } : { kind: 'number', text: String(item) };
    };

    const objectEntry = (item: object): Entry => {
      if (item instanceof Date) return { kind: 'date', time: item.getTime() };
      if (item instanceof RegExp) return { kind: 'regexp', source: item.source, flags: item.flags };
      if (item instanceof Map)
        return { kind: 'map', pairs: [...item].map(([key, held]) => [add(key), add(held)] as const) };
      if (item instanceof Set) return { kind: 'set', items: [...item].map(add) };
      if (item instanceof Error) {
        const { name, message, stack = '' } = item;
        return { kind: 'error', name, message, stack, cause: 'cause' in item ? add(item.cause) : null };
      }
      if (item instanceof ArrayBuffer) return { kind: 'buffer', text: bytesToText(new Uint8Array(item)) };
      if (ArrayBuffer.isView(item)) {
        const bytes = new Uint8Array(item.buffer, item.byteOffset, item.byteLength);
        return { kind: 'view', type: item.constructor.name, text: bytesToText(bytes) };
      }
      if (Array.isArray(item)) return { kind: 'array', items: Array.from(item, add) };
      // A clone with another prototype is a platform object (Blob, ImageData, ...): Electron's IPC carries none.
      if (Object.getPrototypeOf(item) !== Object.prototype) throw new Error('An object could not be cloned.');
      return { kind: 'object', members: Object.entries(item).map(([key, held]) => [key, add(held)] as const) };
    };

    add(clone(value));
    return JSON.stringify(entries);
  };

  const decode = (text: string): unknown => {
    const entries = JSON.parse(text) as readonly Entry[];
    const made = new Map<number, unknown>();

    const read = (index: number): unknown => {
      if (made.has(index)) return made.get(index);
      const entry = entries[index];
      if (entry === undefined) throw new Error(`a value refers to a missing part (${String(index)})`);
      const value = shell(entry);
      // Registered before it is filled, so that a cycle finds it.
      made.set(index, value);
      fill(value, entry);
      return value;
    };

    const shell = (entry: Entry): unknown => {
      switch (entry.kind) {
        case 'plain':
          return entry.value;
        case 'undefined':
          return undefined;
        case 'number':
          return Number(entry.text);
        case 'bigint':
          return BigInt(entry.text);
        case 'date':
          return new Date(entry.time ?? Number.NaN);
        case 'regexp':
          return new RegExp(entry.source, entry.flags);
        case 'buffer':
          return textToBuffer(entry.text);
        case 'view':
          return viewOf(entry.type, textToBuffer(entry.text));
        case 'error':
          return errorOf(entry.name, entry.message);
        case 'map':
          return new Map();
        case 'set':
          return new Set();
        case 'array':
          return [];
        case 'object':
          return {};
      }
    };

    const fill = (value: unknown, entry: Entry): void => {
      if (value instanceof Map && entry.kind === 'map')
        for (const [key, held] of entry.pairs) value.set(read(key), read(held));
      if (value instanceof Set && entry.kind === 'set') for (const item of entry.items) value.add(read(item));
      if (Array.isArray(value) && entry.kind === 'array') for (const item of entry.items) value.push(read(item));
      const define = (key: string, held: unknown, enumerable: boolean): void => {
        // Defined, not assigned: a key called __proto__ must stay a plain key.
        Object.defineProperty(value, key, { value: held, enumerable, configurable: true, writable: true });
      };
      if (entry.kind === 'object') for (const [key, held] of entry.members) define(key, read(held), true);
      if (entry.kind === 'error') {
        define('stack', entry.stack, false);
        if (entry.cause !== null) define('cause', read(entry.cause), false);
      }
    };
    return read(0);
  };

  return { encode, decode };
}
