/**
 * Inputs that a command's own schema would accept, or nearly: made from the schema, so that a new command is fuzzed as
 * well.
 */
import fc from 'fast-check';
import { z } from 'zod';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** Values with a meaning for the terminal: its orders' ids and numbers, amounts, words of the contract. */
export type Meaningful = readonly unknown[];

/** Mostly valid input for `input`; in the other cases a field is missing, has another type, or is made up. */
export function plausible(input: z.ZodType, meaningful: Meaningful): fc.Arbitrary<unknown> {
  const schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' });
  const valid = valueOf(schema, meaningful);
  return fc.oneof(
    { weight: 6, arbitrary: valid },
    { weight: 3, arbitrary: bent(valid, meaningful) },
    { weight: 1, arbitrary: fc.anything() },
  );
}

function valueOf(schema: JsonSchema, meaningful: Meaningful): fc.Arbitrary<unknown> {
  const of = (part: unknown): fc.Arbitrary<unknown> => (isSchema(part) ? valueOf(part, meaningful) : fc.anything());
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map(of));
  switch (schema.type) {
    case 'object': {
      const fields = Object.entries(schema.properties ?? {});
      const required = fields.map(([name]) => name).filter((name) => schema.required?.includes(name));
      return fc.record(Object.fromEntries(fields.map(([name, field]) => [name, of(field)])), {
        requiredKeys: required,
      });
    }
    case 'array':
      return fc.array(of(schema.items), { maxLength: 5 });
    case 'string':
      return fc.oneof(
        texts(meaningful),
        fc.string({ maxLength: 70 }),
        fc.stringMatching(/^[0-9A-Za-z_-]{1,32}$/),
        fc.stringMatching(/^\d{6,28}$/),
      );
    case 'integer':
    case 'number':
      return fc.oneof(fc.integer({ min: -1, max: 1_000 }), fc.maxSafeInteger(), fc.double());
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    default:
      return fc.anything();
  }
}

const isSchema = (part: unknown): part is JsonSchema => typeof part === 'object' && part !== null;

const texts = (meaningful: Meaningful): fc.Arbitrary<string> =>
  fc.constantFrom(...meaningful.filter((value) => typeof value === 'string'));

const NAMES = ['__proto__', 'constructor', 'toString', 'orderId', 'role', 'who', 'apiKey', 'x'];

/** One field removed, changed in type, or added. */
function bent(valid: fc.Arbitrary<unknown>, meaningful: Meaningful): fc.Arbitrary<unknown> {
  const value = fc.oneof(fc.constantFrom(...meaningful), fc.anything({ maxDepth: 2 }));
  return fc
    .tuple(valid, fc.nat(), fc.constantFrom(...NAMES), value, fc.constantFrom('drop', 'change', 'add'))
    .map(([whole, at, name, other, how]) => {
      if (typeof whole !== 'object' || whole === null) return other;
      const fields = Object.entries(whole);
      if (how === 'add')
        return JSON.parse(
          `{${[...fields.map(([key, part]) => `${JSON.stringify(key)}:${jsonOf(part)}`), `${JSON.stringify(name)}:${jsonOf(other)}`].join(',')}}`,
        ) as unknown;
      const index = fields.length === 0 ? 0 : at % fields.length;
      return Object.fromEntries(
        fields.flatMap((field, place) => (place !== index ? [field] : how === 'drop' ? [] : [[field[0], other]])),
      );
    });
}

/** As text, so that `__proto__` becomes a field of its own and not a prototype. */
function jsonOf(value: unknown): string {
  try {
    const text = JSON.stringify(value) as string | undefined;
    return text ?? 'null';
  } catch {
    // Values that JSON cannot express (bigint, a loop) come unchanged from another generator.
    return 'null';
  }
}
