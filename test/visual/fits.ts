/**
 * Whether a screen fits its window: nothing behind a scroll, no control cut off, covered or on another, no word broken,
 * no single character alone on a last line. Runs in the page, and names every place that falls short.
 */

/** In CSS px: 1366x768 at Windows' 100, 125 and 150 %, and the other screens that tills are sold with. */
export const SHOP_SIZES = [
  { width: 1366, height: 768 },
  { width: 1093, height: 614 },
  { width: 911, height: 512 },
  { width: 1024, height: 768 },
  { width: 1024, height: 600 },
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
  { width: 1080, height: 1920 },
] as const;

/** Lists of any length and pages to read scroll by themselves; what is in them may be behind their edge. */
export const LISTS =
  '.tray__lists, .order-timeline, .order-rows, .shift-screen__names, .scenarios__groups, .about__promises, .about, .help__page, .help__main, .help__contents, .guide, .slip, .slip-dialog, .sheet__body, [data-scrolls]';

/** Controls that are not whole in the window, covered, or on each other; pages and regions that scroll. */
export function fitFaults(lists: string): string[] {
  const faults: string[] = [];
  const modal = document.querySelector<HTMLElement>('dialog:modal');
  const within = modal ?? document.getElementById('root') ?? document.body;
  const nameOf = (element: Element): string =>
    element instanceof HTMLElement
      ? (element.dataset['testid'] ?? (element.className || element.tagName))
      : element.tagName;
  const page = document.documentElement;
  if (page.scrollHeight > innerHeight + 1 || page.scrollWidth > innerWidth + 1)
    faults.push(`the page scrolls: ${String(page.scrollWidth)}x${String(page.scrollHeight)}`);
  const shown = (element: Element): boolean =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: false }) &&
    element.closest('.heard-only, .slip-print, svg') === null;
  for (const element of within.querySelectorAll('*')) {
    if (!shown(element) || element.closest(lists) !== null) continue;
    const { overflowX, overflowY } = getComputedStyle(element);
    const scrolls = (overflow: string): boolean => overflow === 'auto' || overflow === 'scroll';
    const high = element.scrollHeight - element.clientHeight;
    const wide = element.scrollWidth - element.clientWidth;
    if ((high > 1 && scrolls(overflowY)) || (wide > 1 && scrolls(overflowX)))
      faults.push(`${nameOf(element)} scrolls by ${String(wide)}x${String(high)}`);
  }
  const controls = [...within.querySelectorAll<HTMLElement>('button, a[href], input, select, summary')].filter(
    (element) => shown(element) && element.closest(lists) === null,
  );
  const boxes = controls.map((element) => element.getBoundingClientRect());
  for (const [index, element] of controls.entries()) {
    const box = boxes[index];
    if (box === undefined) continue;
    if (box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1)
      faults.push(`${nameOf(element)} is not whole in the window`);
    for (let above = element.parentElement; above !== null && above !== modal; above = above.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(above);
      if (overflowX === 'visible' && overflowY === 'visible') continue;
      const around = above.getBoundingClientRect();
      if (
        box.top < around.top - 1 ||
        box.bottom > around.bottom + 1 ||
        box.left < around.left - 1 ||
        box.right > around.right + 1
      ) {
        faults.push(`${nameOf(element)} is cut off by ${nameOf(above)}`);
        break;
      }
    }
    for (const [x, y] of [
      [0.5, 0.5],
      [0.1, 0.2],
      [0.9, 0.2],
      [0.1, 0.8],
      [0.9, 0.8],
    ] as const) {
      const at = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
      if (at !== null && !element.contains(at) && !at.contains(element)) {
        faults.push(`${nameOf(element)} is covered by ${nameOf(at)}`);
        break;
      }
    }
    for (const [next, other] of controls.entries()) {
      const b = boxes[next];
      if (next <= index || b === undefined || element.contains(other) || other.contains(element)) continue;
      if (
        Math.min(box.right, b.right) - Math.max(box.left, b.left) > 1 &&
        Math.min(box.bottom, b.bottom) - Math.max(box.top, b.top) > 1
      )
        faults.push(`${nameOf(element)} lies on ${nameOf(other)}`);
    }
  }
  const cards = [...within.querySelectorAll('[data-testid="tray-order"]')].map((card) =>
    Math.round(card.getBoundingClientRect().height),
  );
  if (new Set(cards).size > 1) faults.push(`cards of several heights: ${[...new Set(cards)].join(', ')}`);
  return [...new Set(faults)];
}

/** Regions of the back office that scroll down: what is in them may be below their edge. */
export const DOWN =
  '.back-office__page, .back-office__tabs, .wizard__body, .stuck__scroll, .order-list, .order-list__window, .order-detail, .order-detail section, .history__search, .filters, .sheet__body, .dialog__page, .order-rows, [data-scrolls]';

/** What moves sideways. */
export function sidewaysFaults(): string[] {
  const faults: string[] = [];
  const modal = document.querySelector<HTMLElement>('dialog:modal');
  const within = modal ?? document.getElementById('root') ?? document.body;
  const nameOf = (element: HTMLElement): string => element.dataset['testid'] ?? (element.className || element.tagName);
  if (document.documentElement.scrollWidth > innerWidth + 1) faults.push('the page scrolls sideways');
  for (const element of within.querySelectorAll<HTMLElement>('*')) {
    const isShown =
      element.checkVisibility({ visibilityProperty: true }) &&
      element.closest('.heard-only, .slip-print, .paper, svg') === null;
    if (!isShown) continue;
    const { overflowX, textOverflow } = getComputedStyle(element);
    const wide = element.scrollWidth - element.clientWidth;
    if (
      wide > 1 &&
      overflowX !== 'visible' &&
      textOverflow !== 'ellipsis' &&
      !element.matches('input, select, textarea')
    )
      faults.push(`${nameOf(element)} is ${String(wide)} px wider than its place`);
  }
  return [...new Set(faults)];
}

/** Controls that cannot be brought into view whole. */
export function scrollFaults(): string[] {
  const faults: string[] = [];
  const modal = document.querySelector<HTMLElement>('dialog:modal');
  const within = modal ?? document.getElementById('root') ?? document.body;
  const nameOf = (element: HTMLElement): string => element.dataset['testid'] ?? (element.className || element.tagName);
  for (const element of within.querySelectorAll<HTMLElement>('button, a[href], input, select, summary')) {
    const isShown =
      element.checkVisibility({ visibilityProperty: true }) &&
      element.closest('.heard-only, .slip-print, .paper') === null;
    if (!isShown) continue;
    element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    const { left, top, right, bottom } = element.getBoundingClientRect();
    if (left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1)
      faults.push(`${nameOf(element)} is not whole in the window`);
    const at = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    if (
      at !== null &&
      !element.contains(at) &&
      !at.contains(element) &&
      at.closest('label')?.contains(element) !== true
    )
      faults.push(`${nameOf(element)} is covered by ${at instanceof HTMLElement ? nameOf(at) : at.tagName}`);
  }
  return [...new Set(faults)];
}

/** Whether the field that has the focus is whole in view, above a keyboard on the screen that is whole itself. */
export function fieldFaults(): string[] {
  const field = document.activeElement;
  if (!(field instanceof HTMLInputElement) && !(field instanceof HTMLTextAreaElement))
    return ['no field has the focus'];
  const name = field.dataset['testid'] ?? field.className;
  const faults: string[] = [];
  const box = field.getBoundingClientRect();
  const dialog = field.closest('dialog');
  for (let above = field.parentElement; above !== null && above !== dialog; above = above.parentElement) {
    if (getComputedStyle(above).overflowY === 'visible') continue;
    const around = above.getBoundingClientRect();
    if (box.top < around.top - 1 || box.bottom > around.bottom + 1)
      faults.push(
        `${name} is cut off by ${above.className}: ${String(Math.round(box.top))}-${String(Math.round(box.bottom))} in ${String(Math.round(around.top))}-${String(Math.round(around.bottom))}`,
      );
  }
  if (box.left < -1 || box.right > innerWidth + 1 || box.top < -1 || box.bottom > innerHeight + 1)
    faults.push(`${name} is not whole in the window`);
  const within = dialog ?? document;
  const dock = within.querySelector('.keyboard-dock[data-shown]');
  if (dock === null) {
    // Some have a pad of their own beside them.
    if (field.dataset['keys'] !== 'own' || within.querySelector('.number-keypad') === null)
      faults.push(`no keyboard comes with ${name}`);
    return faults;
  }
  const keyboard = dock.getBoundingClientRect();
  if (box.bottom > keyboard.top + 1) faults.push(`${name} lies behind the keyboard`);
  const around = dialog?.getBoundingClientRect() ?? new DOMRect(0, 0, innerWidth, innerHeight);
  for (const part of [dock, ...dock.querySelectorAll('button')]) {
    const { left, top, right, bottom } = part.getBoundingClientRect();
    if (left < around.left - 1 || top < around.top - 1 || right > around.right + 1 || bottom > around.bottom + 1) {
      faults.push(`the keyboard of ${name} is not whole`);
      break;
    }
  }
  return faults;
}

/** What is wrong with the text: cut off, out of its control, broken inside a word or a figure, one character alone. */
export function textFaults(lists: string): string[] {
  const faults: string[] = [];
  const modal = document.querySelector<HTMLElement>('dialog:modal');
  const within = modal ?? document.getElementById('root') ?? document.body;
  const words = new Intl.Segmenter(document.documentElement.lang, { granularity: 'word' });
  const pen = document.createElement('canvas').getContext('2d');
  for (const input of within.querySelectorAll<HTMLInputElement>('input:placeholder-shown:not([placeholder=""])')) {
    if (pen === null || !input.checkVisibility({ visibilityProperty: true })) continue;
    const { fontWeight, fontSize, fontFamily } = getComputedStyle(input, '::placeholder');
    pen.font = `${fontWeight} ${fontSize} ${fontFamily}`;
    const { paddingLeft, paddingRight } = getComputedStyle(input);
    const room = input.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
    const cut = pen.measureText(input.placeholder).width - room;
    if (cut > 0.5) faults.push(`“${input.placeholder}” is cut by ${cut.toFixed(0)} px`);
  }
  const range = document.createRange();
  /** Blocks of text: the closest ancestor that is not inline, with its text nodes. */
  const blocks = new Map<Element, Text[]>();
  const walker = document.createTreeWalker(within, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (
      !(node instanceof Text) ||
      parent === null ||
      node.data.trim() === '' ||
      // An address has no words, and may end a line anywhere.
      node.data.includes('://') ||
      parent.closest('.heard-only, .slip-print, svg, kbd, code, option, .touch-keyboard') !== null ||
      parent.closest('.guide, .help__page, .slip-dialog, .slip') !== null ||
      !parent.checkVisibility({ visibilityProperty: true })
    )
      continue;
    let block = parent;
    while (getComputedStyle(block).display === 'inline' && block.parentElement !== null) block = block.parentElement;
    blocks.set(block, [...(blocks.get(block) ?? []), node]);
  }
  const linesOf = (rects: Iterable<DOMRect>): number => {
    const tops: number[] = [];
    for (const { top, bottom, width } of rects) {
      const middle = (top + bottom) / 2;
      if (width > 0 && tops.every((other) => Math.abs(other - middle) > (bottom - top) / 2)) tops.push(middle);
    }
    return tops.length;
  };
  for (const [block, nodes] of blocks) {
    const isLabel = block.closest('button, label, h1, h2, h3, .choice, .tray-card') !== null;
    const control = block.closest('button');
    const name = `${block.className || block.tagName}: ${(block instanceof HTMLElement ? block.innerText : '').slice(0, 50)}`;
    const characters: { readonly text: string; readonly middle: number }[] = [];
    for (const node of nodes) {
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      if (control !== null) {
        const around = control.getBoundingClientRect();
        if (
          box.left < around.left - 1 ||
          box.right > around.right + 1 ||
          box.top < around.top - 4 ||
          box.bottom > around.bottom + 4
        )
          faults.push(`runs over its button: ${name}`);
      }
      for (
        let above: Element | null = node.parentElement;
        above !== null && above !== modal;
        above = above.parentElement
      ) {
        if (above.matches(lists) || getComputedStyle(above).textOverflow === 'ellipsis') break;
        const { overflowX, overflowY } = getComputedStyle(above);
        const around = above.getBoundingClientRect();
        const isCut =
          (overflowY !== 'visible' && (box.top < around.top - 4 || box.bottom > around.bottom + 4)) ||
          (overflowX !== 'visible' && (box.left < around.left - 1 || box.right > around.right + 1));
        if (!isCut) continue;
        faults.push(`cut off by ${above.className || above.tagName}: ${name}`);
        break;
      }
      if (box.right > innerWidth + 1 || box.left < -1) faults.push(`outside the window: ${name}`);
      for (const { segment, index, isWordLike } of words.segment(node.data)) {
        if (isWordLike !== true || segment.length < 2) continue;
        const isHan = /\p{Script=Han}/u.test(segment);
        if ((isHan && !isLabel) || segment.length > 20) continue;
        range.setStart(node, index);
        range.setEnd(node, index + segment.length);
        if (linesOf(range.getClientRects()) > 1) faults.push(`broken ${segment}: ${name}`);
      }
      for (let index = 0; index < node.data.length; index += 1) {
        const text = node.data.charAt(index);
        if (text.trim() === '' || node.data.length > 400) continue;
        range.setStart(node, Math.min(index, node.data.length - 1));
        range.setEnd(node, Math.min(index + 1, node.data.length));
        const { top, bottom } = range.getBoundingClientRect();
        characters.push({ text, middle: (top + bottom) / 2 });
      }
    }
    const last = characters.at(-1)?.middle ?? 0;
    const first = characters[0]?.middle ?? 0;
    if (last - first > 8 && getComputedStyle(block).display !== 'flex') {
      const line = characters
        .filter(({ middle }) => Math.abs(middle - last) < 6)
        .map(({ text }) => text)
        .join('');
      if (line.replaceAll(/\p{P}/gu, '').length < 2) faults.push(`alone on its line “${line}”: ${name}`);
    }
  }
  // The words in the middle of the countdown stay inside its ring.
  for (const ring of within.querySelectorAll('.countdown')) {
    const { left, top, width } = ring.getBoundingClientRect();
    for (const words of ring.querySelectorAll('.countdown__words > *')) {
      range.selectNodeContents(words);
      for (const box of range.getClientRects()) {
        const far = Math.max(
          ...[box.left, box.right].flatMap((x) =>
            [box.top + box.height * 0.15, box.bottom - box.height * 0.15].map((y) =>
              Math.hypot(x - left - width / 2, y - top - width / 2),
            ),
          ),
        );
        if (far > width * 0.42) faults.push(`over the ring: ${words.textContent}`);
      }
    }
  }
  return [...new Set(faults)];
}

/** Where the practice band's buttons stand, and where the till begins. */
export function bandPlaces(): [string, string][] {
  const boxes: [string, string][] = [];
  for (const element of document.querySelectorAll<HTMLElement>('.practice-band > .button, .till')) {
    if (!element.checkVisibility()) continue;
    const { left, top, width } = element.getBoundingClientRect();
    const isTill = element.matches('.till');
    boxes.push([
      isTill ? 'till' : (element.dataset['testid'] ?? ''),
      isTill
        ? String(Math.round(top))
        : `${String(Math.round(left))},${String(Math.round(top))} ${String(Math.round(width))}`,
    ]);
  }
  return boxes;
}
