import { useEffect, useState, type ReactNode } from 'react';
import { usePassed } from '../components/use-ticking.ts';
import { agesAtMs, tailOf, type Deadline, type HeldOrder } from '../state/held-order.ts';
import { useT, type Translate } from '../i18n/i18n.ts';
import { phaseWords, wasWords } from '../order/phase-words.ts';
import { figureZeroAtMs, secondsLeft } from '../i18n/seconds-left.ts';
import { tillOrder, useKiosk } from '../state/store.ts';
import { stateWords, verdictWords } from '../i18n/code-words.ts';

/** The screen for users of a screen reader: each new state once, and the countdown at 15, 10, 5 and 0 s. */
export function Announcer(): ReactNode {
  const t = useT();
  const order = useKiosk(tillOrder);
  const counts = order !== null && (order.view.phase.name === 'paying' || order.view.phase.name === 'armed');
  const aged = usePassed(order === null ? null : agesAtMs(order));
  const state = order === null ? '' : announced(t, order, aged);
  const seconds = useAnnouncedSeconds(counts ? order.deadline : null);
  return (
    <>
      <p role="status" className="heard-only">
        {state}
      </p>
      <p role="status" className="heard-only">
        {seconds === null ? '' : seconds === 0 ? t('announce.zero') : t('announce.secondsLeft', { seconds })}
      </p>
      <FinishedInTheTray />
    </>
  );
}

/** The state and the verdict. An advice that is out of date is not spoken either: then it is what the order was. */
function announced(t: Translate, order: HeldOrder, aged: boolean): string {
  const { headline } = phaseWords(t, order.view, false, { role: 'cashier', aged });
  return aged && order.view.verdict === 'charge-again'
    ? wasWords(t, order, headline, Date.now())
    : t('announce.state', { headline, verdict: verdictWords(t, order.view) });
}

const ANNOUNCED_S = [15, 10, 5, 0];

/** The latest announced mark that the countdown has passed. */
function useAnnouncedSeconds(deadline: Deadline | null): number | null {
  const [mark, setMark] = useState<{ readonly atMs: number; readonly seconds: number } | null>(null);
  const atMs = deadline?.atMs ?? null;
  useEffect(() => {
    if (atMs === null) return undefined;
    const left = secondsLeft(atMs - performance.now());
    const timers = ANNOUNCED_S.filter((seconds) => seconds <= left).map((seconds) =>
      setTimeout(
        () => setMark({ atMs, seconds }),
        Math.max(0, figureZeroAtMs(atMs) - seconds * 1_000 - performance.now()),
      ),
    );
    return () => timers.forEach(clearTimeout);
  }, [atMs]);
  return mark !== null && mark.atMs === atMs ? mark.seconds : null;
}

function FinishedInTheTray(): ReactNode {
  const t = useT();
  const view = useKiosk((state) => state.lastFinished);
  return (
    <p role="status" className="heard-only">
      {view === null ? '' : t('announce.finished', { tail: tailOf(view), state: stateWords(t, view.phase) })}
    </p>
  );
}
