/** The measured proof, as it was when the screen was bundled; build/bundle.ts lets nothing else through. */
import storedProof from '../shared/proof.json';
import { proofSchema } from '../shared/proof.ts';
import { shownPromises, type ShownPromise } from '../shared/promises.ts';
import type { Translate } from './i18n.ts';

/** Every promise with its figures, in the order in which they are shown. */
export const readPromises = (): readonly ShownPromise[] => shownPromises(proofSchema.parse(storedProof));

/** The figures of a promise in words, or that there are none. */
export function figureWords(t: Translate, { state, figure }: ShownPromise): string {
  if (figure !== null) return t(`proof.figure.${figure.as}`, { ...figure.measured.figures });
  return t(state === 'checked' ? 'proof.checked' : 'proof.unmeasured');
}
