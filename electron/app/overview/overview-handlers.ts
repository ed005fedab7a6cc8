/**
 * The manager's first page. Today's sums are those of today's orders, found by the journal's days and read in steps;
 * what is in doubt is found by the index of states. Neither looks at older orders.
 */
import { beijingDay, DAY_MS, dayStartMs } from '../../../shared/beijing.ts';
import type { OrderState } from '../../../shared/contract/history.ts';
import type { Overview, overviewCommands } from '../../../shared/contract/overview.ts';
import { ok } from '../../../shared/result.ts';
import { figuresOf } from '../../staff/shift-sheets.ts';
import { daysLeft } from '../../vault/certificate-days.ts';
import type { Handlers } from '../core/handler.ts';
import type { Services } from '../core/services.ts';

/** A row that no longer parses is in doubt too: nobody knows what became of it. */
const IN_DOUBT: readonly OrderState[] = [
  'paying',
  'armed',
  'choosing',
  'reversing',
  'confirming',
  'attention',
  'unreadable',
];

export const overviewHandlers = (): Pick<Handlers, keyof typeof overviewCommands> => ({
  'overview.read': async (services) => ok(await overviewOf(services)),
});

async function overviewOf({ clock, history, search, bills, certificateNotAfterMs }: Services): Promise<Overview> {
  const { wallMs } = clock.read();
  const day = beijingDay(wallMs);
  const fromMs = dayStartMs(day);
  const { paid, cancelled, refunded } = figuresOf(await history.tally({ fromMs, toMs: fromMs + DAY_MS }));
  return {
    day,
    paid,
    cancelled,
    refunded,
    inDoubt: search.sumOfStates(IN_DOUBT),
    waiting: search.sumOfStates(['attention']).count,
    ...bills.standing(),
    certificateDays: certificateNotAfterMs === null ? null : daysLeft(certificateNotAfterMs, wallMs),
  };
}
