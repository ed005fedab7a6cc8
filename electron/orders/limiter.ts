/** Runs at most `atOnceMax` of the acts given to it at a time, the rest in order of arrival. */
export function limiter(atOnceMax: number): (act: () => Promise<void>) => void {
  const waiting: (() => Promise<void>)[] = [];
  let running = 0;
  const next = (): void => {
    if (running >= atOnceMax) return;
    const act = waiting.shift();
    if (act === undefined) return;
    running += 1;
    void act().finally(() => {
      running -= 1;
      next();
    });
  };
  return (act) => {
    waiting.push(act);
    next();
  };
}
