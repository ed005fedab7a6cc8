import { useEffect, useState, type ReactNode } from 'react';
import type { OrderView, TimelineRow } from '../../shared/order/order.ts';
import { call } from '../bridge/api.ts';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../components/button.tsx';
import { ProblemNote } from '../components/problem-note.tsx';
import { smallPrint } from './phase-words.ts';
import { Timeline } from './timeline.tsx';
import { kiosk, useKiosk } from '../state/store.ts';

export interface OrderTimelineProps {
  readonly view: OrderView;
}

const WIDE = '(min-width: 1500px) and (orientation: landscape)';

/** Beside the status panel where there is room, under it in portrait. Read again whenever the order changes. */
export function OrderTimeline({ view }: OrderTimelineProps): ReactNode {
  const t = useT();
  const open = useTimelineOpen();
  if (!open) return null;
  return (
    <section className="order-timeline" id="order-timeline" aria-label={t('timeline.title')} tabIndex={0}>
      <TimelineRows view={view} />
    </section>
  );
}

/** Only the rows. Read again whenever the order changes. */
export function TimelineRows({ view }: OrderTimelineProps): ReactNode {
  const [rows, setRows] = useState<readonly TimelineRow[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const { orderId, version } = view;
  useEffect(() => {
    let current = true;
    void call('order.timeline', { orderId }).then((reply) => {
      if (!current) return;
      if (reply.ok) setRows(reply.value);
      setProblem(reply.ok ? null : reply.code);
    });
    return () => {
      current = false;
    };
  }, [orderId, version]);
  return problem === null ? (
    <Timeline rows={rows} code={smallPrint(view)} />
  ) : (
    <ProblemNote code={problem} field={null} testId="timeline-error" />
  );
}

/** It is open where there is room for it, until a person opens or closes it. */
const useTimelineOpen = (): boolean => useKiosk((state) => state.timelineOpen ?? matchMedia(WIDE).matches);

/** Opens and closes the timeline. */
export function TimelineButton(): ReactNode {
  const t = useT();
  const open = useTimelineOpen();
  return (
    <Button
      icon="history"
      label={t(open ? 'timeline.hide' : 'timeline.show')}
      expanded={open}
      testId="timeline-toggle"
      onPress={() => kiosk.setState({ timelineOpen: !open })}
    />
  );
}
