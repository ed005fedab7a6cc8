/** Who hears what is scanned, or typed while no field has the focus: a sheet or page of the back office, else the till. */

export interface Ear {
  /** A page hears nothing while a dialog lies over it; a sheet is a dialog. */
  readonly of: 'page' | 'sheet';
  readonly onScan: (text: string) => void;
  /** Only who types without a field: it takes scans out of its fields as well. */
  readonly onTyped?: (text: string) => void;
  readonly onBack?: () => void;
}

const ears: Ear[] = [];

/** Listens until the returned function is called; of several the one that came last hears. */
export function lendEar(ear: Ear): () => void {
  ears.push(ear);
  return () => {
    const index = ears.lastIndexOf(ear);
    if (index >= 0) ears.splice(index, 1);
  };
}

/** Who listens now. `'nobody'`: a dialog lies over the page that would. `null`: the till. */
export function whoHears(dialogIsOpen: boolean): Ear | 'nobody' | null {
  const ear = ears.at(-1) ?? null;
  return ear?.of === 'page' && dialogIsOpen ? 'nobody' : ear;
}
