/**
 * The table of promises in test/README.md, made from shared/promises.ts, shared/proof.json and the English words. Pure
 * text.
 */
import { createTranslator } from 'use-intl/core';
import en from '../../shared/locales/about.en.json' with { type: 'json' };
import { partNames, type PartName, type Proof } from '../../shared/proof.ts';
import { shownPromises, type ShownPromise } from '../../shared/promises.ts';
import { table, withMiddle, type Marks } from '../markdown.ts';

export const PROOF_MARKS: Marks = {
  page: 'test/README.md',
  start: '<!-- proof: made by `npm run proof -- --table`, do not edit -->',
  end: '<!-- /proof -->',
};

const t = createTranslator({
  locale: 'en',
  messages: en,
  onError: (error) => {
    throw error;
  },
});

/**
 * The page with a new table, without the figures of the `stale` parts. Throws unless each of the two markers is there
 * once and in order.
 */
export const withTable = (text: string, proof: Proof, stale: readonly PartName[]): string =>
  withMiddle(text, PROOF_MARKS, proofTable(proof, stale));

function proofTable(proof: Proof, stale: readonly PartName[]): string {
  const rows = shownPromises(proof, stale).map((promise, index) => [
    `${String(index + 1)}. ${t(`proof.promise.${promise.id}`)}`,
    promise.testedIn.map(linked).join(', '),
    figureWords(promise),
    code(promise.command),
  ]);
  const promises = table(['What we promise', 'How it is tested', 'Figure', 'Command'], rows);
  const measurements = partNames.flatMap((name) => {
    const part = proof[name];
    return part === undefined
      ? []
      : [
          [
            code(part.command),
            part.date,
            code(part.commit),
            part.node,
            String(part.cores),
            stale.includes(name) ? 'changed: its figures are not shown' : 'as it was',
          ],
        ];
  });
  if (measurements.length === 0) return promises;
  return `${promises}\n\n${table(['Measured by', 'On', 'At commit', 'Node', 'Cores', 'Its code since then'], measurements)}`;
}

/** A promise's figures in English: `1,000,000 simulated lives, 0 violations`. */
function figureWords({ state, figure }: ShownPromise): string {
  if (figure !== null) return t(`proof.figure.${figure.as}`, { ...figure.measured.figures });
  return t(state === 'checked' ? 'proof.checked' : state === 'stale' ? 'proof.stale' : 'proof.unmeasured');
}

/** `[orders/engine](orders/engine.test.ts)`: the page and the files it links to are in test/. */
function linked(path: string): string {
  const fromPage = path.replace(/^test\//, '');
  return `[${fromPage.replace(/(\.test)?\.ts$/, '')}](${fromPage})`;
}

const code = (text: string): string => `\`${text}\``;
