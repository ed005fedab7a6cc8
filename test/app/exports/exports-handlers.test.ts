/** Exports by the screen's commands, through dispatch: the files, the refusals, and who did it. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { knownAuditKey } from '../../../electron/app/audit/audit-trail.ts';
import { dispatch, type DispatchContext } from '../../../electron/app/dispatch.ts';
import { createHandlers } from '../../../electron/app/command-table.ts';
import type { FileRequest, HostPort } from '../../../electron/app/core/host-port.ts';
import { profileIn, type Profile } from '../../../electron/app/settings/profile.ts';
import { settingsStore } from '../../../electron/app/settings/settings-store.ts';
import { auditReportsInThread } from '../../../electron/app/audit/audit-report-port.ts';
import { silentLog } from '../../../electron/base/log.ts';
import { verifyJournal } from '../../../electron/orders/audit/audit-file.ts';
import { openServices } from '../../../electron/app/open-services.ts';
import type { Services } from '../../../electron/app/core/services.ts';
import type { SlipPage } from '../../../shared/contract/exports.ts';
import type { PrintCode } from '../../../shared/contract/printers.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Role } from '../../../shared/role.ts';
import { beijingDay } from '../../../shared/beijing.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { billText } from '../../support/gateway/made-bill.ts';
import { write } from '../../support/orders/made-orders.ts';
import { idleSelfTest } from '../../support/terminal/idle-self-test.ts';
import { idleStaff } from '../../support/terminal/staff.ts';

const clock = new FakeClock();
const DAY = beijingDay(clock.read().wallMs);
const PAGE: SlipPage = { paper: '58mm', heightMm: 120 };

/** A person who gives each dialog the prepared answer, and a printer that works or not. */
class FakeHost implements HostPort {
  save: string | null = null;
  open: string | null = null;
  prints = true;
  readonly requests: FileRequest[] = [];
  readonly pages: SlipPage[] = [];
  readonly files = {
    toSave: (request: FileRequest) => {
      this.requests.push(request);
      return Promise.resolve(this.save);
    },
    toOpen: () => Promise.resolve(this.open),
  };
  readonly printer = {
    print: (page: SlipPage): Promise<Result<null, PrintCode>> => {
      this.pages.push(page);
      return Promise.resolve(this.prints ? ok(null) : fail('not-printed'));
    },
    pdf: (page: SlipPage) => {
      this.pages.push(page);
      return Promise.resolve(this.prints ? new TextEncoder().encode('%PDF-1.7 made up') : null);
    },
  };
}

let folder: string;
let profile: Profile;
let services: Services;
let host: FakeHost;
let context: DispatchContext;

const as = (role: Role, name: string, input: unknown = {}): ReturnType<typeof dispatch> =>
  dispatch(context, { who: 'screen', role }, name, input);
const manager = (name: string, input: unknown = {}): ReturnType<typeof dispatch> => as('manager', name, input);
const out = (name: string): string => join(folder, name);

function noted(act: string): unknown[] {
  const db = new DatabaseSync(profile.journal('practice'), { readOnly: true });
  const rows = db
    .prepare(
      "SELECT actor, role, event ->> '$.outcome' AS outcome, event ->> '$.about' AS about FROM entries WHERE event ->> '$.act' = ? ORDER BY seq",
    )
    .all(act);
  db.close();
  return rows.map((row) => Object.values(row));
}

const AUDIT_REPORT_WORKER = resolve(import.meta.dirname, '../../../electron/app/audit/audit-report-worker.ts');

function contextOver(opening: DispatchContext['opening']): DispatchContext {
  const app = { version: '1.2.3', build: null, host: { kind: 'stand-in', electron: '45.4.1' } } as const;
  const parts = {
    hostPort: host,
    profile,
    store: settingsStore(profile, ''),
    clock,
    app,
    opening: () => opening,
    selfTest: null,
    auditReports: auditReportsInThread(profile, AUDIT_REPORT_WORKER),
  };
  return {
    handlers: createHandlers({ app, notices: () => [], staff: idleStaff, selfTest: idleSelfTest, exports: parts }),
    opening,
    log: silentLog,
  };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'facepay-exports-'));
  profile = profileIn(join(folder, 'profile'));
  const quiet = { onChange: () => undefined, onStage: () => undefined, onNotice: () => undefined };
  const opened = await openServices({ profile, store: settingsStore(profile, ''), clock, log: silentLog, ...quiet });
  if (!opened.ok) throw new Error(opened.error.code);
  services = opened.value;
  const { wallMs } = clock.read();
  const more = { transactionId: '4200000272201902213633768503', createdAtMs: wallMs, endedAtMs: wallMs + 20_000 };
  write(services.journal, {
    orderId: 'cancelled',
    ...more,
    phase: { name: 'cancelled', outcome: 'refunded', proof: 'REFUND' },
    more: { knownPaid: true },
    endedBy: { who: 'terminal:alice', role: 'manager' },
  });
  write(services.journal, { orderId: 'paid', createdAtMs: wallMs, phase: { name: 'paid' } });
});
beforeEach(() => {
  host = new FakeHost();
  context = contextOver(Promise.resolve(ok(services)));
});
afterAll(async () => {
  const closing = services.close(0);
  await clock.advance(0);
  await closing;
  rmSync(folder, { recursive: true, force: true });
});

const wanted = { fromDay: DAY, toDay: DAY, group: 'all' };

describe('the table of orders', () => {
  it('is written where the manager chose, told by its name alone, and noted without the place', async () => {
    host.save = out('orders.csv');
    expect(await manager('export.orders', wanted)).toEqual({ ok: true, value: { fileName: 'orders.csv', count: 2 } });
    expect(readFileSync(out('orders.csv'), 'utf8').split('\r\n')).toHaveLength(4);
    expect(host.requests).toEqual([{ fileName: `facepay-orders-${DAY}.csv`, extension: 'csv' }]);
    expect(noted('orders-exported')).toEqual([['screen', 'manager', 'ok', `${DAY} to ${DAY}, all, 2 rows`]]);
  });

  it('is nothing where nobody chose a place', async () => {
    expect(await manager('export.orders', wanted)).toEqual({ ok: true, value: null });
    expect(noted('orders-exported')).toHaveLength(1);
  });

  it('says what the file system has against it, and notes that too', async () => {
    host.save = out('no/such/folder.csv');
    expect(await manager('export.orders', wanted)).toMatchObject({ ok: false, code: 'io' });
    expect(noted('orders-exported').at(-1)).toEqual(['screen', 'manager', 'io', `${DAY} to ${DAY}, all, 0 rows`]);
  });

  it.each([
    [{ ...wanted, fromDay: '2026-02-30' }, 'fromDay'],
    [{ ...wanted, fromDay: '2026-11-24', toDay: '2026-11-23' }, 'toDay'],
    [{ ...wanted, group: 'some' }, 'group'],
    [{ ...wanted, path: '/etc/passwd' }, ''],
  ])('takes no input but days and a group: %j', async (input, field) => {
    expect(await manager('export.orders', input)).toMatchObject({ ok: false, code: 'bad-input', field });
  });
});

describe('a slip', () => {
  it('says how the order ended, when, and by whose hand', async () => {
    expect(await as('cashier', 'slip.read', { orderId: 'cancelled' })).toEqual({
      ok: true,
      value: {
        environment: 'practice',
        storeName: 'FacePay Kiosk',
        deviceId: 'kiosk-1',
        outTradeNo: 'cancelled',
        transactionId: '4200000272201902213633768503',
        amountFen: 1_280,
        knownPaid: true,
        end: { name: 'refunded', proof: 'REFUND' },
        createdAtMs: clock.read().wallMs,
        endedAtMs: clock.read().wallMs + 20_000,
        attemptCount: 0,
        takenBy: { who: 'screen', role: 'cashier' },
        endedBy: { who: 'terminal:alice', role: 'manager' },
      },
    });
  });

  it('is not made for an order that has not ended, nor for an order that is not here', async () => {
    expect(await as('cashier', 'slip.read', { orderId: 'paid' })).toMatchObject({ code: 'no-slip' });
    expect(await as('cashier', 'slip.read', { orderId: 'nowhere' })).toMatchObject({ code: 'order-not-found' });
    expect(await as('cashier', 'slip.print', { orderId: 'paid', page: PAGE })).toMatchObject({
      code: 'order-not-found',
    });
    expect(host.pages).toEqual([]);
  });

  it('is printed, and noted, also where the printer failed', async () => {
    expect(await as('cashier', 'slip.print', { orderId: 'cancelled', page: PAGE })).toEqual({ ok: true, value: null });
    host.prints = false;
    expect(await as('cashier', 'slip.print', { orderId: 'cancelled', page: PAGE })).toMatchObject({
      ok: false,
      code: 'not-printed',
    });
    expect(host.pages).toEqual([PAGE, PAGE]);
    expect(noted('slip-printed')).toEqual([
      ['screen', 'cashier', 'ok', 'cancelled'],
      ['screen', 'cashier', 'not-printed', 'cancelled'],
    ]);
  });

  it('is saved as the picture of the page from before anybody was asked where to', async () => {
    host.save = out('slip.pdf');
    expect(await manager('slip.save', { orderId: 'cancelled', page: PAGE })).toEqual({
      ok: true,
      value: { fileName: 'slip.pdf', count: null },
    });
    expect(readFileSync(out('slip.pdf'), 'utf8')).toBe('%PDF-1.7 made up');
    expect(host.requests).toEqual([{ fileName: 'facepay-slip-cancelled.pdf', extension: 'pdf' }]);
    expect(noted('slip-saved')).toEqual([['screen', 'manager', 'ok', 'cancelled']]);
  });

  it('opens the system’s dialog only for a person who has signed in', async () => {
    host.save = out('never.pdf');
    expect(await as('cashier', 'slip.save', { orderId: 'cancelled', page: PAGE })).toEqual({
      ok: false,
      code: 'forbidden',
      field: null,
    });
    expect([host.requests, host.pages, existsSync(out('never.pdf'))]).toEqual([[], [], false]);
  });

  it('has no paper of any other size', async () => {
    for (const page of [
      { paper: 'a3', heightMm: 100 },
      { paper: '58mm', heightMm: 5_000 },
      { paper: '58mm', heightMm: 10 },
    ]) {
      expect(await as('cashier', 'slip.print', { orderId: 'cancelled', page })).toMatchObject({
        ok: false,
        code: 'bad-input',
      });
    }
  });
});

describe('the audit trail', () => {
  it('is checked by a technician, and that is in it', async () => {
    expect(await as('technician', 'audit.verify')).toMatchObject({ ok: true, value: { findings: [] } });
    expect(noted('audit-verified')).toEqual([['screen', 'technician', 'ok', null]]);
  });

  it('is taken along whole, and the file can be verified later', async () => {
    host.save = out('audit.jsonl');
    const reply = await as('technician', 'audit.export');
    const lines = readFileSync(out('audit.jsonl'), 'utf8').trimEnd().split('\n');
    expect(reply).toEqual({ ok: true, value: { fileName: 'audit.jsonl', count: lines.length - 1 } });
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ type: 'end', ok: true });
    expect(lines.join('\n')).not.toContain(folder);
    expect(verifyJournal(profile.journal('practice'), knownAuditKey(profile))).toMatchObject({
      ok: true,
      value: { findings: [] },
    });
  });
});

describe('an audit trail that cannot be written there', () => {
  it('says why and leaves nothing', async () => {
    host.save = out('no/such/audit.jsonl');
    expect(await as('technician', 'audit.export')).toMatchObject({ ok: false, code: 'io' });
    writeFileSync(out('a-file'), '');
    host.save = out('a-file/audit.jsonl');
    expect(await as('technician', 'audit.export')).toMatchObject({ ok: false, code: 'io' });
    expect(noted('audit-exported').at(-1)).toEqual(['screen', 'technician', 'io', null]);
  });
});

describe('diagnostics', () => {
  it('are saved by a technician, and noted', async () => {
    host.save = out('d.zip');
    expect(await as('technician', 'export.diagnostics')).toEqual({
      ok: true,
      value: { fileName: 'd.zip', count: null },
    });
    expect(Object.keys(unzipSync(readFileSync(out('d.zip'))))).toContain('journal.json');
    expect(noted('diagnostics-saved')).toEqual([['screen', 'technician', 'ok', null]]);
  });

  it('are saved also where the terminal could not be opened', async () => {
    context = contextOver(Promise.resolve(fail({ part: 'settings', code: 'damaged' })));
    host.save = out('broken.zip');
    expect(await as('technician', 'export.diagnostics')).toMatchObject({ ok: true });
    expect(existsSync(out('broken.zip'))).toBe(true);
    expect(await as('technician', 'audit.verify')).toMatchObject({ ok: false, code: 'not-started' });
  });
});

describe('a bill', () => {
  const rows = (): Parameters<typeof billText>[0] => [
    {
      transactionId: '4200000272201902213633768503',
      outTradeNo: 'cancelled',
      mchId: services.merchant.mchId,
      time: `${DAY} 12:00:00`,
    },
    {
      transactionId: '4200000272201902213633760000',
      outTradeNo: 'paid',
      mchId: services.merchant.mchId,
      time: `${DAY} 12:00:00`,
    },
  ];

  it('is compared, its differences are taken along, and both are noted without a path', async () => {
    expect(await manager('bill.export')).toMatchObject({ ok: false, code: 'nothing-compared' });
    writeFileSync(out('bill.csv'), billText(rows()));
    host.open = out('bill.csv');
    host.save = out('differences.csv');
    expect(await manager('bill.compare', { day: null })).toMatchObject({
      ok: true,
      value: {
        kind: 'compared',
        comparison: { day: DAY, rows: 2, matched: 1, counts: [{ kind: 'cancelled-here-paid-in-bill', count: 1 }] },
      },
    });
    expect(await manager('bill.export')).toEqual({ ok: true, value: { fileName: 'differences.csv', count: 1 } });
    expect(noted('bill-compared')).toEqual([['screen', 'manager', 'ok', `${DAY}: 2 rows, 1 match, 1 differ`]]);
    expect(noted('differences-exported')).toEqual([['screen', 'manager', 'ok', `${DAY}, 1 rows`]]);
  });

  it('that is none is refused with its line, and the refusal is noted', async () => {
    writeFileSync(out('none.csv'), billText(rows(), 3));
    host.open = out('none.csv');
    expect(await manager('bill.compare', { day: null })).toEqual({
      ok: true,
      value: { kind: 'refused', problem: 'totals-differ', line: 5, days: [] },
    });
    expect(noted('bill-compared').at(-1)).toEqual(['screen', 'manager', 'totals-differ', 'line 5']);
  });

  it('without an order is compared once its day is said, without choosing it again', async () => {
    writeFileSync(out('empty.csv'), billText([]));
    host.open = out('empty.csv');
    expect(await manager('bill.compare', { day: null })).toMatchObject({ value: { problem: 'no-orders' } });
    host.open = null;
    expect(await manager('bill.compare', { day: DAY })).toMatchObject({
      value: { kind: 'compared', comparison: { day: DAY, rows: 0 } },
    });
    expect(await manager('bill.compare', { day: '2026-02-30' })).toMatchObject({ ok: false, field: 'day' });
  });

  it('is nothing where nobody chose a file, and none is compared while another is', async () => {
    expect(await manager('bill.compare', { day: null })).toEqual({ ok: true, value: { kind: 'nothing-chosen' } });
    host.open = out('bill.csv');
    const [first, second] = await Promise.all([
      manager('bill.compare', { day: null }),
      manager('bill.compare', { day: null }),
    ]);
    expect([first.ok, second]).toEqual([true, { ok: false, code: 'busy-comparing', field: null }]);
  });
});

it('leaves no half files anywhere', () => {
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
});
