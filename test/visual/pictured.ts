/** Which of the gallery's entries have stored pictures. */
const HANDFUL: ReadonlySet<string> = new Set(['parts-money-buttons', 'parts-words', 'till-keypad', 'till-order-armed', 'till-order-refunded', 'desk-stuck']);

export const isPictured = (id: string): boolean => HANDFUL.has(id);
