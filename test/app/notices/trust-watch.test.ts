/**
 * The notice of a server that cannot prove its identity: found by calls, and by connection checks while no call is
 * running.
 */
import { expect, it } from 'vitest';
import { watchTrust, type TrustWatch } from '../../../electron/app/notices/trust-watch.ts';
import { silentLog } from '../../../electron/base/log.ts';
import { watchReachability } from '../../../electron/wechat/reachability.ts';
import { noRefunds } from '../../support/gateway/no-refunds.ts';
import { noResponse } from '../../support/orders/one-order.ts';
import { ScriptedGateway } from '../../support/orders/engine-world.ts';
import { FakeClock } from '../../support/fake-clock.ts';

const HOUR_MS = 3_600_000;

interface Watched {
  readonly clock: FakeClock;
  readonly sent: boolean[];
  readonly looks: () => number;
  readonly watch: TrustWatch;
  /** The results of the next connection checks. */
  found: boolean | null;
}

function watched(): Watched {
  const clock = new FakeClock();
  const sent: boolean[] = [];
  let looks = 0;
  const own: Watched = {
    clock,
    sent,
    looks: () => looks,
    found: true,
    watch: watchTrust({ look, clock, log: silentLog, onNotice: ({ on }) => sent.push(on) }),
  };
  function look(): Promise<boolean | null> {
    looks += 1;
    return Promise.resolve(own.found);
  }
  return own;
}

it('at rest a false server under the name of WeChat Pay is reported within the first minute, and no longer a minute after it is corrected', async () => {
  const own = watched();
  own.found = false;
  await own.clock.advance(60_000);
  expect(own.sent).toEqual([true]);
  own.found = null;
  await own.clock.advance(10 * 60_000);
  expect(own.sent).toEqual([true]);
  own.found = true;
  await own.clock.advance(60_000);
  expect(own.sent).toEqual([true, false]);
});

it('a terminal with a trusted connection checks once an hour, and a closed terminal does not check at all', async () => {
  const own = watched();
  await own.clock.advance(12 * HOUR_MS);
  expect([own.looks(), own.sent]).toEqual([12, []]);
  own.watch.stop();
  own.found = false;
  await own.clock.advance(12 * HOUR_MS);
  expect([own.looks(), own.sent]).toEqual([12, []]);
});

it('the calls of an order show the same, and at rest the notice stays until something shows otherwise', async () => {
  const { clock, sent, watch } = watched();
  const scripted = new ScriptedGateway();
  let why: 'server-not-trusted' | 'not-sent' | null = 'server-not-trusted';
  const query: typeof scripted.query = (ref) =>
    why === null ? scripted.query(ref) : Promise.resolve({ answer: noResponse(why), host: 'h', latencyMs: 1 });
  const unused = (): never => {
    throw new Error('nobody calls it here');
  };
  const reverse: typeof scripted.reverse = (ref) => scripted.reverse(ref);
  const gateway = watchReachability(
    { ...noRefunds, query, reverse, pay: unused, authInfo: unused, openAhead: unused, close: unused },
    () => undefined,
    (isTrusted) => {
      watch.report(isTrusted);
    },
  );
  const ask = (): Promise<unknown> => gateway.query({ outTradeNo: 'order-1', transactionId: null, family: 'facepay' });
  await ask();
  why = 'not-sent';
  await ask();
  await clock.advance(29_000);
  expect(sent).toEqual([true]);
  why = null;
  await ask();
  expect(sent).toEqual([true, false]);
});
