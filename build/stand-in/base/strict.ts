// Runs in the stand-in's main process. Why it exists: a stand-in that returns `undefined` for unknown members would let
// an untested call pass. Here a missing member throws at once.
import { EventEmitter } from 'node:events';

/** Names that JavaScript itself, a promise, an inspector or a bundler looks up on any object. */
const ASKED_OF_ANYTHING = new Set([
  'then',
  'toJSON',
  '__esModule',
  'asymmetricMatch',
  'nodeType',
  'tagName',
  '$$typeof',
]);

const strictObjects = new WeakSet<object>();
const destroyedMembers = new WeakMap<object, readonly string[]>();

/**
 * Wraps `members` so that reading a member it lacks throws "the stand-in has no electron.<name>.<member>"; '' is
 * electron itself.
 */
export function strict<T extends object>(name: string, members: T): T {
  const proxy: T = new Proxy(members, {
    get(target, member, receiver) {
      if (typeof member === 'string' && destroyedMembers.get(proxy)?.includes(member) === true) {
        throw new TypeError('Object has been destroyed');
      }
      if (member in target || typeof member === 'symbol' || ASKED_OF_ANYTHING.has(member)) {
        return Reflect.get(target, member, receiver);
      }
      throw new Error(`the stand-in has no ${['electron', name, member].filter(Boolean).join('.')}`);
    },
  });
  strictObjects.add(proxy);
  return proxy;
}

/** An export of `electron` that the stand-in lacks altogether: any use of it throws. */
export function missing(name: string): object {
  // A function declaration, because only a Proxy over a constructible function can be constructed.
  function refuse(): never {
    throw new Error(`the stand-in has no electron.${name}`);
  }
  return new Proxy(refuse, {
    get(_target, member) {
      if (typeof member === 'symbol' || ASKED_OF_ANYTHING.has(member)) return undefined;
      throw new Error(`the stand-in has no electron.${name}.${member}`);
    },
    set: refuse,
    apply: refuse,
    construct: refuse,
  });
}

/**
 * A stand-in object with the type that Electron's d.ts requires. The cast is checked at run time: only strict objects
 * pass, and those throw for each member that the type promises and the stand-in lacks.
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the caller names the type, as in a cast; that is its purpose
export function seenAs<Type extends object>(object: object): Type {
  if (!strictObjects.has(object)) throw new Error('only a strict object may be seen under an Electron type');
  return object as unknown as Type;
}

/** Like `seenAs(strict(...))`, with the members given checked against Electron's own type. */
export function strictAs<Type extends object>(name: string, members: Partial<Type>): Type {
  return seenAs<Type>(strict(name, members));
}

/**
 * An event emitter whose instances are strict; only the members that a subclass declares exist. `events` are the names
 * that may be listened to: waiting for an event that never comes would hide a mistake.
 */
export class StrictEmitter extends EventEmitter {
  constructor(name: string, events: readonly string[] | 'any') {
    super();
    // Node emits this one before it adds a listener, so throwing here keeps the listener out.
    super.on('newListener', (event: string | symbol) => {
      if (events === 'any' || typeof event === 'symbol' || events.includes(event)) return;
      throw new Error(`the stand-in has no event "${event}" of electron.${name}`);
    });
    // A constructor that returns an object makes that object `this` in subclasses, private fields included.
    return strict(name, this);
  }
}

/** From now on these members of a strict object throw "Object has been destroyed", as members of a closed window do. */
export function markDestroyed(object: object, members: readonly string[]): void {
  destroyedMembers.set(object, members);
}

/** What Electron hands to listeners as their first argument. */
export class StandInEvent {
  defaultPrevented = false;

  constructor() {
    return strict('event', this);
  }

  preventDefault(): void {
    this.defaultPrevented = true;
  }
}
