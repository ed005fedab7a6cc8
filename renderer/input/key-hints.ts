/**
 * The small key names on buttons: only for people who use a keyboard. A till that is tapped never shows them; their
 * place is kept, so that nothing moves when they come.
 */

/** A person's key came, not a scanner's: from now on the buttons say their keys. A style sheet shows them. */
export function showKeyHints(): void {
  document.documentElement.dataset['keys'] = 'shown';
}
