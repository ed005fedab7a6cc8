// The codec that carries IPC arguments: what structured cloning keeps is kept, the rest is refused.
import { expect, test } from 'vitest';
import { createCodec } from '../../../build/stand-in/base/values.ts';

const codec = createCodec();
const carried = (value: unknown): unknown => codec.decode(codec.encode(value));

test('carries what structured cloning carries', () => {
  const value = {
    when: new Date(5),
    never: new Date(Number.NaN),
    big: 10n,
    nothing: undefined,
    none: null,
    numbers: [0, -0, Number.NaN, Infinity, -Infinity, 1.5],
    map: new Map([[{ key: 1 }, new Set(['a'])]]),
    bytes: new Uint8Array([0, 255]),
    floats: new Float64Array([1.5]),
    buffer: new Uint8Array([7]).buffer,
    pattern: /a+/gi,
    __proto__: null,
  };
  expect(carried({ ...value })).toStrictEqual({ ...value });
});

test('carries errors with name, message, stack and cause', () => {
  const error = new RangeError('too far', { cause: new TypeError('wrong') });
  const arrived = carried(error);
  expect(arrived).toBeInstanceOf(RangeError);
  expect(arrived).toMatchObject({ message: 'too far', stack: error.stack, cause: { message: 'wrong' } });
});

test('keeps cycles and shared objects', () => {
  const shared = { one: 1 };
  const value: Record<string, unknown> = { first: shared, second: shared };
  value['self'] = value;
  const arrived = carried(value);
  expect(arrived).toHaveProperty('self', arrived);
  expect(arrived).toSatisfy((got: typeof value) => got['first'] === got['second']);
});

test('keeps a key called __proto__ a plain key', () => {
  const arrived = carried(JSON.parse('{"__proto__":{"admin":true}}'));
  expect(arrived).toSatisfy((got: object) => Object.keys(got).join() === '__proto__' && !('admin' in got));
});

test.each([
  ['a function', () => 1],
  ['a symbol', Symbol('no')],
  ['a function inside', { deep: [() => 1] }],
  ['a blob', new Blob([])],
  ['a weak map', new WeakMap()],
  ['a proxy', new Proxy({}, {})],
  ['a promise', Promise.resolve(1)],
])('refuses %s with the words of Electron', (_name, value) => {
  expect(() => codec.encode(value)).toThrow('An object could not be cloned.');
});

test('drops the prototype of a class instance', () => {
  class Till {
    fen = 5;
  }
  expect(carried(new Till())).toStrictEqual({ fen: 5 });
});
