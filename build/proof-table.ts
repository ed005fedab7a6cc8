/** README's table of promises, made from shared/promises.ts, shared/proof.json and the English words. Pure text. */
import { createTranslator } from 'use-intl/core';
import en from '../shared/locales/about.en.json' with { type: 'json' };
import { partNames, type PartName, type Proof } from '../shared/proof.ts';
import { shownPromises, type ShownPromise } from '../shared/promises.ts';

const START = '<!-- proof: made by `npm run proof -- --table`, do not edit -->';
const END = '<!-- /proof -->';

const t = createTranslator({
  locale: 'en',
  messages: en,
  onError: (error) => {
    throw error;
  },
});

/** `readme` with its table made anew; of `stale` parts no figure is in it. Throws where the two marks are not there, once each and in order. */
export function withTable(readme: string, proof: Proof, stale: readonly PartName[]): string {
  const [before, rest, ...more] = readme.split(START);
  const [, after, ...others] = rest?.split(END) ?? [];
  if (before === undefined || after === undefined || more.length + others.length > 0) {
    throw new Error(`README.md must have "${START}" and "${END}" once each, in this order`);
  }
  return `${before}${START}\n\n${proofTable(proof, stale)}\n\n${END}${after}`;
}

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
    return part === undefined ? [] : [[code(part.command), part.date, code(part.commit), part.node, String(part.cores), stale.includes(name) ? 'changed: its figures are not shown' : 'as it was']];
  });
  if (measurements.length === 0) return promises;
  return `${promises}\n\n${table(['Measured by', 'On', 'At commit', 'Node', 'Cores', 'Its code since then'], measurements)}`;
}

/** A promise's figures in English: `1,000,000 simulated lives, 0 violations`. */
function figureWords({ state, figure }: ShownPromise): string {
  if (figure !== null) return t(`proof.figure.${figure.as}`, { ...figure.measured.figures });
  return t(state === 'checked' ? 'proof.checked' : state === 'stale' ? 'proof.stale' : 'proof.unmeasured');
}

/** `[orders/engine](test/orders/engine.test.ts)` */
const linked = (path: string): string => `[${path.replace(/^test\//, '').replace(/(\.test)?\.ts$/, '')}](${path})`;

const code = (text: string): string => `\`${text}\``;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
