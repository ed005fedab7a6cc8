/** Measures parts of the proof: runs their commands and keeps the printed figures. Knows no files and no processes. */
import { z } from 'zod';
import { parseJson } from '../../electron/base/json.ts';
import {
  figureSchemas,
  partCommands,
  proofSchema,
  typedCommand,
  type PartName,
  type Proof,
} from '../../shared/proof.ts';

/** How a command ended. `lastLine` is the last line of its standard output, or `''`. */
export interface Ended {
  readonly exitCode: number;
  readonly lastLine: string;
}

/** Runs an npm script with these arguments and shows its output to the person. */
export type RunScript = (script: string, args: readonly string[]) => Promise<Ended>;

/** The circumstances that are stored with each part. */
export interface Circumstances {
  readonly commit: string;
  /** The day, UTC: `2026-11-24`. */
  readonly date: string;
  readonly node: string;
  readonly cores: number;
}

export interface MeasureParts {
  readonly runScript: RunScript;
  readonly circumstances: Circumstances;
  /** The hash of all code that the part covers, in its present state. */
  readonly hashOf: (part: PartName) => Promise<string>;
  readonly say: (line: string) => void;
}

const printed = z.strictObject({ figures: z.record(z.string(), z.union([z.number(), z.string()])) });

/**
 * Measures one part. Resolves with `proof` that has new figures for the part. Resolves with `null`, after saying why,
 * if the command failed, did not print every figure, or if the code changed during the measurement: then nothing is
 * stored.
 */
export async function measurePart(part: PartName, proof: Proof, parts: MeasureParts): Promise<Proof | null> {
  const { runScript, circumstances, hashOf, say } = parts;
  const { script, args } = partCommands[part];
  say(`\n${part}: ${typedCommand(part)}`);
  const covers = await hashOf(part);
  const { exitCode, lastLine } = await runScript(script, [...args, '--json']);
  if (exitCode !== 0) return refused(say, part, `the command ended with ${String(exitCode)}`);
  if ((await hashOf(part)) !== covers) return refused(say, part, 'its code changed while it was measured');
  const output = printed.safeParse(parseJson(lastLine));
  if (!output.success) return refused(say, part, 'its last line is not {"figures":{...}}');
  const figures = knownOnly(part, output.data.figures, say);
  const stored = proofSchema.safeParse({
    ...proof,
    [part]: { command: typedCommand(part), figures, covers, ...circumstances },
  });
  if (stored.success) return stored.data;
  return refused(say, part, stored.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
}

function refused(say: MeasureParts['say'], part: PartName, why: string): null {
  say(`${part}: nothing is stored: ${why}`);
  return null;
}

/** Figures that the schema does not name are dropped, with a message. */
function knownOnly(
  part: PartName,
  figures: Readonly<Record<string, number | string>>,
  say: MeasureParts['say'],
): Record<string, number | string> {
  const known = Object.keys(figureSchemas[part].shape);
  const dropped = Object.keys(figures).filter((name) => !known.includes(name));
  if (dropped.length > 0) say(`${part}: not kept, because shared/proof.ts does not know them: ${dropped.join(', ')}`);
  return Object.fromEntries(Object.entries(figures).filter(([name]) => known.includes(name)));
}
