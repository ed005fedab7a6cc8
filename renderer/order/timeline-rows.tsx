import { useEffect, useState, type ReactNode } from 'react';
import type { OrderView, TimelineRow } from '../../shared/order/order.ts';
import { call } from '../bridge/api.ts';
import { ProblemNote } from '../components/problem-note.tsx';
import { smallPrint } from './phase-words.ts';
import { Timeline } from './timeline.tsx';

export interface TimelineRowsProps {
  readonly view: OrderView;
}

/** An order's timeline without a frame. Read again whenever the order changes. */
export function TimelineRows({ view }: TimelineRowsProps): ReactNode {
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
