/** A walk through a screen by Tab alone: every control is reached, in reading order, and its focus is visible. */
import type { Page } from 'playwright-core';

/** In CSS px, and in WCAG's unit of contrast. */
export interface RingRules {
  readonly width: number;
  readonly contrast: number;
}

export const RING: RingRules = { width: 3, contrast: 3 };

/** Day, month, year, the calendar's button. */
const STOPS_OF_A_FIELD = 5;

interface Stop {
  /** Its position among all controls that should be reached, `-1` for anything else, `null` for the page itself. */
  readonly place: number | null;
  readonly name: string;
  readonly faults: readonly string[];
}

const UNSEEN = 'has the focus, and is not to be seen or used';

/** Walks once around what is shown now. A control that arrived after the list was made belongs to a second walk. */
export async function tabFaults(page: Page): Promise<string[]> {
  const faults = await walk(page);
  return faults.some((fault) => fault.endsWith(UNSEEN)) ? walk(page) : faults;
}

async function walk(page: Page): Promise<string[]> {
  // With the first key of a real keyboard the one on the screen goes, and what made room for it comes back.
  if (await page.getByTestId('touch-keyboard').isVisible()) await page.keyboard.press('Tab');
  const names = await page.evaluate(reachable);
  const places: number[] = [];
  const faults: string[] = [];
  // Once in each round the focus leaves a modal dialog, or the page, for the browser's own frame.
  for (let step = 0; step < (names.length + 1) * STOPS_OF_A_FIELD && places.length < names.length; step += 1) {
    await page.keyboard.press('Tab');
    const { place, name, faults: seen } = await page.evaluate(focused, RING);
    if (place === null) continue;
    if (place < 0) faults.push(`${name}: ${UNSEEN}`);
    // A date is several stops of one field.
    else if (place === places.at(-1)) continue;
    else if (places.includes(place)) break;
    else places.push(place);
    faults.push(...seen.map((fault) => `${name}: ${fault}`));
  }
  faults.push(...names.filter((_, place) => !places.includes(place)).map((name) => `${name}: not reached by Tab`));
  const turns = places.filter((place, index) => place < (places[index - 1] ?? -1)).length;
  if (turns > 1) faults.push(`out of order: ${places.map((place) => names[place] ?? '').join(', ')}`);
  return [...faults, ...(await page.evaluate(againstReading))];
}

/** Groups with one chosen control: an arrow key must move the focus within the group and choose. */
export async function arrowFaults(page: Page): Promise<string[]> {
  const faults: string[] = [];
  const count = await page.evaluate(groupAt, null);
  for (let group = 0; group < Number(count); group += 1) {
    const before = await page.evaluate(groupAt, group);
    await page.keyboard.press('ArrowDown');
    let after = await page.evaluate(chosenNow);
    // If none was chosen yet, the first arrow chooses the focused one.
    if (after === before) {
      await page.keyboard.press('ArrowDown');
      after = await page.evaluate(chosenNow);
    }
    if (after === before || after === null) faults.push(`${String(before)}: an arrow key chooses nothing`);
  }
  return faults;
}

interface Walk {
  stops: HTMLElement[];
}

/** Finds the controls that Tab should reach, keeps them for `focused`, and names them. Runs in the page. */
function reachable(): string[] {
  const within = document.querySelector('dialog:modal') ?? document.body;
  const controls = [
    ...within.querySelectorAll<HTMLElement>('button, a[href], input, select, textarea, summary, [tabindex]'),
  ].filter(
    (element) =>
      element.tabIndex >= 0 &&
      !element.matches(':disabled') &&
      element.closest('[inert]') === null &&
      element.checkVisibility({ visibilityProperty: true }),
  );
  // In a group of radio buttons Tab reaches the chosen one, or any if none is chosen; arrows do the rest.
  const groups = new Set<string>();
  const stops = controls.filter((element) => {
    if (!(element instanceof HTMLInputElement) || element.type !== 'radio') return true;
    const chosen = controls.some(
      (other) => other instanceof HTMLInputElement && other.name === element.name && other.checked,
    );
    if (chosen) return element.checked;
    const isFirst = !groups.has(element.name);
    groups.add(element.name);
    return isFirst;
  });
  (window as unknown as { walk: Walk }).walk = { stops };
  return stops.map(
    (element) =>
      element.dataset['testid'] ?? (element.getAttribute('aria-label') || element.className || element.tagName),
  );
}

/** The focused control, and whether its focus is visible. Runs in the page, so it uses nothing except its argument. */
function focused(ring: RingRules): Stop {
  const element = document.activeElement;
  if (!(element instanceof HTMLElement) || element === document.body) return { place: null, name: 'page', faults: [] };
  const { stops } = (window as unknown as { walk: Walk }).walk;
  const name =
    element.dataset['testid'] ?? (element.getAttribute('aria-label') || element.className || element.tagName);
  const faults: string[] = [];
  const channels = (colour: string): number[] => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const light = (colour: string): number => {
    const [red = 0, green = 0, blue = 0] = channels(colour).map((value) =>
      value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (a: string, b: string): number =>
    (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
  const groundOf = (start: Element | null): string => {
    for (let above = start; above !== null; above = above.parentElement) {
      const { backgroundColor, backgroundImage } = getComputedStyle(above);
      const [stripe] = /rgba?\([^)]*\)/.exec(backgroundImage) ?? [];
      if (stripe !== undefined) return stripe;
      if ((channels(backgroundColor)[3] ?? 1) > 0.5) return backgroundColor;
    }
    return 'rgb(255 255 255)';
  };
  const hasRing = (one: Element): boolean => {
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= ring.width;
  };
  // For a radio button or a hidden check box, the label shows the ring.
  const wears =
    [element, element.closest('label'), element.parentElement].find((one) => one !== null && hasRing(one)) ?? null;
  if (wears === null) faults.push('no focus ring');
  else {
    const { outlineColor, outlineWidth, outlineOffset } = getComputedStyle(wears);
    const offset = Number.parseFloat(outlineOffset);
    const ground = groundOf(offset < 0 ? wears : wears.parentElement);
    const ratio = contrast(outlineColor, ground);
    if (ratio < ring.contrast) faults.push(`ring of ${outlineColor} on ${ground} has ${ratio.toFixed(1)} to 1`);
    const out = Math.max(0, offset + Number.parseFloat(outlineWidth));
    const { left, top, right, bottom } = wears.getBoundingClientRect();
    const cut = new Set<string>();
    if (left - out < -0.5 || top - out < -0.5 || right + out > innerWidth + 0.5 || bottom + out > innerHeight + 0.5)
      cut.add('window');
    // A modal dialog covers the page: nothing outside it hides its parts.
    for (
      let above = wears.parentElement;
      above !== null;
      above = above instanceof HTMLDialogElement ? null : above.parentElement
    ) {
      const { overflowX, overflowY } = getComputedStyle(above);
      if (overflowX === 'visible' && overflowY === 'visible') continue;
      const box = above.getBoundingClientRect();
      const x = box.left + above.clientLeft;
      const y = box.top + above.clientTop;
      if (
        left - out < x - 0.5 ||
        top - out < y - 0.5 ||
        right + out > x + above.clientWidth + 0.5 ||
        bottom + out > y + above.clientHeight + 0.5
      )
        cut.add(above.className || above.tagName);
    }
    if (cut.size > 0) faults.push(`ring cut off by ${[...cut].join(', ')}`);
  }
  const box = (wears ?? element).getBoundingClientRect();
  const front = document.elementFromPoint(
    Math.min(innerWidth - 1, Math.max(0, box.left + box.width / 2)),
    Math.min(innerHeight - 1, Math.max(0, box.top + box.height / 2)),
  );
  if (front === null || (!(wears ?? element).contains(front) && !front.contains(element)))
    faults.push('covered, or out of sight');
  return { place: stops.indexOf(element), name, faults };
}

/** Neighbours that are reached against the reading direction: upwards, or to the left in a row. Runs in the page. */
function againstReading(): string[] {
  const { stops } = (window as unknown as { walk: Walk }).walk;
  return stops.flatMap((element, index) => {
    const next = stops[index + 1];
    // A question that closes when the focus leaves it is no longer there to be measured.
    if (next === undefined || next.parentElement !== element.parentElement || !next.isConnected) return [];
    const a = element.getBoundingClientRect();
    const b = next.getBoundingClientRect();
    const upwards = b.bottom <= a.top + 1 && b.left <= a.left + 1;
    const sameRow = b.top < a.bottom - 1 && b.bottom > a.top + 1;
    return upwards || (sameRow && b.right <= a.left + 1)
      ? [
          `${next.dataset['testid'] ?? next.className}: read before ${element.dataset['testid'] ?? element.className}, reached after it`,
        ]
      : [];
  });
}

/**
 * How many groups of radio buttons there are; with a number, focuses the chosen button of that group and returns it.
 * Runs in the page.
 */
function groupAt(wanted: number | null): string | number | null {
  const within = document.querySelector('dialog:modal') ?? document.body;
  const radios = [...within.querySelectorAll<HTMLElement>('input[type="radio"]:enabled, [role="radio"]')].filter(
    (element) =>
      element.closest('[inert]') === null &&
      (element.closest('label') ?? element).checkVisibility({ visibilityProperty: true }),
  );
  const groups = new Map<string | Element | null, HTMLElement[]>();
  for (const radio of radios) {
    const group = radio instanceof HTMLInputElement ? radio.name : radio.closest('[role="radiogroup"]');
    groups.set(group, [...(groups.get(group) ?? []), radio]);
  }
  const several = [...groups.values()].filter(({ length }) => length > 1);
  if (wanted === null) return several.length;
  const start =
    several[wanted]?.find(
      (element) => element.tabIndex >= 0 && (!(element instanceof HTMLInputElement) || element.checked),
    ) ?? several[wanted]?.[0];
  start?.focus();
  return start?.dataset['testid'] ?? start?.closest('label')?.textContent ?? null;
}

/** The focused radio button, if it is the chosen one. Runs in the page. */
function chosenNow(): string | null {
  const element = document.activeElement;
  if (!(element instanceof HTMLElement)) return null;
  const chosen =
    element instanceof HTMLInputElement ? element.checked : element.getAttribute('aria-checked') === 'true';
  return chosen ? (element.dataset['testid'] ?? element.closest('label')?.textContent ?? null) : null;
}
