/** The measured proof, as it was when the screen was bundled; build/bundle.ts checks it against the schema. */
import storedProof from '../../../shared/proof.json';
import { proofSchema, type PartName } from '../../../shared/proof.ts';
import { shownPromises, type ShownAs, type ShownPromise } from '../../../shared/promises.ts';
import type { KeysOf, Translate } from '../../i18n/i18n.ts';

/** Inserted when the screen is bundled: the parts that were measured on code that has changed since. */
declare const FACEPAY_STALE_PROOF: readonly PartName[];

/** Every promise with its figures, in the order in which they are shown. */
export const readPromises = (): readonly ShownPromise[] =>
  shownPromises(proofSchema.parse(storedProof), FACEPAY_STALE_PROOF);

const FIGURE_KEYS = {
  lives: 'proof.figure.lives',
  years: 'proof.figure.years',
  seededBugs: 'proof.figure.seededBugs',
  lostIntents: 'proof.figure.lostIntents',
  kills: 'proof.figure.kills',
  replies: 'proof.figure.replies',
  faults: 'proof.figure.faults',
  tamperings: 'proof.figure.tamperings',
  cancels: 'proof.figure.cancels',
} as const satisfies KeysOf<'proof.figure', ShownAs>;

/** The figures of a promise in words, or the statement that there are none. */
export function figureWords(t: Translate, { state, figure }: ShownPromise): string {
  if (figure !== null) return t(FIGURE_KEYS[figure.as], { ...figure.measured.figures });
  return t(state === 'checked' ? 'proof.checked' : state === 'stale' ? 'proof.stale' : 'proof.unmeasured');
}
