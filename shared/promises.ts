/**
 * What the product promises, and where each promise is tested. The table in test/README.md and the about page are both made from this
 * list; the words are in the locales under `proof.`.
 */
import { partCommands, typedCommand, type Measured, type PartName, type Proof } from './proof.ts';

/**
 * How a part's figures are put into words. The words with their placeholders are in the locales under `proof.figure.`.
 */
const shown = {
  lives: 'simulation',
  years: 'simulation',
  seededBugs: 'simulation',
  lostIntents: 'crash',
  kills: 'crash',
  replies: 'wire',
  faults: 'wire',
  tamperings: 'audit',
  cancels: 'soak',
} as const satisfies Record<string, PartName>;
export type ShownAs = keyof typeof shown;
export const shownAs = Object.keys(shown) as readonly ShownAs[];

interface PromiseSpec {
  /** Tests that check the promise with every change. The file that measures its part is added to them. */
  readonly testedIn: readonly string[];
  /** `null`: only tests check it, and nothing is measured. */
  readonly figure: ShownAs | null;
}

const INVARIANTS = 'test/orders/engine/invariants.test.ts';
const ENGINE = 'test/orders/engine/engine.test.ts';

/**
 * First the nine invariants of an order (test/orders/engine/invariants.test.ts), in their order, then the further
 * promises of the proof.
 */
const specs = {
  window: { testedIn: [INVARIANTS, 'test/e2e/cancel.test.ts'], figure: 'lives' },
  'on-disk': { testedIn: [INVARIANTS, ENGINE, 'test/e2e/cancel.test.ts'], figure: 'lostIntents' },
  'one-at-once': {
    testedIn: [
      INVARIANTS,
      ENGINE,
      'test/orders/engine/leader-lock.test.ts',
      'test/app/notices/nobody-drives.test.ts',
      'test/cli/shared-profile.test.ts',
    ],
    figure: 'lives',
  },
  proved: { testedIn: [INVARIANTS, 'test/e2e/scenarios.test.ts'], figure: 'replies' },
  'goes-on': { testedIn: [INVARIANTS, ENGINE, 'test/orders/machine/retry-policy.test.ts'], figure: 'lives' },
  manager: { testedIn: [INVARIANTS, 'test/e2e/scenarios.test.ts'], figure: 'lives' },
  secrets: { testedIn: ['test/base/redact.test.ts', 'test/cli/shared-profile.test.ts'], figure: null },
  'pay-once': { testedIn: [INVARIANTS, 'test/e2e/scenarios.test.ts'], figure: 'lives' },
  'paid-is-refund': { testedIn: ['test/orders/machine/machine.test.ts', 'test/e2e/cancel.test.ts'], figure: 'lives' },
  'clock-attacks': {
    testedIn: ['test/orders/engine/clock-attacks.test.ts', 'test/base/clock.test.ts'],
    figure: 'years',
  },
  'four-at-once': {
    testedIn: ['test/orders/engine/engine-takeover.test.ts', 'test/orders/engine/reverse-slots.test.ts'],
    figure: 'lives',
  },
  'seeded-bugs': { testedIn: ['test/simulation/simulation.test.ts'], figure: 'seededBugs' },
  'crash-points': { testedIn: ['test/crash/crash-points.test.ts', 'test/crash/wal-cuts.test.ts'], figure: 'kills' },
  wire: { testedIn: ['test/wechat/answers.test.ts', 'test/wechat/transport.test.ts'], figure: 'faults' },
  audit: { testedIn: ['test/orders/audit/audit-verify.test.ts'], figure: 'tamperings' },
  soak: { testedIn: [], figure: 'cancels' },
} as const satisfies Record<string, PromiseSpec>;

export type PromiseId = keyof typeof specs;
export const promiseIds = Object.keys(specs) as readonly PromiseId[];

/** A promise as it can be shown now. */
export interface ShownPromise {
  readonly id: PromiseId;
  readonly testedIn: readonly string[];
  readonly command: string;
  /**
   * `checked`: by the tests alone. `unmeasured`: its figures have not been measured yet. `stale`: they have not been
   * measured since its code changed.
   */
  readonly state: 'checked' | 'unmeasured' | 'stale' | 'measured';
  readonly figure: { readonly as: ShownAs; readonly measured: Measured } | null;
}

/** Every promise with what `proof` has for it. `stale` lists the parts that were measured on other code than this. */
export const shownPromises = (proof: Proof, stale: readonly PartName[]): readonly ShownPromise[] =>
  promiseIds.map((id) => shownPromise(id, proof, stale));

function shownPromise(id: PromiseId, proof: Proof, stale: readonly PartName[]): ShownPromise {
  const { testedIn, figure }: PromiseSpec = specs[id];
  if (figure === null) return { id, testedIn, command: 'npm run test:spec', state: 'checked', figure: null };
  const part = shown[figure];
  const measured = proof[part];
  const files = [...testedIn, partCommands[part].file];
  if (measured === undefined)
    return { id, testedIn: files, command: typedCommand(part), state: 'unmeasured', figure: null };
  return stale.includes(part)
    ? { id, testedIn: files, command: typedCommand(part), state: 'stale', figure: null }
    : { id, testedIn: files, command: measured.command, state: 'measured', figure: { as: figure, measured } };
}
