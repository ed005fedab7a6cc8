import type { ReactNode } from 'react';
import type { OrderView } from '../../shared/order/order.ts';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../components/button.tsx';
import { lazy } from '../components/lazy.tsx';
import { kiosk, useKiosk } from '../state/store.ts';

/** Few orders are opened so far, so the till starts without it. */
const TimelineRows = lazy(async () => (await import('./timeline-rows.tsx')).TimelineRows);

export interface OrderTimelineProps {
  readonly view: OrderView;
}

const WIDE = '(min-width: 1500px) and (orientation: landscape)';

/** Beside the status panel where there is room, under it in portrait. */
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
