/**
 * Writes a table of many orders, or compares a large bill with them, in a heap that could not hold either.
 *
 * `node --max-old-space-size=48 test/bench/large-files.ts export|reconcile 1000000`
 *
 * Another process makes its input, so that only the memory of the work is counted.
 */
import { execFileSync } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DatabaseSync } from 'node:sqlite';
import { writeOrders } from '../../electron/app/exports/exports-handlers.ts';
import { reconcile } from '../../electron/app/bill/reconcile.ts';
import { openJournal, type OpenJournal } from '../../electron/orders/open-journal.ts';
import { orderToPay } from '../../electron/orders/machine/order.ts';
import { beijingDay, dayStartMs } from '../../shared/beijing.ts';
import { TEST_KEY } from '../support/secrets/audit-keys.ts';
import { BILL_HEADER, BILL_MERCHANT, BILL_TOTALS, billRow } from '../support/gateway/made-bill.ts';

const [what = 'export', countText = '100000', madeIn] = process.argv.slice(2);
const count = Number(countText);
const DAY = '2026-11-23';
const START = dayStartMs(DAY);
/** This terminal has taken this many orders of the bill; the others belong to other terminals of its chain. */
const OURS_MAX = 2_000;

const folder = madeIn ?? mkdtempSync(join(tmpdir(), 'facepay-large-'));
const path = join(folder, 'journal.sqlite');
const billPath = join(folder, 'bill.csv');

/** Rows as the journal writes them, all inserted at once: their audit chain is not measured. */
function fill(orders: number): void {
  const db = new DatabaseSync(path);
  const insert = db.prepare(
    'INSERT INTO orders (order_id, version, out_trade_no, transaction_id, standing, created_at, state) VALUES (?, 1, ?, ?, ?, ?, ?)',
  );
  const entry = db.prepare(
    "INSERT INTO entries (order_id, at, actor, role, event, effects, phase) VALUES (?, ?, 'screen', 'cashier', '{\"type\":\"registered\"}', '[]', '{\"name\":\"paid\"}')",
  );
  db.exec('PRAGMA synchronous = OFF; BEGIN');
  for (let n = 0; n < orders; n += 1) {
    const wallMs = START + (n % 86_000) * 1_000;
    const number = `20261123${String(n).padStart(16, '0')}`;
    const transactionId = `42000002722026112300${String(n).padStart(8, '0')}`;
    const order = {
      ...orderToPay(
        { orderId: number, outTradeNo: number, transactionId, family: 'facepay', amountFen: 1_280 },
        10_000,
        { wallMs, monoMs: 0, run: 'r' },
      ),
      phase: { name: 'paid' },
    };
    insert.run(number, number, transactionId, 'done', wallMs, JSON.stringify(order));
    entry.run(number, wallMs);
  }
  db.exec('COMMIT');
  db.close();
}

function* bill(rows: number): Generator<string> {
  yield `${BILL_HEADER}\r\n`;
  for (let n = 0; n < rows; n += 1) {
    const device = n < OURS_MAX ? 'kiosk-1' : 'kiosk-2';
    yield `${billRow({ transactionId: `42000002722026112300${String(n).padStart(8, '0')}`, outTradeNo: `20261123${String(n).padStart(16, '0')}`, device, product: '门店消费, 第一排 "特价"' })}\r\n`;
  }
  yield `${BILL_TOTALS}\r\n\`${String(rows)},\`0.00,\`0.00,\`0.00,\`0.00,\`0.00,\`0.00\r\n`;
}

function opened(): OpenJournal {
  const result = openJournal(path, 'practice', START, TEST_KEY);
  if (!result.ok) throw new Error(result.error);
  return result.value;
}

async function make(): Promise<void> {
  opened().journal.close();
  fill(what === 'export' ? count : Math.min(count, OURS_MAX));
  if (what === 'reconcile') await pipeline(Readable.from(bill(count)), createWriteStream(billPath));
}

async function work(): Promise<void> {
  execFileSync(process.execPath, [import.meta.filename, what, countText, folder], { stdio: 'inherit' });
  const { journal } = opened();
  const startBytes = process.memoryUsage.rss();
  let peakBytes = startBytes;
  let longestMs = 0;
  let lastMs = performance.now();
  // How long any other work would have had to wait.
  const ticking = setInterval(() => {
    longestMs = Math.max(longestMs, performance.now() - lastMs - 10);
    lastMs = performance.now();
    peakBytes = Math.max(peakBytes, process.memoryUsage.rss());
  }, 10);
  const beganMs = performance.now();
  lastMs = beganMs;
  const out = join(folder, 'orders.csv');
  const result =
    what === 'export'
      ? await writeOrders(
          { journal },
          { fromDay: beijingDay(START), toDay: beijingDay(START), group: 'all' },
          'zh-CN',
          out,
        )
      : await reconcile(
          { journal, merchant: { mchId: BILL_MERCHANT }, terminal: { deviceId: 'kiosk-1' } },
          { path: billPath, day: null },
        );
  const seconds = (performance.now() - beganMs) / 1_000;
  clearInterval(ticking);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  const done =
    typeof result.value === 'number'
      ? { rows: result.value }
      : { rows: result.value.rows, matched: result.value.matched, others: result.value.others.rows };
  console.log(
    JSON.stringify({
      what,
      ...done,
      megabytes: Math.round(statSync(what === 'export' ? out : billPath).size / 1e6),
      seconds: Number(seconds.toFixed(1)),
      longestWaitMs: Math.round(longestMs),
      startMb: Math.round(startBytes / 1e6),
      peakMb: Math.round(peakBytes / 1e6),
    }),
  );
  journal.close();
  rmSync(folder, { recursive: true, force: true });
}

await (madeIn === undefined ? work() : make());
