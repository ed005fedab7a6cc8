/** Who gets the next scanned number: a dialog with fields of its own while it is open, else the till. */

type Take = (text: string) => void;

const takers: Take[] = [];

/** Takes scans until the returned function is called; the one that came last goes first. */
export function takeScans(take: Take): () => void {
  takers.push(take);
  return () => {
    const index = takers.lastIndexOf(take);
    if (index >= 0) takers.splice(index, 1);
  };
}

/** Whether somebody took it. */
export function scanTaken(text: string): boolean {
  const take = takers.at(-1);
  take?.(text);
  return take !== undefined;
}
