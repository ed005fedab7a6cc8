/** Who hears what is scanned, or typed while no field has the focus: a sheet or page of the back office, else the till. */

export interface InputListener {
  /** A page hears nothing while a dialog lies over it; a sheet is a dialog. */
  readonly of: 'page' | 'sheet';
  readonly onScan: (text: string) => void;
  /** Only who types without a field: it takes scans out of its fields as well. */
  readonly onTyped?: (text: string) => void;
  readonly onBack?: () => void;
}

const listeners: InputListener[] = [];

/** Listens until the returned function is called; of several the one that came last hears. */
export function listenToInput(listener: InputListener): () => void {
  listeners.push(listener);
  return () => {
    const index = listeners.lastIndexOf(listener);
    if (index >= 0) listeners.splice(index, 1);
  };
}

/** Who listens now. `'nobody'`: a dialog lies over the page that would. `null`: the till. */
export function inputListener(dialogIsOpen: boolean): InputListener | 'nobody' | null {
  const listener = listeners.at(-1) ?? null;
  return listener?.of === 'page' && dialogIsOpen ? 'nobody' : listener;
}
