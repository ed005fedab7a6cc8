/** Finds planted secrets in bytes: as plain text, in UTF-16, in hex and in base64. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Secrets by their kind. Long enough not to occur by chance. */
export type Canaries = Readonly<Record<string, string>>;

const SHORTEST = 10;

type Forms = Readonly<Record<string, readonly string[]>>;

/** The names of the secrets in `bytes`, with the form in which they were found. */
export function secretsIn(bytes: Buffer, canaries: Canaries): string[] {
  const text = bytes.toString('latin1');
  return Object.entries(canaries).flatMap(([name, secret]) => {
    if (secret.length < SHORTEST) throw new Error(`${name} is too short to be looked for`);
    const form = Object.entries(formsOf(secret)).find(([, needles]) => needles.some((needle) => text.includes(needle)));
    return form === undefined ? [] : [`${name} (${form[0]})`];
  });
}

const known = new Map<string, Forms>();

function formsOf(secret: string): Forms {
  const forms = known.get(secret) ?? newForms(secret);
  known.set(secret, forms);
  return forms;
}

function newForms(secret: string): Forms {
  const utf8 = Buffer.from(secret, 'utf8');
  return {
    plain: [utf8.toString('latin1')],
    'UTF-16': [Buffer.from(secret, 'utf16le').toString('latin1')],
    hex: [utf8.toString('hex'), utf8.toString('hex').toUpperCase()],
    base64: [0, 1, 2].flatMap((shift) => {
      const text = Buffer.concat([Buffer.alloc(shift), utf8]).toString('base64');
      // Some bits of the first and of the last group belong to the text around the secret.
      const whole = text.slice(shift === 0 ? 0 : 4, text.length - 4);
      return [whole, whole.replaceAll('+', '-').replaceAll('/', '_')];
    }),
  };
}

/** The same over every file under `folder`, as `file: secret (form)`. */
export function secretsUnder(
  folder: string,
  canaries: Canaries,
  skip: (file: string) => boolean = () => false,
): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((file) => !skip(relative(folder, file)))
    .flatMap((file) => secretsIn(contentOf(file), canaries).map((found) => `${relative(folder, file)}: ${found}`));
}

/** The app goes on writing: a file that it has renamed or removed since it was listed holds nothing any more. */
function contentOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}
