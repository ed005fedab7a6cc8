/**
 * Whether texts are typed on the screen or on a keyboard that is plugged in. There is no setting: what people do
 * decides.
 */
import { createStore } from 'zustand/vanilla';
import { useStore } from 'zustand';

export interface TouchInput {
  /** Whether the on-screen keyboard appears with a text field. */
  readonly wanted: boolean;
  /**
   * Somebody has typed on a real keyboard. After that only a finger brings the on-screen keyboard back, a mouse does
   * not.
   */
  readonly realKeyboard: boolean;
}

export const touchInput = createStore<TouchInput>(() => ({ wanted: true, realKeyboard: false }));

export const useTouchInput = <Part>(select: (state: TouchInput) => Part): Part => useStore(touchInput, select);

/** A person's key came, not a scanner's. */
export const realKeyPressed = (): void => {
  if (touchInput.getState().wanted) touchInput.setState({ wanted: false, realKeyboard: true });
};

/**
 * A text field was touched. Some screens report a finger as a mouse, so a mouse counts as a finger until a real key
 * came.
 */
export function fieldTouched(pointerType: string): void {
  const { wanted, realKeyboard } = touchInput.getState();
  if (!wanted && (pointerType !== 'mouse' || !realKeyboard)) touchInput.setState({ wanted: true });
}

export const hideTouchKeyboard = (): void => touchInput.setState({ wanted: false });

/** The kinds of input that take text, and so have a caret. */
const TEXT_TYPES: ReadonlySet<string> = new Set(['text', 'password', 'search', 'url', 'tel']);

export type TextField = HTMLInputElement | HTMLTextAreaElement;

/** Whether keys typed now go into a text field. */
export const isTextField = (target: EventTarget | null): target is TextField =>
  target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && TEXT_TYPES.has(target.type));
