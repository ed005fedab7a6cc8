/**
 * What was measured of the product: the schema of shared/proof.json. Only `npm run proof` writes that file.
 * test/README.md and the about page show only these figures. A part that was never measured is absent and shows no
 * figures; a part whose code has changed since shows none either.
 */
import { z } from 'zod';

const count = z.number().int().nonnegative();
const amount = z.number().nonnegative();
/** Growth may be negative. */
const percent = z.number();

/** The figures of each part, by the names that its command prints. */
export const figureSchemas = {
  simulation: z.strictObject({
    seeds: count,
    seedsPerSecondPerCore: amount,
    virtualYears: amount,
    faultKinds: count,
    leastHits: count,
    violations: count,
    seededBugs: count,
    seededBugsCaught: count,
  }),
  crash: z.strictObject({
    steps: count,
    kills: count,
    repeats: count,
    resumed: count,
    lostIntents: count,
    falseCancelled: count,
    violations: count,
    walTruncations: count,
    ioFaults: count,
  }),
  wire: z.strictObject({
    faults: count,
    mutatedReplies: count,
    falseSuccess: count,
    crashes: count,
    slowestMs: amount,
    heapGrowthPercent: percent,
  }),
  audit: z.strictObject({
    tamperings: count,
    found: count,
    missed: count,
    falseAlarms: count,
    verifyEntries: count,
    verifySeconds: amount,
  }),
  soak: z.strictObject({
    cancels: count,
    heapGrowthPercent: percent,
    handlesAfterWarmUp: count,
    handlesAtEnd: count,
    journalBytesPerCancel: amount,
  }),
} as const;

export type PartName = keyof typeof figureSchemas;

const measured = <Figures extends z.ZodType>(figures: Figures) =>
  z.strictObject({
    /** As a person types it. */
    command: z.string().min(1),
    figures,
    /** The commit whose code was measured, short. */
    commit: z.string().regex(/^[0-9a-f]{7,40}$/),
    /** SHA-256 of all measured code and all measuring code (build/proof/proof-covers.ts). Other code has another hash. */
    covers: z.string().regex(/^[0-9a-f]{64}$/),
    /** The day it was measured on, UTC. */
    date: z.iso.date(),
    node: z.string().regex(/^v\d+\.\d+\.\d+$/),
    cores: z.number().int().positive(),
  });

export const proofSchema = z.strictObject({
  simulation: measured(figureSchemas.simulation).optional(),
  crash: measured(figureSchemas.crash).optional(),
  wire: measured(figureSchemas.wire).optional(),
  audit: measured(figureSchemas.audit).optional(),
  soak: measured(figureSchemas.soak).optional(),
});
export type Proof = z.infer<typeof proofSchema>;
export type Measured = NonNullable<Proof[PartName]>;

export const partNames = ['simulation', 'crash', 'wire', 'audit', 'soak'] as const satisfies readonly PartName[];

export interface PartCommand {
  /** The npm script that measures it, and its arguments. */
  readonly script: string;
  readonly args: readonly string[];
  /** The file that the script runs, which is where to read how it is measured. */
  readonly file: string;
  /** After this long the run is ended and nothing is stored. Several times what it takes on two cores. */
  readonly limitMinutes: number;
}

export const partCommands: Readonly<Record<PartName, PartCommand>> = {
  simulation: { script: 'simulate', args: ['--seeds', '1000000'], file: 'test/simulation/run.ts', limitMinutes: 60 },
  crash: { script: 'crash-points', args: ['--repeats', '1'], file: 'test/crash/run.ts', limitMinutes: 240 },
  wire: { script: 'fire', args: ['--replies', '100000'], file: 'test/fire/run.ts', limitMinutes: 30 },
  audit: { script: 'tamper', args: ['--times', '10000'], file: 'test/audit/run.ts', limitMinutes: 30 },
  // Ten years of a till that cancels five times a day. What it may grow by is a share, so more of them would show no more.
  soak: { script: 'soak', args: ['--cancels', '20000'], file: 'test/soak/run.ts', limitMinutes: 240 },
};

/** The command of a part as a person types it: `npm run simulate -- --seeds 1000000`. */
export function typedCommand(part: PartName): string {
  const { script, args } = partCommands[part];
  return `npm run ${script} -- ${args.join(' ')}`;
}
