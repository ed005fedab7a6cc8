/** axe's rules for WCAG 2.2 AA, run through the browser's own tools: the page's policy does not change. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface WithAxe {
  readonly axe: { run(context: unknown, options: unknown): Promise<AxeResults> };
}

/** Adds axe to the page. */
export const bringAxe = async (page: Page): Promise<void> => {
  await page.evaluate(source);
};

/**
 * Its findings, one line for each element. `contrast-enhanced` is the one rule of WCAG 2.2 AAA, for people who ask for
 * more contrast.
 */
export const axeFaults = (page: Page, what: 'everything' | 'contrast-enhanced'): Promise<string[]> =>
  page.evaluate(
    async (runOnly) => {
      const { violations } = await (window as unknown as WithAxe).axe.run(document, {
        runOnly,
        resultTypes: ['violations'],
      });
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(
          ({ target, failureSummary }) =>
            `${id}: ${target.join(' ')}: ${(failureSummary ?? '').replaceAll(/\s+/g, ' ').slice(0, 200)}`,
        ),
      );
    },
    what === 'everything' ? { type: 'tag', values: TAGS } : { type: 'rule', values: ['color-contrast-enhanced'] },
  );
