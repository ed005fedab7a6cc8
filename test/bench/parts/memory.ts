/**
 * Part 8: the memory of main and of the page after a start, and after many orders cancelled through everything: page,
 * IPC, engine, journal, signed calls. What is shortened: each order was paid two minutes ago, so that no window has to
 * be waited for.
 */
import type { Page } from 'playwright-core';
import type { OpenJournal } from '../../../electron/orders/open-journal.ts';
import { openShop, type Shop } from '../../support/screen/shop.ts';
import { residentBytesOf } from '../../soak/readings.ts';
import { megabytes, table } from '../figures.ts';
import { INSPECTED, mainHeapOf } from '../main-heap.ts';
import { enterOrders, journalOf } from '../made-cancels.ts';
import { pageHeapOf, pageResidentOf } from '../page/page-memory.ts';

const USUAL_ORDERS = 1_000;
const BATCH = 50;
/** Orders under way at once, as from several tills. */
const AT_ONCE = 8;
/** The default: a loaded machine gets fewer orders done, and the report says how many. */
const ENOUGH_MS = 75_000;

/** `orders`: how many; without it 1,000, or as many as can be done in 75 s. */
export async function memoryPart(orders?: number): Promise<string> {
  const wanted = orders ?? USUAL_ORDERS;
  const endMs = orders === undefined ? performance.now() + ENOUGH_MS : Infinity;
  const shop = await openShop({ env: INSPECTED });
  try {
    await shop.page.getByTestId('take-payment').waitFor();
    const journal = journalOf(shop.profile);
    const rows = [['0 (started)', ...(await readings(shop))]];
    const quarters = [1, 2, 3, 4].map((part) => Math.ceil((wanted * part) / 4));
    let done = 0;
    while (done < wanted && performance.now() < endMs) {
      const count = Math.min(BATCH, wanted - done);
      await cancelBatch(shop, journal, `memory${String(done)}x`, count);
      done += count;
      const quarter = quarters[0] ?? wanted;
      if (done < quarter && performance.now() < endMs) continue;
      while ((quarters[0] ?? Infinity) <= done) quarters.shift();
      process.stderr.write(`  ${String(done)} of ${String(wanted)} orders\n`);
      rows.push([done.toLocaleString('en'), ...(await readings(shop))]);
    }
    journal.journal.close();
    return `${table(['orders cancelled', 'main: resident', 'main: heap after a collection', 'page: JS heap after a collection', "page's process: resident"], rows)}\n\nOne run. All ended as cancelled.${done < wanted ? ` Only ${String(done)} of ${String(wanted)} orders were done in the time.` : ''}${shop.kiosk.kind === 'stand-in' ? ' On the stand-in host main also holds the stand-in itself, its line to Chromium and an inspector.' : ''}`;
  } finally {
    await shop.close();
  }
}

async function readings({ kiosk, page }: Shop): Promise<readonly string[]> {
  const heap = await mainHeapOf(kiosk);
  return [residentBytesOf(kiosk.pid), heap, await pageHeapOf(page), pageResidentOf(kiosk.pid)].map((bytes) =>
    bytes === null ? 'not measured' : megabytes(bytes),
  );
}

async function cancelBatch({ page, gateway }: Shop, journal: OpenJournal, name: string, count: number): Promise<void> {
  const numbers = enterOrders(journal, gateway, name, count);
  const open = await cancelAll(page, numbers, AT_ONCE);
  if (open.length > 0) throw new Error(`not cancelled: ${open.slice(0, 5).join(', ')}`);
}

interface Told {
  readonly orderId: string;
  readonly phase: { readonly name: string };
}

/**
 * Looks each order up and cancels it, as the page's own scripts would; returns those that were not cancelled within 30
 * s.
 */
const cancelAll = (page: Page, numbers: readonly string[], atOnce: number): Promise<readonly string[]> =>
  page.evaluate(
    async ({ numbers: all, atOnce: workers }) => {
      const kiosk: {
        invoke(name: string, input: unknown): Promise<unknown>;
        subscribe(name: string, listener: (told: unknown) => void): () => void;
      } = Reflect.get(window, 'kiosk');
      const waiting = new Map<string, () => void>();
      const stop = kiosk.subscribe('orders.changed', (payload) => {
        for (const { orderId, phase } of payload as readonly Told[])
          if (phase.name === 'cancelled') waiting.get(orderId)?.();
      });
      const open: string[] = [];
      const left = [...all];
      const work = async (): Promise<void> => {
        for (let orderId = left.shift(); orderId !== undefined; orderId = left.shift()) {
          const number = orderId;
          const ended: Promise<boolean> = new Promise((resolve) => {
            waiting.set(number, () => resolve(true));
            setTimeout(() => resolve(false), 30_000);
          });
          await kiosk.invoke('order.find', { number });
          await kiosk.invoke('order.cancel', { orderId: number });
          if (!(await ended)) open.push(number);
          waiting.delete(number);
        }
      };
      await Promise.all(Array.from({ length: workers }, work));
      stop();
      return open;
    },
    { numbers, atOnce },
  );
