/**
 * A technician's commands for the local API, over real services: what they do, and their entries in the audit trail.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dispatch, type DispatchContext } from '../../../electron/app/dispatch.ts';
import { createHandlers } from '../../../electron/app/command-table.ts';
import { profileIn, type Profile } from '../../../electron/app/settings/profile.ts';
import { settingsStore } from '../../../electron/app/settings/settings-store.ts';
import { silentLog } from '../../../electron/base/log.ts';
import { openServices } from '../../../electron/app/open-services.ts';
import type { Services } from '../../../electron/app/core/services.ts';
import { posCommands } from '../../../shared/contract/pos.ts';
import { ok } from '../../../shared/result.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { freePort } from '../../support/terminal/pos-shop.ts';
import { idleSelfTest } from '../../support/terminal/idle-self-test.ts';
import { noExports } from '../../support/terminal/no-host.ts';
import { idleStaff } from '../../support/terminal/staff.ts';

const TECHNICIAN = { who: 'technician', role: 'technician' } as const;
const clock = new FakeClock();
let profile: Profile;
let services: Services;
let context: DispatchContext;

beforeAll(async () => {
  profile = profileIn(mkdtempSync(join(tmpdir(), 'facepay-test-')));
  const quiet = { onChange: () => undefined, onStage: () => undefined, onNotice: () => undefined };
  const opened = await openServices({ profile, store: settingsStore(profile, ''), clock, log: silentLog, ...quiet });
  if (!opened.ok) throw new Error(opened.error.code);
  services = opened.value;
  context = {
    handlers: createHandlers({
      app: { version: '1', build: null, host: { kind: 'stand-in', electron: '45.4.1' } },
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
  rmSync(profile.folder, { recursive: true, force: true });
});

const call = (name: string, input: unknown = {}): ReturnType<typeof dispatch> =>
  dispatch(context, TECHNICIAN, name, input);

it('a technician switches it on, makes a token, renews and revokes it; each is an entry, and none tells the secret', async () => {
  const port = await freePort();
  await services.pos.start();
  expect(await call('pos.status')).toMatchObject({ ok: true, value: { enabled: false, running: false, token: null } });
  expect(await call('pos.switch', { enabled: true, port: 80 })).toEqual({
    ok: false,
    code: 'bad-input',
    field: 'port',
  });
  expect(await call('pos.switch', { enabled: true, port })).toMatchObject({
    ok: true,
    value: { enabled: true, running: true, port },
  });
  const made = await call('pos.renew-token');
  if (!made.ok) throw new Error(made.code);
  const { token, status } = posCommands['pos.renew-token'].output.parse(made.value);
  const answer = await fetch(`http://127.0.0.1:${String(port)}/v1/orders`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ outTradeNo: 'pos-1', paidAt: null }),
  });
  expect(answer.status).toBe(201);
  await call('pos.revoke-token');
  await call('pos.switch', { enabled: false, port });
  const closing = services.close(0);
  await clock.advance(0);
  await closing;
  const db = new DatabaseSync(profile.journal('practice'), { readOnly: true });
  const rows = db
    .prepare(
      "SELECT order_id, actor, role, event ->> '$.type', event ->> '$.act', event ->> '$.outcome', event ->> '$.about' FROM entries ORDER BY seq",
    )
    .all();
  db.close();
  const id = status.token?.id ?? '';
  expect(rows.map((row) => Object.values(row))).toEqual([
    [null, 'technician', 'technician', 'noted', 'pos-api-switched', 'ok', `on, port ${String(port)}`],
    [null, 'technician', 'technician', 'noted', 'pos-token-made', 'ok', `token ${id}`],
    ['pos-1', `pos:${id}`, 'cashier', 'registered', null, null, null],
    [null, 'technician', 'technician', 'noted', 'pos-token-revoked', 'ok', `token ${id}`],
    [null, 'technician', 'technician', 'noted', 'pos-api-switched', 'ok', 'off'],
  ]);
  for (const file of [profile.journal('practice'), profile.posApi])
    expect(readFileSync(file, 'latin1')).not.toContain(token);
});
