/**
 * What a counter needs beyond the usual accessibility rules. Runs in the page, and names every control that falls
 * short.
 */

/** In CSS px: for people under stress, standing, in gloves. */
export interface TargetRules {
  readonly control: number;
  readonly moneyHeight: number;
  readonly moneyWidth: number;
  readonly gap: number;
}

export const RULES: TargetRules = { control: 56, moneyHeight: 96, moneyWidth: 240, gap: 16 };

/** Runs in the page, so it uses nothing except its argument. */
export function targetFaults(rules: TargetRules): string[] {
  const faults: string[] = [];
  const modal = document.querySelector('dialog:modal');
  const within = modal ?? document.body;
  const shown = [
    ...within.querySelectorAll<HTMLElement>('button, a[href], input, select, summary, [role="button"]'),
  ].filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest('.slip-print'));
  // A radio button or a check box is pressed by its label.
  const boxOf = (element: HTMLElement): DOMRect =>
    (element instanceof HTMLInputElement && (element.type === 'radio' || element.type === 'checkbox')
      ? (element.closest('label') ?? element)
      : element
    ).getBoundingClientRect();
  const nameOf = (element: HTMLElement): string => element.dataset['testid'] ?? element.className;
  for (const element of shown) {
    const { width, height } = boxOf(element);
    const isMoney = element.dataset['size'] === 'money';
    if (
      Math.round(width) < (isMoney ? rules.moneyWidth : rules.control) ||
      Math.round(height) < (isMoney ? rules.moneyHeight : rules.control)
    )
      faults.push(`small: ${nameOf(element)} ${String(Math.round(width))}x${String(Math.round(height))}`);
  }
  const money = shown.filter(({ dataset }) => dataset['size'] === 'money' || dataset['size'] === 'tall');
  for (const [index, element] of money.entries()) {
    for (const other of money.slice(index + 1)) {
      const a = element.getBoundingClientRect();
      const b = other.getBoundingClientRect();
      const apart = Math.max(b.left - a.right, a.left - b.right, b.top - a.bottom, a.top - b.bottom);
      if (Math.round(apart) < rules.gap)
        faults.push(`close: ${nameOf(element)} and ${nameOf(other)}, ${String(Math.round(apart))}`);
    }
  }
  return faults;
}

/** Controls of the till that cannot be seen completely without scrolling. Runs in the page. */
export function hiddenControls(): string[] {
  return (
    [...document.querySelectorAll<HTMLElement>('.till button, .header button')]
      .filter((element) => element.checkVisibility({ visibilityProperty: true }))
      // A list of any length scrolls by itself.
      .filter((element) => element.closest('.order-timeline') === null)
      .filter((element) => {
        const { left, top, right, bottom } = element.getBoundingClientRect();
        if (left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1) return true;
        // A modal dialog covers the page: nothing outside it hides its content.
        for (
          let above = element.parentElement;
          above !== null;
          above = above instanceof HTMLDialogElement ? null : above.parentElement
        ) {
          if (getComputedStyle(above).overflowY === 'visible' && getComputedStyle(above).overflowX === 'visible')
            continue;
          const box = above.getBoundingClientRect();
          if (top < box.top - 1 || bottom > box.bottom + 1 || left < box.left - 1 || right > box.right + 1) return true;
        }
        return false;
      })
      .map((element) => element.dataset['testid'] ?? element.className)
  );
}

/** Controls that stay outside the window even after scrolling to them. Runs in the page. */
export function unreachableControls(): string[] {
  const modal = document.querySelector('dialog:modal');
  return [
    ...document.querySelectorAll<HTMLElement>(
      modal === null
        ? '.till button, .header button, .back-office :is(button, input, select)'
        : 'dialog:modal :is(button, input, select)',
    ),
  ]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }))
    .filter((element) => {
      element.scrollIntoView({ block: 'center', inline: 'center' });
      const { left, top, width, height } = element.getBoundingClientRect();
      const x = left + width / 2;
      const y = top + height / 2;
      return x < 0 || y < 0 || x > innerWidth || y > innerHeight || !element.contains(document.elementFromPoint(x, y));
    })
    .map((element) => element.dataset['testid'] ?? element.className);
}
