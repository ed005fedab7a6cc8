/**
 * Part 7: a thousand cancels that were unresolved when the app ended: the screen first, then all of them, a few at a
 * time.
 */
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { timelineOf } from '../../../electron/orders/views/timeline.ts';
import { openShop, type Shop } from '../../support/screen/shop.ts';
import { ms, spreadOf, table } from '../figures.ts';
import { listenToGateway } from '../gateway-listener.ts';
import { journalOf, leaveCancels, type PendingCancel } from '../made-cancels.ts';

const USUAL_CANCELS = 1_000;
const PATIENCE_MS = 75_000;

export async function burstPart(cancels = USUAL_CANCELS): Promise<string> {
  const shop = await openShop();
  const listener = listenToGateway();
  try {
    await shop.page.getByTestId('take-payment').waitFor();
    await shop.kiosk.quit();
    const journal = journalOf(shop.profile);
    const left = leaveCancels(journal, shop.gateway, 'burst', cancels);
    journal.journal.close();
    process.stderr.write(`  ${String(cancels)} cancels left behind\n`);
    const beganMs = performance.now();
    const firstCall = listener.next('', beganMs, PATIENCE_MS);
    // Connected from the start: the screen may be ready last.
    const resolved = untilResolved(shop, beganMs);
    resolved.catch(() => undefined);
    await shop.restart();
    await shop.page.getByTestId('take-payment').waitFor({ timeout: 60_000 });
    const usableMs = performance.now() - beganMs;
    const stillOpen = openIn(shop);
    const { atMs: allMs, open } = await resolved;
    const { wrong, reverses } = verdicts(shop, left);
    const waits = spreadOf(
      listener.calls
        .filter(({ path, arrivedMs }) => path.includes('reverse') && arrivedMs > beganMs)
        .map(({ arrivedMs }) => arrivedMs - beganMs),
    );
    const rows = [
      ['start of the process to a till that can be used', ms(usableMs)],
      ['start of the process to the first call', ms((await firstCall).arrivedMs - beganMs)],
      ['unresolved when the till could be used', String(stillOpen)],
      [
        'reverses reached the gateway: the first, half of them, the last',
        `${ms(waits.least)}, ${ms(waits.p50)}, ${ms(waits.most)} after the start`,
      ],
      [
        'all of them resolved',
        open === 0 ? `${ms(allMs)} after the start` : `NO: ${String(open)} open after ${ms(PATIENCE_MS)}`,
      ],
      ['reverses that the gateway acted on', `${String(reverses)} for ${String(cancels)} orders`],
      ['most reverses at the gateway at once', String(listener.mostAtOnce('reverse'))],
      ['most queries at the gateway at once', String(listener.mostAtOnce('query'))],
      ['reverses that came too early', String(shop.gateway.ledger.violations.length)],
      [
        'ended as the money did, with the proof last on the timeline',
        `${String(cancels - wrong.length)} of ${String(cancels)}${wrong.length === 0 ? '' : ` (${wrong.slice(0, 3).join('; ')})`}`,
      ],
    ];
    return `${table([`${cancels.toLocaleString('en')} unresolved cancels`, 'one run'], rows)}\n\nA third was armed with the window over, a third had a reverse out (and had been paid), a third waited for the next try. n = 1 run of ${String(cancels)} orders.`;
  } finally {
    listener.stop();
    await shop.close();
  }
}

async function untilResolved(shop: Shop, beganMs: number): Promise<{ readonly atMs: number; readonly open: number }> {
  for (;;) {
    const open = openIn(shop);
    const atMs = performance.now() - beganMs;
    if (open === 0 || atMs > PATIENCE_MS) return { atMs, open };
    await sleep(200);
  }
}

/** Counted by another process with SQLite, so that counting costs the app nothing. */
function openIn({ profile }: Shop): number {
  const db = new DatabaseSync(profile.journal('practice'), { readOnly: true });
  try {
    return Number(db.prepare("SELECT count(*) AS n FROM orders WHERE standing = 'open'").get()?.['n']);
  } finally {
    db.close();
  }
}

/** What is wrong with how they ended, by the journal and by the gateway's own ledger. */
function verdicts(
  { profile, gateway }: Shop,
  left: readonly PendingCancel[],
): { readonly wrong: readonly string[]; readonly reverses: number } {
  const { journal } = journalOf(profile);
  const wrong: string[] = [];
  let reverses = 0;
  for (const { orderId, ends } of left) {
    const phase = journal.load(orderId)?.order.phase;
    const verdict = gateway.ledger.verdict(orderId);
    // The answer to a reverse may come after the answer to a query that was sent later.
    const end = timelineOf(journal.history(orderId)).findLast(({ what }) => what !== 'reverse-answered');
    reverses += gateway.ledger.get(orderId)?.reverses ?? 0;
    const state = ends === 'refunded' ? 'REFUND' : 'CLOSED';
    const right =
      phase?.name === 'cancelled' &&
      phase.outcome === ends &&
      phase.proof === state &&
      verdict?.state === state &&
      verdict.charged === verdict.refunded &&
      end?.what === 'cancelled' &&
      end.errCode === state;
    if (!right)
      wrong.push(`${orderId}: ${JSON.stringify(phase)}, ledger ${JSON.stringify(verdict)}, last ${String(end?.what)}`);
  }
  journal.close();
  return { wrong, reverses };
}
