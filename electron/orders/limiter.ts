/** Something to do, and whether it had to wait for its turn: what it was to act on may have changed meanwhile. */
export type Act = (waited: boolean) => Promise<void>;

/** Runs at most `atOnceMax` of the acts given to it at a time, the rest in order of arrival. */
export function limiter(atOnceMax: number): (act: Act) => void {
  const waiting: Act[] = [];
  let running = 0;
  const next = (waited: boolean): void => {
    if (running >= atOnceMax) return;
    const act = waiting.shift();
    if (act === undefined) return;
    running += 1;
    void act(waited).finally(() => {
      running -= 1;
      next(true);
    });
  };
  return (act) => {
    waiting.push(act);
    next(false);
  };
}
