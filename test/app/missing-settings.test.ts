/** settings.json that is gone, empty, damaged or from before the set-up, in the profile of a terminal that takes real payments. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditKeyOf, noteAtOnce } from '../../electron/app/audit/audit-trail.ts';
import { profileIn, type Profile } from '../../electron/app/settings/profile.ts';
import { settingsCheck } from '../../electron/app/self-test/settings-checks.ts';
import { settingsStore } from '../../electron/app/settings/settings-store.ts';
import { isFresh } from '../../electron/app/setup/setup-state.ts';
import { unsettledOnDisk } from '../../electron/app/orders/unsettled-orders.ts';
import { silentLog } from '../../electron/base/log.ts';
import { THE_APP } from '../../electron/orders/machine/actor.ts';
import { openJournal } from '../../electron/orders/open-journal.ts';
import { createThrowawayCa } from '../../electron/practice/throwaway-ca.ts';
import { openServices } from '../../electron/app/open-services.ts';
import type { Notice } from '../../shared/ipc.ts';
import { merchantSchema } from '../../shared/settings.ts';
import { writeActs } from '../support/orders/audit-file.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { CHEAP } from '../support/secrets/scrypt.ts';
import { noSecretBox } from '../../electron/vault/secret-box.ts';

const merchant = merchantSchema.parse({ appid: 'wx2428e34e0e7dc6ef', mchId: '1900000109' });
const other = merchantSchema.parse({ appid: 'wx2428e34e0e7dc6ef', mchId: '1900000110' });
const issued = await (await createThrowawayCa(new FakeClock().read().wallMs)).issueMerchant(merchant.mchId);
const credentials = { apiKey: 'k'.repeat(32), certPem: issued.certPem, keyPem: issued.keyPem, caPem: null };

let folder: string;
let profile: Profile;
const store = (): ReturnType<typeof settingsStore> => settingsStore(profile, '', noSecretBox, CHEAP);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'facepay-missing-'));
  profile = profileIn(folder);
  expect((await store().setMerchant(merchant, credentials)).ok).toBe(true);
  // Orders for real money, some of them still open.
  writeActs(profile.journal('live'), 6, auditKeyOf(profile));
  const db = new DatabaseSync(profile.journal('live'));
  db.exec("UPDATE meta SET value = 'live' WHERE name = 'environment'");
  db.close();
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const copyOf = (): string => `${profile.settings}.kept`;
const lose = (how: 'gone' | 'empty' | 'zeroes'): void => {
  if (how === 'gone') rmSync(profile.settings);
  else writeFileSync(profile.settings, how === 'empty' ? '' : Buffer.alloc(500));
};

async function opened(program: 'app' | 'command'): Promise<{ readonly said: string; readonly notices: string[] }> {
  const notices: Notice[] = [];
  const services = await openServices({
    profile,
    store: store(),
    clock: new FakeClock(),
    log: silentLog,
    program,
    onChange: () => undefined,
    onStage: () => undefined,
    onNotice: (notice) => notices.push(notice),
  });
  if (services.ok) await services.value.close(0);
  const said = services.ok
    ? `${services.value.environment} ${services.value.merchant.mchId}`
    : `${services.error.part}:${services.error.code}`;
  return { said, notices: notices.map(({ code }) => code) };
}

describe.each(['gone', 'empty', 'zeroes'] as const)('settings that are %s', (how) => {
  it('are put back from their copy by the app, which says so once, and the terminal goes on for its merchant', async () => {
    const before = readFileSync(profile.settings, 'utf8');
    lose(how);
    expect((await opened('command')).said, 'a command reads the copy and changes nothing').toBe('live 1900000109');
    expect(existsSync(profile.settings) ? readFileSync(profile.settings, 'utf8') : '').not.toBe(before);
    expect(await opened('app')).toEqual({ said: 'live 1900000109', notices: ['settings-restored'] });
    expect(readFileSync(profile.settings, 'utf8')).toBe(before);
    expect((await opened('app')).notices).toEqual([]);
  });

  it('without a copy are said to be missing: nothing is practised, no one is new here, and the self-test fails', async () => {
    lose(how);
    rmSync(copyOf());
    expect((await opened('app')).said).toBe('settings:settings-missing');
    expect((await opened('command')).said).toBe('settings:settings-missing');
    expect(existsSync(profile.journal('practice'))).toBe(false);
    expect(
      isFresh({
        store: store(),
        pins: {
          technicianSet: () => false,
          problemOf: () => null,
          set: () => Promise.resolve({ ok: false, error: 'not-saved' }),
        },
      }),
    ).toBe(false);
    expect(settingsCheck(store().settings(), null)).toMatchObject({ verdict: 'fail', code: 'missing' });
  });

  it('without a copy can be set up again only for the merchant whose orders are open', async () => {
    expect(
      noteAtOnce(profile, 'live', 0, THE_APP, {
        type: 'noted',
        act: 'set-up',
        outcome: 'ok',
        about: 'merchant 1900000109, protection device',
      }),
    ).toBe(true);
    lose(how);
    rmSync(copyOf());
    expect(unsettledOnDisk(profile, store(), other, 0)).toBe('orders-unsettled');
    expect(unsettledOnDisk(profile, store(), merchant, 0)).toBeNull();
    const switched = await store().switchTo({
      merchant,
      terminal: { ...readTerminal() },
      credentials,
      seal: { protection: 'device' },
    });
    if (!switched.ok) throw new Error(switched.error);
    expect((await opened('app')).said).toBe('live 1900000109');
    expect(store().restore(switched.value).ok, 'taken back').toBe(true);
    expect(store().settings()).toEqual({ ok: false, error: 'settings-missing' });
  });
});

const readTerminal = (): Parameters<ReturnType<typeof settingsStore>['setTerminal']>[0] => {
  const fresh = settingsStore(profileIn(join(folder, 'nowhere')), '').settings();
  if (!fresh.ok) throw new Error(fresh.error);
  return fresh.value.terminal;
};

it.each(['open', 'attention'])(
  'settings from before the set-up do not make a practice terminal of one with orders of real money that are %s',
  async (standing) => {
    const db = new DatabaseSync(profile.journal('live'));
    db.prepare("UPDATE orders SET standing = ? WHERE standing IN ('open', 'attention')").run(standing);
    db.close();
    const fresh = { merchant: null, terminal: readTerminal() };
    writeFileSync(profile.settings, JSON.stringify(fresh));
    expect((await opened('app')).said).toBe('settings:settings-missing');
    expect(unsettledOnDisk(profile, store(), other, 0)).toBe('orders-unknown');
  },
);

it('nobody’s journal decides for another: where the trail does not name the merchant, no set-up takes its orders over', () => {
  lose('gone');
  rmSync(copyOf());
  const made = openJournal(profile.journal('live'), 'live', 0, auditKeyOf(profile));
  if (made.ok) made.value.journal.close();
  expect(unsettledOnDisk(profile, store(), merchant, 0)).toBe('orders-unknown');
});

it('settings that name no merchant, beside the sealed file of a set-up that was never switched to, are a practice terminal’s', async () => {
  const blank = profileIn(join(folder, 'blank'));
  const first = settingsStore(blank, '', noSecretBox, CHEAP);
  expect((await first.setMerchant(merchant, credentials)).ok).toBe(true);
  const before = JSON.stringify({ merchant: null, terminal: readTerminal() });
  writeFileSync(blank.settings, before);
  expect(first.settings()).toMatchObject({ ok: true, value: { merchant: null } });
});

it('a copy that is out of date is renewed at the start', () => {
  const settings = store().settings();
  if (!settings.ok) throw new Error(settings.error);
  const edited = JSON.stringify({ ...settings.value, terminal: { ...settings.value.terminal, storeName: '新店' } });
  writeFileSync(profile.settings, edited);
  expect(store().secure()).toBe(false);
  expect(readFileSync(copyOf(), 'utf8')).toBe(edited);
});

describe('settings that do not parse', () => {
  const damage = '{"merchant":';
  const asideIn = (): string[] => readdirSync(folder).filter((name) => name.startsWith('settings.json.damaged-'));

  it('are put back from their copy by the app, which says so once and keeps what was there beside', async () => {
    const before = readFileSync(profile.settings, 'utf8');
    writeFileSync(profile.settings, damage);
    expect((await opened('command')).said, 'a command reads the copy and changes nothing').toBe('live 1900000109');
    expect([readFileSync(profile.settings, 'utf8'), asideIn()]).toEqual([damage, []]);
    expect(await opened('app')).toEqual({ said: 'live 1900000109', notices: ['settings-restored'] });
    expect(readFileSync(profile.settings, 'utf8')).toBe(before);
    expect(asideIn().map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual([damage]);
    expect((await opened('app')).notices).toEqual([]);
  });

  it('are put aside, and not written over, by whoever stores other settings first', () => {
    writeFileSync(profile.settings, damage);
    expect(store().setTerminal({ ...readTerminal(), storeName: '江边便利店' })).toEqual({ ok: true, value: null });
    expect(store().settings()).toMatchObject({ ok: true, value: { merchant: { mchId: merchant.mchId } } });
    expect(asideIn().map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual([damage]);
  });

  it('stay as they are where the copy does not parse either, and the terminal says that they are damaged', async () => {
    writeFileSync(profile.settings, damage);
    writeFileSync(copyOf(), damage);
    expect((await opened('app')).said).toBe('settings:damaged');
    expect([readFileSync(profile.settings, 'utf8'), asideIn()]).toEqual([damage, []]);
  });
});

it('a copy that can be neither written nor taken away keeps nobody from starting, nor settings from being changed', async () => {
  rmSync(copyOf());
  mkdirSync(copyOf());
  expect(await opened('app')).toEqual({ said: 'live 1900000109', notices: [] });
  expect(store().setTerminal({ ...readTerminal(), storeName: '江边便利店' })).toEqual({ ok: true, value: null });
});
