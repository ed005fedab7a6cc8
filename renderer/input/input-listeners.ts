/**
 * Who gets scans, and keys typed while no field has the focus: a sheet or page of the back office, otherwise the till.
 */

export interface InputListener {
  /** A page gets nothing while a dialog covers it; a sheet is a dialog. */
  readonly of: 'page' | 'sheet';
  readonly onScan: (text: string) => void;
  /** Only for a listener that types without a field: it also takes scans that go into its fields. */
  readonly onTyped?: (text: string) => void;
  readonly onBack?: () => void;
}

const listeners: InputListener[] = [];

/**
 * Listens until the returned function is called; the listener added last gets the input. A component calls it in a layout
 * effect: a key that comes while the component is being shown would otherwise still go to what lies under it.
 */
export function listenToInput(listener: InputListener): () => void {
  listeners.push(listener);
  return () => {
    const index = listeners.lastIndexOf(listener);
    if (index >= 0) listeners.splice(index, 1);
  };
}

/** Who listens now. `'nobody'`: a dialog covers the page that would listen. `null`: the till. */
export function inputListener(dialogIsOpen: boolean): InputListener | 'nobody' | null {
  const listener = listeners.at(-1) ?? null;
  return listener?.of === 'page' && dialogIsOpen ? 'nobody' : listener;
}
