/** A task that ends. */
export type Task = () => Promise<void>;

/**
 * Runs at most `atOnceMax` of its tasks at a time. The rest wait: urgent ones first, and in order of arrival within
 * each kind. Tasks that are not urgent take at most `othersMax` of the slots, so that an urgent one finds a free slot.
 */
export function limiter(atOnceMax: number, othersMax: number): (task: Task, urgent: boolean) => void {
  const waiting: { readonly urgent: Task[]; readonly others: Task[] } = { urgent: [], others: [] };
  let running = 0;
  const next = (): void => {
    if (running >= atOnceMax) return;
    const task = waiting.urgent.shift() ?? (running < othersMax ? waiting.others.shift() : undefined);
    if (task === undefined) return;
    running += 1;
    void task().finally(() => {
      running -= 1;
      next();
    });
  };
  return (task, urgent) => {
    (urgent ? waiting.urgent : waiting.others).push(task);
    next();
  };
}
