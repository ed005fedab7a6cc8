/** What the copy rules find on a screen. Each rule runs in the page, so it uses nothing except the page. */

/**
 * Words on buttons that take too long to read before a tap, counted without blanks. Names, numbers and rows of a list
 * are no labels.
 */
export function longLabels(max: number): string[] {
  const labels = [...document.querySelectorAll<HTMLElement>('.button__label, .back-office__tab')].filter((element) =>
    element.checkVisibility({ visibilityProperty: true }),
  );
  // The text after a colon is the present choice, and the text after a line's end is the note of a button that is held.
  return labels
    .map((element) => element.innerText.split(/[：\n]/)[0]?.replaceAll(/\s|¥[\d,.]+/g, '') ?? '')
    .filter((text) => text.length > max);
}

/**
 * Text that is cut off: by an ellipsis, by a box that does not scroll, or at the edge of the till's status panel, which
 * must fit without scrolling.
 */
export function cutOff(): string[] {
  const modal = document.querySelector('dialog:modal');
  return [...(modal ?? document.body).querySelectorAll<HTMLElement>('*')].flatMap((element) => {
    if (
      element.closest('svg, .heard-only, .slip-print') !== null ||
      !element.checkVisibility({ visibilityProperty: true })
    )
      return [];
    const { overflowX, overflowY } = getComputedStyle(element);
    const wide = element.scrollWidth - element.clientWidth;
    const high = element.scrollHeight - element.clientHeight;
    const cuts = (overflow: string): boolean =>
      overflow === 'hidden' || overflow === 'clip' || element.matches('.status-panel');
    // A list that draws only the rows in sight scrolls by itself.
    if (element.matches('.order-list__window')) return [];
    if ((wide > 1 && cuts(overflowX)) || (high > 1 && cuts(overflowY)))
      return [
        `${element.className || element.tagName}: ${String(Math.max(wide, 0))} px wider, ${String(Math.max(high, 0))} px higher: ${element.innerText.slice(0, 40)}`,
      ];
    return element.matches('button') && (wide > 1 || high > 1)
      ? [`button ${element.className}: its words run over it: ${element.innerText.slice(0, 40)}`]
      : [];
  });
}

/** Amounts without two decimals, and order numbers of 12 digits and more that are not in groups of four. */
export function badFigures(): string[] {
  // Text to be typed into another program stands in `code` exactly as it is typed, and so does what is no amount yet.
  const codes = [...document.querySelectorAll('code, .amount[data-wrong]')].map((element) => element.textContent);
  const texts = codes.reduce((text, code) => text.replace(code, ''), document.body.innerText);
  const amounts = texts.match(/¥\s*[\d,]+(?:\.\d+)?/g) ?? [];
  const numbers = texts.match(/\b\d{16,}\b/g) ?? [];
  return [...amounts.filter((amount) => !/\.\d{2}$/.test(amount)), ...numbers];
}

/**
 * Lines that a technician asks for and that stand open in front of a person: hosts, latencies, act codes, commits. The
 * back office's pages for technicians are about such figures; the till, the orders' details and the about page are not.
 */
export function openCodes(): string[] {
  if (document.querySelector('[data-testid="technical"][aria-expanded="true"]') !== null) return [];
  const shown = document.querySelectorAll<HTMLElement>(
    '.till, .timeline, .order-detail, .stuck-row, [data-testid="about-dialog"]',
  );
  const code =
    /recall=[YN]|\d+ (?:毫秒|ms)\b|\b\d{1,3}(?:\.\d{1,3}){3}\b|(?:#\d+ · |\b)(?:tried-by-hand|asked-by-hand|cancel-tapped|manager-settled)\b|\bnpm run\b|\b[0-9a-f]{7,40}\b(?=.*(?:实测|measured))/;
  return [...shown].flatMap((element) => code.exec(element.innerText)?.[0] ?? []);
}

/** Text nodes that are a bare code of WeChat's or ours. Small print may have one: it stands below its words. */
export function bareCodes(): string[] {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found: string[] = [];
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = node.textContent?.trim() ?? '';
    const parent = node.parentElement;
    if (
      parent === null ||
      parent.closest('.timeline__small-print, kbd, option, .guide code, [data-small-print]') !== null ||
      !parent.checkVisibility({ visibilityProperty: true })
    )
      continue;
    if (
      /^(?=.*_)[A-Z][A-Z_]{5,}$|^(?:SUCCESS|FAIL|REFUND|NOTPAY|CLOSED|REVOKED|USERPAYING|PAYERROR|ACCEPT|SYSTEMERROR|SIGNERROR|NOTENOUGH)$/.test(
        text,
      )
    )
      found.push(text);
  }
  return found;
}

/** Keys that stand where their words belong: the words were not loaded with the part of the screen that uses them. */
export function wordless(groups: readonly string[]): string[] {
  return document.body.innerText
    .split(/\s+/)
    .filter(
      (text) =>
        /^[a-z]\w*(?:\.[\w-]+)+$/.test(text) && !text.endsWith('.json') && groups.includes(text.split('.')[0] ?? ''),
    );
}
