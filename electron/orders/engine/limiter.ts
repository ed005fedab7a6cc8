/** A task that ends. */
export type Act = () => Promise<void>;

/**
 * Runs at most `atOnceMax` of its tasks at a time. The rest wait: urgent ones first, and in order of arrival within
 * each kind. Tasks that are not urgent take at most `othersMax` of the slots, so that an urgent one finds a free slot.
 */
export function limiter(atOnceMax: number, othersMax: number): (act: Act, urgent: boolean) => void {
  const waiting: { readonly urgent: Act[]; readonly others: Act[] } = { urgent: [], others: [] };
  let running = 0;
  const next = (): void => {
    if (running >= atOnceMax) return;
    const act = waiting.urgent.shift() ?? (running < othersMax ? waiting.others.shift() : undefined);
    if (act === undefined) return;
    running += 1;
    void act().finally(() => {
      running -= 1;
      next();
    });
  };
  return (act, urgent) => {
    (urgent ? waiting.urgent : waiting.others).push(act);
    next();
  };
}
