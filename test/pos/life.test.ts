/** Switching on and off, the token's life, a port in use, an unreadable file; and the technician's commands. */
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { basename } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PORT_RETRY_MS } from '../../electron/pos/listening.ts';
import { createPosApi, type PosApi } from '../../electron/pos/pos-api.ts';
import { redactText } from '../../electron/base/redact.ts';
import { silentLog, type Log } from '../../electron/base/log.ts';
import { POS_PORT } from '../../shared/contract/pos.ts';
import type { Notice } from '../../shared/ipc.ts';
import { freePort, openPosShop, refusalIn, type PosShop } from '../support/terminal/pos-shop.ts';

let shop: PosShop;

beforeEach(async () => {
  shop = await openPosShop();
});
afterEach(async () => {
  await shop.close();
});

const health = async (port = shop.port): Promise<number | 'nobody'> => {
  try {
    return (await fetch(`http://127.0.0.1:${String(port)}/v1/health`)).status;
  } catch {
    return 'nobody';
  }
};

/** The API as the app's next run opens it. */
function again(notices: Notice[] = [], log: Log = silentLog): PosApi {
  const posOrders = {
    wallOfLate: never,
    register: never,
    pay: never,
    find: () => null,
    act: never,
    unsettled: () => [],
    changedSince: () => ({ seq: 0, orderIds: [] }),
    load: () => null,
  };
  return createPosApi({
    file: shop.file,
    posOrders,
    clock: shop.clock,
    log,
    onNotice: (notice) => notices.push(notice),
  });
}
const never = (): never => {
  throw new Error('not asked for');
};

describe('the local API', () => {
  it('is off until somebody switches it on', async () => {
    const file = `${shop.file}.none`;
    const fresh = createPosApi({
      file,
      posOrders: {
        wallOfLate: never,
        register: never,
        pay: never,
        find: never,
        act: never,
        unsettled: never,
        changedSince: never,
        load: never,
      },
      clock: shop.clock,
      log: silentLog,
      onNotice: never,
    });
    await fresh.start();
    expect(fresh.status()).toEqual({ enabled: false, port: POS_PORT, running: false, problem: null, token: null });
    expect(await health(POS_PORT)).toBe('nobody');
  });

  it('goes on at the next start where it was on, at another port when told, and not where it was off', async () => {
    await shop.pos.close();
    expect(await health()).toBe('nobody');
    const next = again();
    await next.start();
    expect([await health(), next.status().token]).toEqual([200, shop.pos.status().token]);
    const other = await freePort();
    await next.switchTo({ enabled: true, port: other });
    expect([await health(), await health(other)]).toEqual(['nobody', 200]);
    await next.switchTo({ enabled: false, port: other });
    expect(await health(other)).toBe('nobody');
    const after = again();
    await after.start();
    expect([await health(other), after.status().enabled]).toEqual(['nobody', false]);
  });

  it('says when its port is taken, goes on without, and takes it as soon as it is free', async () => {
    await shop.pos.close();
    const taken = createServer();
    await new Promise<void>((resolve) => void taken.listen(shop.port, '127.0.0.1', resolve));
    const notices: Notice[] = [];
    const next = again(notices);
    await next.start();
    expect([notices, next.status()]).toMatchObject([
      [{ code: 'pos-api-stopped', on: true, detail: `127.0.0.1:${String(shop.port)}` }],
      { running: false, problem: 'port-in-use' },
    ]);
    await shop.clock.advance(PORT_RETRY_MS);
    await new Promise((resolve) => taken.close(resolve));
    while (!next.status().running) await shop.clock.advance(PORT_RETRY_MS);
    expect([notices.map(({ on }) => on), await health()]).toEqual([[true, false], 200]);
    await next.close();
  });

  it('whose file is gone, empty or damaged goes on with its copy’s settings, without a notice', async () => {
    await shop.pos.close();
    const { token } = shop.pos.status();
    for (const spoil of [
      () => {
        rmSync(shop.file);
      },
      () => {
        writeFileSync(shop.file, '');
      },
      () => {
        writeFileSync(shop.file, '{');
      },
    ]) {
      // prettier-ignore
      spoil();
      const notices: Notice[] = [];
      const next = again(notices);
      await next.start();
      expect([await health(), next.status(), notices]).toMatchObject([
        200,
        { enabled: true, problem: null, token },
        [],
      ]);
      await next.close();
    }
  });

  it('whose file cannot be read is said on the screen and in the log, and comes back by itself once it can', async () => {
    await shop.pos.close();
    const text = readFileSync(shop.file);
    rmSync(shop.file);
    rmSync(`${shop.file}.kept`, { force: true });
    mkdirSync(shop.file);
    const notices: Notice[] = [];
    const lines: string[] = [];
    const next = again(notices, { ...silentLog, warn: (_fields, message) => void lines.push(message) });
    await next.start();
    await shop.clock.advance(3 * PORT_RETRY_MS);
    expect([notices, lines, await health()]).toEqual([
      [{ code: 'pos-settings-unreadable', on: true, detail: basename(shop.file) }],
      ['the settings of the local API cannot be read'],
      'nobody',
    ]);
    expect(next.renewToken()).toEqual({ ok: false, error: 'not-saved' });
    expect(readdirSync(shop.file)).toEqual([]);
    rmSync(shop.file, { recursive: true });
    writeFileSync(shop.file, text);
    while (!next.status().running) await shop.clock.advance(PORT_RETRY_MS);
    expect([notices.map(({ on }) => on), await health(), next.status().problem]).toEqual([[true, false], 200, null]);
    await next.close();
  });

  it('whose file does not parse is off, says so, and leaves the file as it is until told', async () => {
    await shop.pos.close();
    rmSync(`${shop.file}.kept`, { force: true });
    for (const text of [
      '',
      '{',
      '{"enabled":true}',
      JSON.stringify({ enabled: true, port: 80, token: null }),
      JSON.stringify({ enabled: true, port: 8_000, token: { id: 'x', digest: 'y', madeAtMs: 0 } }),
    ]) {
      writeFileSync(shop.file, text);
      const next = again();
      await next.start();
      expect(next.status()).toMatchObject({
        enabled: false,
        running: false,
        problem: 'settings-unreadable',
        token: null,
      });
      expect(readFileSync(shop.file, 'utf8')).toBe(text);
    }
  });
});

describe('a token', () => {
  const withToken = async (token: string): Promise<string> => {
    const answer = await shop.call('GET', '/v1/orders/a', undefined, { authorization: `Bearer ${token}` });
    return refusalIn(answer).slice(0, 3);
  };

  it('that is renewed kills the one before it; revoked, none is left; and each has an id of its own', async () => {
    const first = shop.token;
    const firstId = shop.pos.status().token?.id;
    expect(await withToken(first)).toBe('404');
    const second = shop.renew();
    expect([await withToken(first), await withToken(second)]).toEqual(['401', '404']);
    expect(shop.pos.status().token?.id).not.toBe(firstId);
    shop.pos.revokeToken();
    expect([await withToken(first), await withToken(second), shop.pos.status().token]).toEqual(['401', '401', null]);
  });

  it('is kept as a digest alone, in a file for this user alone, and never gets into the log', () => {
    const text = readFileSync(shop.file, 'utf8');
    expect(text).not.toContain(shop.token);
    expect(text).not.toContain(shop.token.slice(4));
    expect(Object.keys(JSON.parse(text) as object)).toEqual(['enabled', 'port', 'token']);
    if (process.platform !== 'win32') expect(statSync(shop.file).mode & 0o777).toBe(0o600);
    expect(redactText(`Authorization: Bearer ${shop.token}`)).toBe('Authorization: Bearer [hidden]');
    expect(JSON.stringify(shop.logged)).not.toContain(shop.token);
  });

  it('that could not be written down is not made, and the old one stays good', async () => {
    const old = shop.token;
    const blocked = createPosApi({
      file: `${shop.file}/pos-api.json`,
      posOrders: {
        wallOfLate: never,
        register: never,
        pay: never,
        find: never,
        act: never,
        unsettled: never,
        changedSince: never,
        load: never,
      },
      clock: shop.clock,
      log: silentLog,
      onNotice: never,
    });
    expect([
      blocked.renewToken(),
      blocked.revokeToken(),
      await blocked.switchTo({ enabled: true, port: 9_999 }),
    ]).toEqual(Array.from({ length: 3 }, () => ({ ok: false, error: 'not-saved' })));
    expect(blocked.status()).toMatchObject({ enabled: false, token: null });
    expect(await withToken(old)).toBe('404');
  });
});
