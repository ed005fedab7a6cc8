// Runs in the page, as source text: once in the main world and once in the preload's isolated world.
// Why it exists: it is contextBridge. The worlds share the document but no objects, and Chromium clones the
// `detail` of an event for each world that reads it; functions and promises cross as numbered proxies.

/** One world's end of the bridge. */
export interface Bridge {
  /** Isolated world: puts `api` on the main world's window, frozen and not replaceable. */
  expose(key: string, api: unknown): void;
}

type Wire =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'function' | 'promise' | 'seen'; readonly id: number }
  | { readonly kind: 'error'; readonly message: string }
  | { readonly kind: 'array'; readonly items: readonly Wire[] }
  | { readonly kind: 'object'; readonly members: readonly (readonly [string, Wire])[] };

type Outcome = { readonly ok: true; readonly wire: Wire } | { readonly ok: false; readonly message: string };

type Message =
  | { readonly do: 'expose'; readonly call: number; readonly key: string; readonly wire: Wire }
  | { readonly do: 'call'; readonly call: number; readonly id: number; readonly args: readonly Wire[] }
  | { readonly do: 'settle'; readonly id: number; readonly kept: boolean; readonly wire: Wire };

/**
 * Builds one end. `secret` names the events, and no page script ever learns it. It must not refer to anything outside
 * itself, because the page gets its source.
 */
export function createBridge(secret: string, world: 'main' | 'isolated'): Bridge {
  const outgoing = `${secret}-from-${world}`;
  const incoming = `${secret}-from-${world === 'main' ? 'isolated' : 'main'}`;
  // Stored now: page scripts may replace these functions later, and must not see what crosses.
  const Carrier = CustomEvent;
  const dispatch = document.dispatchEvent.bind(document);
  const clone = structuredClone;

  const functions = new Map<number, (...args: unknown[]) => unknown>();
  const promises = new Map<number, { keep(value: unknown): void; reject(reason: unknown): void }>();
  const outcomes = new Map<number, Outcome>();
  let lastId = 0;
  let lastCall = 0;

  const isFunction = (value: unknown): value is (...args: unknown[]) => unknown => typeof value === 'function';

  const post = (message: Message): void => {
    dispatch(new Carrier(outgoing, { detail: message }));
  };
  const answer = (call: number, outcome: Outcome): void => {
    dispatch(new Carrier(`${outgoing}-answer`, { detail: { call, outcome } }));
  };

  /** Calls the other world; dispatching is synchronous, so the answer is there when it returns. */
  const ask = (call: number, message: Message): unknown => {
    post(message);
    const outcome = outcomes.get(call);
    outcomes.delete(call);
    if (outcome === undefined) throw new Error('the other world gave no answer');
    if (!outcome.ok) throw new Error(outcome.message);
    return unwrap(outcome.wire);
  };

  const wrap = (root: unknown): Wire => {
    const seen = new Map<object, number>();

    const cloneable = (value: unknown): Wire => {
      try {
        return { kind: 'value', value: clone(value) };
      } catch (error) {
        if (error instanceof DOMException) throw new Error('An object could not be cloned.', { cause: error });
        throw error;
      }
    };
    // As in Electron: an object without internal slots counts as a plain object, and loses its prototype.
    const isPlain = (value: object): boolean => Object.prototype.toString.call(value) === '[object Object]';

    const walk = (value: unknown, depth: number): Wire => {
      if (depth > 1000)
        throw new Error(
          'Electron contextBridge recursion depth exceeded.  Nested objects deeper than 1000 are not supported.',
        );
      if (typeof value === 'symbol') return { kind: 'value', value: undefined };
      if (isFunction(value)) {
        functions.set(++lastId, value);
        return { kind: 'function', id: lastId };
      }
      if (typeof value !== 'object' || value === null) return cloneable(value);
      const known = seen.get(value);
      if (known !== undefined) return { kind: 'seen', id: known };
      if (value instanceof Promise) return promised(value);
      if (value instanceof Error) return { kind: 'error', message: value.message };
      if (Array.isArray(value)) {
        seen.set(value, seen.size);
        return { kind: 'array', items: value.map((item) => walk(item, depth + 1)) };
      }
      if (!isPlain(value)) return cloneable(value);
      seen.set(value, seen.size);
      return {
        kind: 'object',
        members: Object.entries(value).map(([key, held]) => [key, walk(held, depth + 1)] as const),
      };
    };
    return walk(root, 0);
  };

  const promised = (promise: Promise<unknown>): Wire => {
    const id = ++lastId;
    const settle = (kept: boolean, value: unknown): void => {
      post({ do: 'settle', id, kept, wire: wrap(value) });
    };
    promise.then((value) => settle(true, value)).catch((reason: unknown) => settle(false, reason));
    return { kind: 'promise', id };
  };

  const unwrap = (root: Wire): unknown => {
    const made: object[] = [];
    const read = (wire: Wire): unknown => {
      switch (wire.kind) {
        case 'value':
          return wire.value;
        case 'seen':
          return made[wire.id];
        case 'error':
          return new Error(wire.message);
        case 'promise':
          return new Promise((keep, reject) => promises.set(wire.id, { keep, reject }));
        case 'function':
          return (...args: unknown[]) => {
            const call = ++lastCall;
            return ask(call, { do: 'call', call, id: wire.id, args: args.map(wrap) });
          };
        case 'array': {
          const array: unknown[] = [];
          made.push(array);
          for (const item of wire.items) array.push(read(item));
          return array;
        }
        case 'object': {
          const object = {};
          made.push(object);
          for (const [key, held] of wire.members) {
            // Defined, not assigned: a key called __proto__ must stay a plain key.
            Object.defineProperty(object, key, {
              value: read(held),
              enumerable: true,
              configurable: true,
              writable: true,
            });
          }
          return object;
        }
      }
    };
    return read(root);
  };

  const freeze = (value: unknown, frozen = new Set<unknown>()): void => {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return;
    if (frozen.has(value) || ArrayBuffer.isView(value)) return;
    frozen.add(value);
    for (const held of Object.values(value)) freeze(held, frozen);
    Object.freeze(value);
  };

  const perform = (message: Message): unknown => {
    switch (message.do) {
      case 'call':
        return functions.get(message.id)?.(...message.args.map(unwrap));
      case 'expose': {
        if (message.key in globalThis)
          throw new Error('Cannot bind an API on top of an existing property on the window object');
        const value = unwrap(message.wire);
        freeze(value);
        Object.defineProperty(globalThis, message.key, {
          value,
          enumerable: true,
          configurable: false,
          writable: false,
        });
        return undefined;
      }
      case 'settle': {
        const promise = promises.get(message.id);
        promises.delete(message.id);
        const value = unwrap(message.wire);
        if (message.kept) promise?.keep(value);
        else promise?.reject(value);
        return undefined;
      }
    }
  };

  /** The message of an error, in the only form that Electron lets cross. */
  const messageOf = (error: unknown): string =>
    typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string'
      ? error.message
      : 'An unknown exception occurred in the isolated context, an error occurred but a valid exception was not thrown.';

  document.addEventListener(incoming, (event) => {
    if (!(event instanceof Carrier)) return;
    const message = event.detail as Message;
    try {
      const wire = wrap(perform(message));
      if ('call' in message) answer(message.call, { ok: true, wire });
    } catch (error) {
      if ('call' in message) answer(message.call, { ok: false, message: messageOf(error) });
    }
  });
  document.addEventListener(`${incoming}-answer`, (event) => {
    if (!(event instanceof Carrier)) return;
    const { call, outcome } = event.detail as { call: number; outcome: Outcome };
    outcomes.set(call, outcome);
  });

  return {
    expose(key, api) {
      const call = ++lastCall;
      ask(call, { do: 'expose', call, key, wire: wrap(api) });
    },
  };
}
