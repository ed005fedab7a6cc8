/**
 * All services without a screen, against the practice gateway over mutual TLS, in real time: with each way to set up a
 * merchant, a payment hangs and is cancelled. They run side by side, so it lasts as long as one window.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readMerchantFile } from '../../electron/app/setup/merchant-file.ts';
import { profileIn } from '../../electron/app/settings/profile.ts';
import { settingsStore } from '../../electron/app/settings/settings-store.ts';
import { systemClock } from '../../electron/base/clock.ts';
import { silentLog } from '../../electron/base/log.ts';
import { startPracticeGateway } from '../../electron/practice/gateway-server.ts';
import { newPracticeMerchant, writeMerchantFile } from '../../electron/practice/practice-merchant.ts';
import { openServices } from '../../electron/app/open-services.ts';
import { changes, waitUntil } from '../../electron/cli/session.ts';
import type { Notice } from '../../shared/ipc.ts';

const WAIT_MS = 300_000;

const SET_UPS = [
  { family: 'facepay', signType: 'HMAC-SHA256', partner: {} },
  { family: 'facepay', signType: 'MD5', partner: {} },
  { family: 'micropay', signType: 'HMAC-SHA256', partner: {} },
  { family: 'micropay', signType: 'MD5', partner: { subMchId: '1900000100' } },
  { family: 'facepay', signType: 'HMAC-SHA256', partner: { subMchId: '1900000100', subAppid: 'wx7777777777777777' } },
] as const;

test.concurrent.each(SET_UPS)(
  '$family with $signType, partner $partner: hangs, is cancelled, is proved',
  async ({ family, signType, partner }) => {
    const folder = mkdtempSync(join(tmpdir(), 'facepay-services-'));
    const clock = systemClock();
    const merchant = { ...newPracticeMerchant(), ...partner };
    const gateway = await startPracticeGateway({ clock, merchant, scenario: 'recall-twice' });
    const { path } = await writeMerchantFile(gateway, join(folder, 'gateway'), { family, signType });
    const setUp = readMerchantFile(path, clock.read().wallMs);
    if (!setUp.ok) throw new Error(JSON.stringify(setUp.error));
    const profile = profileIn(join(folder, 'profile'));
    const store = settingsStore(profile, '');
    expect((await store.setMerchant(setUp.value.merchant, setUp.value.credentials)).ok).toBe(true);
    const changed = changes();
    const notices: Notice[] = [];
    const announce = (): void => {
      changed.announce();
    };
    const opened = await openServices({
      profile,
      store,
      clock,
      log: silentLog,
      onChange: announce,
      onStage: announce,
      onNotice: (notice) => {
        notices.push(notice);
      },
    });
    if (!opened.ok) throw new Error(JSON.stringify(opened.error));
    const { engine, till, journal, environment } = opened.value;
    expect(environment).toBe('practice');
    engine.start();
    // On a busy machine a call may come too late: then there is no order, or one that has ended. A cashier would take
    // the payment again.
    const cancelled = async (tries: number): Promise<string> => {
      till.take(1_234);
      await waitUntil(() => ['order', 'stopped'].includes(till.stage().name), changed, clock, WAIT_MS);
      const stage = till.stage();
      if (stage.name === 'order' && engine.tell(stage.orderId, { type: 'cancel-tapped', by: 'cashier' }).ok)
        return stage.orderId;
      if (tries === 1) expect.fail(`no payment that hangs: ${JSON.stringify(stage)}`);
      return cancelled(tries - 1);
    };
    const orderId = await cancelled(10);
    const phase = (): string | undefined => journal.load(orderId)?.order.phase.name;
    await waitUntil(() => phase() === 'cancelled', changed, clock, WAIT_MS);
    expect(phase()).toBe('cancelled');
    // Two reverses that are answered "call again" and one that is not, and perhaps some that came too late; what
    // arrived was on disk before.
    const came = gateway.requests.filter(({ path }) => path.includes('reverse')).length;
    expect(came).toBeGreaterThanOrEqual(3);
    expect(journal.load(orderId)?.order.reverse.count).toBeGreaterThanOrEqual(came);
    expect(gateway.ledger.verdict(orderId)).toMatchObject({ charged: false });
    expect(gateway.ledger.violations).toEqual([]);
    expect(notices.filter(({ code }) => code !== 'offline')).toEqual([]);
    expect(notices.at(-1)?.on ?? false).toBe(false);
    await opened.value.close(1_000);
    await gateway.close();
    rmSync(folder, { recursive: true, force: true });
  },
);
