/**
 * Checks for forced colours, for reduced motion, and for states that must be readable from two metres. All of it runs
 * in the page.
 */

/** Controls without a visible border, outline or native shape when the system forces its colours. */
export function unseenControls(): string[] {
  const within = document.querySelector('dialog:modal') ?? document.body;
  return [
    ...within.querySelectorAll<HTMLElement>(
      'button, select, input:not([type="radio"], [type="checkbox"], [type="file"])',
    ),
  ]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest('.heard-only'))
    .filter((element) => {
      const { borderTopWidth, borderTopStyle, borderTopColor, backgroundColor, borderBottomWidth } =
        getComputedStyle(element);
      const hasBorder =
        borderTopStyle !== 'none' && Number.parseFloat(borderTopWidth) >= 1 && borderTopColor !== backgroundColor;
      // Part of a row that has one itself.
      const around = element.parentElement === null ? null : getComputedStyle(element.parentElement);
      const inBorder =
        around !== null && around.borderTopStyle !== 'none' && Number.parseFloat(around.borderTopWidth) >= 1;
      return !hasBorder && !inBorder && Number.parseFloat(borderBottomWidth) === 0;
    })
    .map((element) => `${element.dataset['testid'] ?? element.className}: no border`);
}

/** Chosen, current and disabled controls that look like their neighbours of the same kind. */
export function lookAlikes(): string[] {
  const within = document.querySelector('dialog:modal') ?? document.body;
  const looksOf = (element: Element): string => {
    const { color, backgroundColor, borderTopColor, borderTopWidth, borderTopStyle, outlineStyle, textDecorationLine } =
      getComputedStyle(element);
    return [
      color,
      backgroundColor,
      borderTopColor,
      borderTopWidth,
      borderTopStyle,
      outlineStyle,
      textDecorationLine,
    ].join();
  };
  const marked =
    '[aria-pressed="true"], [aria-checked="true"], [aria-selected="true"], [aria-current]:not([aria-current="false"])';
  const shown = (element: Element): boolean => element.checkVisibility({ visibilityProperty: true });
  return [...within.querySelectorAll<HTMLElement>(marked)].filter(shown).flatMap((element) => {
    const others = [
      ...within.querySelectorAll(
        [element.tagName.toLowerCase(), ...[...element.classList].map((name) => CSS.escape(name))].join('.'),
      ),
    ].filter(
      (other) => shown(other) && !other.matches(marked) && !other.matches(':disabled') && !element.matches(':disabled'),
    );
    const same = others.find((other) => looksOf(other) === looksOf(element));
    // A tick, a filled box or its own icon shows it as well as a colour does.
    const hasSign =
      same !== undefined &&
      element.querySelectorAll('svg, [aria-hidden="true"]').length !==
        same.querySelectorAll('svg, [aria-hidden="true"]').length;
    return same === undefined || hasSign
      ? []
      : [`${element.dataset['testid'] ?? element.className}: looks as one that is not chosen`];
  });
}

/** Elements that move by themselves. */
export function motionFaults(): string[] {
  return document.getAnimations().map((animation) => {
    const target = animation.effect instanceof KeyframeEffect ? animation.effect.target : null;
    return `moves: ${target?.getAttribute('class') ?? 'something'}`;
  });
}

/** State words, amounts and the countdown's figure with a contrast below 7 to 1. */
export function contrastFaults(): string[] {
  const channels = (colour: string): number[] => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const light = (colour: string): number => {
    const [red = 0, green = 0, blue = 0] = channels(colour).map((value) =>
      value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const groundOf = (start: Element | null): string => {
    for (let above = start; above !== null; above = above.parentElement) {
      const { backgroundColor } = getComputedStyle(above);
      if ((channels(backgroundColor)[3] ?? 1) > 0.5) return backgroundColor;
    }
    return 'rgb(255 255 255)';
  };
  return [
    ...document.querySelectorAll(
      '.verdict__word, .amount, .status-panel__headline, .countdown__figure, .tray-card__state, .tray-card__amount, .order-row__state, .found-row__state',
    ),
  ]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }))
    .flatMap((element) => {
      const { color } = getComputedStyle(element);
      const ground = groundOf(element);
      const [dark = 0, bright = 0] = [light(color), light(ground)].sort((a, b) => a - b);
      const ratio = (bright + 0.05) / (dark + 0.05);
      return ratio >= 7 ? [] : [`${element.className}: ${color} on ${ground} has ${ratio.toFixed(2)} to 1`];
    });
}
