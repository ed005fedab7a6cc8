/**
 * What a colour promises, on every surface: the till, the tray, the lists, the customer's display, the notices.
 *
 * - `paid`, green: money is in, and nothing else.
 * - `clear`, grey-blue: nothing is owed. Nothing was charged, or the money goes back; away from orders: nothing is wrong.
 * - `wait`, amber: it is not certain yet, so do not charge again.
 * - `alarm`, red: a manager is needed.
 * - `process`, blue: under way.
 *
 * Never the only sign: a word and a shape go with it.
 */
export type Tone = 'process' | 'wait' | 'clear' | 'paid' | 'alarm';
