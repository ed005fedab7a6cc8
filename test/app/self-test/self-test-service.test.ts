/** The self-test's commands, on a terminal that could not be opened: one run at a time, its report kept. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { dispatch, type DispatchContext } from '../../../electron/app/dispatch.ts';
import { createHandlers } from '../../../electron/app/command-table.ts';
import { profileIn, type Profile } from '../../../electron/app/settings/profile.ts';
import { settingsStore } from '../../../electron/app/settings/settings-store.ts';
import { terminalHost } from '../../../electron/app/self-test/host-check.ts';
import { inspectionOrTrouble } from '../../../electron/app/self-test/journal-inspection.ts';
import type { SelfTestService } from '../../../electron/app/self-test/self-test-handlers.ts';
import { selfTestService, type SelfTestServiceParts } from '../../../electron/app/self-test/self-test-service.ts';
import { systemClock } from '../../../electron/base/clock.ts';
import { silentLog } from '../../../electron/base/log.ts';
import { checkIdSchema } from '../../../shared/self-test/self-test.ts';
import { ok } from '../../../shared/result.ts';
import { merchantSchema, terminalSchema } from '../../../shared/settings.ts';
import { noExports } from '../../support/terminal/no-host.ts';
import { idleStaff } from '../../support/terminal/staff.ts';
import { temporaryFolder } from '../../support/command.ts';

const screen = { width: 1_280, height: 800, pixelRatio: 1, touchPoints: 5, drawsChinese: true, corners: null };
const TECHNICIAN = { who: 'screen', role: 'technician' } as const;

let profile: Profile;
let noted: string[];
let told: string[];
beforeEach(() => {
  profile = profileIn(join(temporaryFolder(), 'profile'));
  noted = [];
  told = [];
});

function serviceOf(changes: Partial<SelfTestServiceParts>): SelfTestService {
  return selfTestService({
    profile,
    store: settingsStore(profile, ''),
    clock: systemClock(),
    log: silentLog,
    version: '1.2.3',
    host: terminalHost('24.0.0'),
    inspectJournal: (folder, environment) => Promise.resolve(inspectionOrTrouble(folder, environment)),
    practice: () => Promise.resolve(null),
    onLine: ({ id }) => told.push(id),
    note: ({ role }, outcome) => noted.push(`${role} ${outcome}`),
    print: (onto) => Promise.resolve(ok(onto === 'pdf' ? 'report.pdf' : null)),
    ...changes,
  });
}

function open(changes: Partial<SelfTestServiceParts> = {}): DispatchContext {
  const selfTest = serviceOf(changes);
  return {
    handlers: createHandlers({
      app: { version: '1.2.3', build: null, host: { kind: 'stand-in', electron: '45.4.1' } },
      notices: () => [],
      staff: idleStaff,
      selfTest,
      exports: noExports(),
    }),
    opening: Promise.resolve({ ok: false, error: { part: 'settings', code: 'damaged' } }),
    log: silentLog,
  };
}

it('says what the face SDK refused at a payment, and does not count that against an update', async () => {
  const gateway = 'https://127.0.0.1:1';
  const merchant = merchantSchema.parse({
    appid: 'wx1',
    mchId: '1900000109',
    gateway: { primary: gateway },
    faceGateway: gateway,
    device: 'sdk-bridge',
    faceHelper: { program: '/no/such/helper', library: '/no/such/sdk.so' },
  });
  const settings = ok({ merchant, terminal: terminalSchema.parse({}) });
  let asked = 0;
  const service = serviceOf({
    store: { ...settingsStore(profile, ''), settings: () => settings },
    faceTrouble: () => {
      asked += 1;
      return Promise.resolve(null);
    },
  });
  expect(await service.fails()).toContain('face-device');
  expect(asked).toBe(0);
  await service.run(screen, TECHNICIAN);
  expect(asked).toBe(1);
});

const call = (context: DispatchContext, name: string, input: unknown = {}): ReturnType<typeof dispatch> =>
  dispatch(context, TECHNICIAN, name, input);
const linesOf = (reply: Awaited<ReturnType<typeof dispatch>>): Record<string, string> => {
  const value = reply.ok ? reply.value : null;
  if (typeof value !== 'object' || value === null || !('lines' in value)) throw new Error('no report');
  return Object.fromEntries(value.lines.map(({ id, code }) => [id, code]));
};

describe('a self-test of a terminal that could not be opened', () => {
  it('runs, tells each line, writes down who ran it, and is there to be read after a restart', async () => {
    const context = open();
    expect(await call(context, 'self-test.last')).toEqual({ ok: true, value: null });
    const run = await call(context, 'self-test.run', { screen });
    expect(linesOf(run)).toMatchObject({ settings: 'practising', screen: 'fits', touch: 'untried', journal: 'none' });
    expect([told.length, noted]).toEqual([checkIdSchema.options.length, ['technician warn']]);
    expect(await call(context, 'self-test.last')).toEqual(run);
    expect(await call(open(), 'self-test.last')).toEqual(run);
  });

  it('is one at a time', async () => {
    let go: (() => void) | undefined;
    const waiting = new Promise<null>((resolve) => {
      go = () => {
        resolve(null);
      };
    });
    const context = open({ practice: () => waiting });
    const first = call(context, 'self-test.run', { screen });
    expect(await call(context, 'self-test.run', { screen })).toEqual({
      ok: false,
      code: 'already-running',
      field: null,
    });
    expect(await call(context, 'self-test.screen', { screen })).toEqual({
      ok: false,
      code: 'already-running',
      field: null,
    });
    go?.();
    expect(await first).toMatchObject({ ok: true });
    expect(await call(context, 'self-test.run', { screen })).toMatchObject({ ok: true });
  });

  it('judges only the screen again', async () => {
    const context = open();
    expect(await call(context, 'self-test.screen', { screen })).toEqual({ ok: false, code: 'no-report', field: null });
    const run = linesOf(await call(context, 'self-test.run', { screen }));
    const again = await call(context, 'self-test.screen', { screen: { ...screen, corners: 4 } });
    expect(linesOf(again)).toEqual({ ...run, touch: 'works' });
    expect(await call(open(), 'self-test.last')).toEqual(again);
  });

  it('has a report that is no report forgotten, and survives a disk that takes none', async () => {
    await call(open(), 'self-test.run', { screen });
    expect(existsSync(profile.selfTest)).toBe(true);
    writeFileSync(profile.selfTest, '{"lines":[{"id":"query","verdict":"ok","code":"signature","figures":{}}]}');
    expect(await call(open(), 'self-test.last')).toEqual({ ok: true, value: null });
    const file = join(profile.folder, 'a-file');
    writeFileSync(file, '');
    profile = profileIn(join(file, 'profile'));
    const context = open();
    const run = await call(context, 'self-test.run', { screen });
    expect(linesOf(run)).toMatchObject({ 'disk-sync': 'refused' });
    expect(await call(context, 'self-test.last')).toEqual(run);
  });

  it('is printed, and says what became of the file', async () => {
    expect(await call(open(), 'self-test.print', { onto: 'pdf' })).toEqual({ ok: true, value: 'report.pdf' });
    expect(await call(open(), 'self-test.print', { onto: 'printer' })).toEqual({ ok: true, value: null });
  });

  it('takes no screen that there cannot be', async () => {
    for (const bad of [{ ...screen, corners: 5 }, { ...screen, width: -1 }, { ...screen, secret: 1 }, null]) {
      expect(await call(open(), 'self-test.run', { screen: bad })).toMatchObject({ ok: false, code: 'bad-input' });
    }
  });
});
