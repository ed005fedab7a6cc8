/**
 * Acts that change no order are recorded: who did what in which role, and the result. Refused acts are recorded too.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditTrail, knownAuditKey } from '../../../electron/app/audit/audit-trail.ts';
import { dispatch, type DispatchContext } from '../../../electron/app/dispatch.ts';
import { createHandlers } from '../../../electron/app/command-table.ts';
import { profileIn } from '../../../electron/app/settings/profile.ts';
import { settingsStore } from '../../../electron/app/settings/settings-store.ts';
import { silentLog } from '../../../electron/base/log.ts';
import { verifyJournal } from '../../../electron/orders/audit/audit-file.ts';
import type { NoteEntry } from '../../../electron/orders/journal/journal.ts';
import { timelineOf } from '../../../electron/orders/views/timeline.ts';
import { openServices } from '../../../electron/app/open-services.ts';
import type { Services } from '../../../electron/app/core/services.ts';
import { fail, ok } from '../../../shared/result.ts';
import { JOURNAL_RETRY_MS } from '../../../shared/timing.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { noExports } from '../../support/terminal/no-host.ts';
import { idleStaff } from '../../support/terminal/staff.ts';
import { idleSelfTest } from '../../support/terminal/idle-self-test.ts';

const CASHIER = { who: 'screen', role: 'cashier' } as const;

describe('the screen’s acts', () => {
  const clock = new FakeClock();
  let folder: string;
  let services: Services;
  let context: DispatchContext;
  const call = (name: string, input: unknown = {}): ReturnType<typeof dispatch> =>
    dispatch(context, CASHIER, name, input);
  const profile = (): ReturnType<typeof profileIn> => profileIn(folder);
  const logged = (): unknown[] => {
    const db = new DatabaseSync(profile().journal('practice'), { readOnly: true });
    const rows = db
      .prepare(
        "SELECT order_id, actor, role, event ->> '$.type' AS type, event ->> '$.act' AS act, event ->> '$.outcome' AS outcome, event ->> '$.about' AS about FROM entries ORDER BY seq",
      )
      .all();
    db.close();
    return rows.map((row) => Object.values(row));
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'facepay-test-'));
    const quiet = { onChange: () => undefined, onStage: () => undefined, onNotice: () => undefined };
    const opened = await openServices({
      profile: profile(),
      store: settingsStore(profile(), ''),
      clock,
      log: silentLog,
      ...quiet,
    });
    if (!opened.ok) throw new Error(opened.error.code);
    services = opened.value;
    context = {
      handlers: createHandlers({
        app: { version: '1.2.3', build: null, host: { kind: 'stand-in', electron: '45.4.1' } },
        notices: () => [],
        staff: idleStaff,
        selfTest: idleSelfTest,
        exports: noExports(),
      }),
      opening: Promise.resolve(ok(services)),
      log: silentLog,
    };
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('are entries, done or refused, and the trail verifies', async () => {
    services.audit.byApp('app-started', '1.2.3');
    await call('order.find', { number: 'pos-1' });
    await call('order.cancel', { orderId: 'pos-1' });
    await call('order.keep', { orderId: 'pos-1' });
    await call('order.withdraw', { orderId: 'pos-none' });
    await call('app.set-language', { language: 'en' });
    await call('practice.set-scenario', { scenario: 'slow' });
    const timeline = timelineOf(services.journal.history('pos-1')).map(({ what }) => what);
    services.audit.byApp('app-stopped', '1.2.3');
    const closing = services.close(0);
    await clock.advance(0);
    await closing;
    expect(logged()).toEqual([
      [null, 'app', null, 'noted', 'app-started', 'ok', '1.2.3'],
      ['pos-1', 'screen', 'cashier', 'registered', null, null, null],
      ['pos-1', 'screen', 'cashier', 'cancel-tapped', null, null, null],
      ['pos-1', 'screen', 'cashier', 'noted', 'keep-chosen', 'nothing-to-choose', null],
      [null, 'screen', 'cashier', 'noted', 'cancel-withdrawn', 'order-not-found', 'pos-none'],
      [null, 'screen', 'cashier', 'noted', 'language-changed', 'ok', 'en'],
      [null, 'screen', 'cashier', 'noted', 'scenario-chosen', 'ok', 'slow'],
      [null, 'app', null, 'noted', 'app-stopped', 'ok', '1.2.3'],
    ]);
    expect(timeline, 'a refused act is not in the story of the money').toEqual(['registered', 'cancel-armed']);
    expect(verifyJournal(profile().journal('practice'), knownAuditKey(profile()))).toMatchObject({
      ok: true,
      value: { entries: 8, findings: [] },
    });
  });
});

describe('a journal that cannot be written', () => {
  const tap = { type: 'cancel-tapped', by: 'cashier' } as const;
  function failing(): { trail: ReturnType<typeof auditTrail>; clock: FakeClock; tries: () => number; written: NoteEntry[]; mend: () => void } {
    const clock = new FakeClock();
    const written: NoteEntry[] = [];
    let tries = 0;
    let works = false;
    const note = (_orderId: string | null, entry: NoteEntry): ReturnType<Services['journal']['note']> => {
      tries += 1;
      if (!works) return fail({ kind: 'disk-full' });
      written.push(entry);
      return ok(null);
    };
    return { trail: auditTrail({ note }, clock), clock, tries: () => tries, written, mend: () => { works = true; } };
  } // prettier-ignore

  it('gets the refused act later, with the time at which it was refused, and not at once a second time', async () => {
    const { trail, clock, tries, written, mend } = failing();
    const atMs = clock.read().wallMs;
    trail.refused(CASHIER, 'pos-1', tap, 'not-saved');
    expect(tries(), 'the person does not wait for the same failure twice').toBe(0);
    await clock.advance(JOURNAL_RETRY_MS);
    expect([tries(), written]).toEqual([1, []]);
    mend();
    await clock.advance(JOURNAL_RETRY_MS);
    expect(written).toEqual([
      { atMs, actor: CASHIER, event: { type: 'noted', act: 'cancel-tapped', outcome: 'not-saved', about: null } },
    ]);
  });

  it('is not asked again after the trail is closed', async () => {
    const { trail, clock, tries } = failing();
    trail.note(CASHIER, 'language-changed', 'ok', 'en');
    trail.close();
    expect(tries()).toBe(2);
    await clock.advance(10 * JOURNAL_RETRY_MS);
    expect(tries()).toBe(2);
  });

  it('does not fill the memory', async () => {
    const { trail, clock, written, mend } = failing();
    for (let n = 0; n < 10_000; n += 1) trail.refused(CASHIER, 'pos-1', tap, 'not-saved');
    mend();
    await clock.advance(JOURNAL_RETRY_MS);
    expect(written.length).toBe(200);
  });

  it('is told no secret', () => {
    const { trail, written, mend } = failing();
    mend();
    trail.note(CASHIER, 'cancel-tapped', 'order-not-found', 'face_code=1234567890');
    expect(written[0]?.event.about).toBe('face_code=[hidden]');
  });
});
