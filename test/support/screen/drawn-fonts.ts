/** The fonts that Chromium really draws with, as Chromium itself reports them. */
import type { Page } from 'playwright-core';

export interface DrawnText {
  /** As CSS's `font-family`. */
  readonly families: string;
  readonly text: string;
  readonly weight?: number;
}

/** The PostScript names of the fonts, sorted. The text is removed again. */
export async function drawnFonts(page: Page, { families, text, weight = 400 }: DrawnText): Promise<readonly string[]> {
  await page.evaluate(
    ([family, words, boldness]) => {
      const line = document.createElement('p');
      line.id = 'drawn-fonts';
      line.textContent = words;
      line.style.setProperty('font-family', family);
      line.style.setProperty('font-weight', String(boldness));
      document.body.append(line);
      // A text that was never laid out has no fonts yet.
      line.getBoundingClientRect();
    },
    [families, text, weight] as const,
  );
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('DOM.enable');
  await devtools.send('CSS.enable');
  const { root } = await devtools.send('DOM.getDocument', { depth: 0 });
  const { nodeId } = await devtools.send('DOM.querySelector', { nodeId: root.nodeId, selector: '#drawn-fonts' });
  const { fonts } = await devtools.send('CSS.getPlatformFontsForNode', { nodeId });
  await devtools.detach();
  await page.evaluate(() => document.getElementById('drawn-fonts')?.remove());
  return fonts.map(({ postScriptName }) => postScriptName).sort();
}

const LATIN = 'Order 20261129 0.01 iIl';
const CHINESE = '订单已撤销，未扣款';

/**
 * The fonts that the tests' fontconfig gives: for usual families, for one that is installed beside the tests' own, and
 * for one that does not exist.
 */
export const EXPECTED_FONTS: readonly (DrawnText & { readonly fonts: readonly string[] })[] = [
  { families: 'sans-serif', text: LATIN + CHINESE, fonts: ['NotoSansCJKsc-Regular'] },
  { families: 'sans-serif', text: LATIN + CHINESE, weight: 700, fonts: ['NotoSansCJKsc-Bold'] },
  { families: 'serif', text: LATIN + CHINESE, fonts: ['NotoSerifCJKsc-Regular'] },
  { families: 'monospace', text: LATIN, fonts: ['DejaVuSansMono'] },
  { families: 'system-ui', text: LATIN + CHINESE, fonts: ['NotoSansCJKsc-Regular'] },
  { families: 'var(--font)', text: LATIN + CHINESE, fonts: ['NotoSansCJKsc-Regular'] },
  { families: 'var(--font)', text: LATIN + CHINESE, weight: 600, fonts: ['NotoSansCJKsc-Bold'] },
  { families: 'var(--font-code)', text: LATIN, fonts: ['DejaVuSansMono'] },
  { families: 'var(--font-code)', text: CHINESE, fonts: ['NotoSansMonoCJKsc-Regular'] },
  { families: 'var(--font)', text: '▸', fonts: ['DejaVuSans'] },
  // It is in the same package as DejaVu Sans.
  { families: '"DejaVu Serif", var(--font)', text: LATIN, fonts: ['NotoSansCJKsc-Regular'] },
  { families: '"Nobody\'s Font", var(--font)', text: LATIN, fonts: ['NotoSansCJKsc-Regular'] },
];
