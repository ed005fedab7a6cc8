/** Something to do that ends. */
export type Act = () => Promise<void>;

/**
 * Runs at most `atOnceMax` of the acts given to it at a time. The rest wait: urgent ones first, and within each kind in
 * order of arrival. The others take at most `othersMax` of the places, so that an urgent one finds one free.
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
