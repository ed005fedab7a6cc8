/**
 * A device that breaks its contract: a code that it gives after it was told to stop leads to no payment. And payment codes:
 * one for each payment, and only while the payment waits for it.
 */
import { describe, expect, test } from 'vitest';
import type { FaceCode, FaceDevice, FaceProblem } from '../../../electron/orders/engine/face-device.ts';
import { createTill, type Till } from '../../../electron/orders/engine/take-payment.ts';
import { silentLog } from '../../../electron/base/log.ts';
import type { Gateway } from '../../../electron/wechat/gateway.ts';
import type { PaymentStage, PaySource } from '../../../shared/ipc.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { CODE_TIMEOUT_MS, FACE_TIMEOUT_MS } from '../../../shared/timing.ts';
import type { Journal } from '../../../electron/orders/journal/journal.ts';
import { noRefunds } from '../../support/gateway/no-refunds.ts';
import { newFolder, openWorld, ScriptedGateway } from '../../support/orders/engine-world.ts';
import { FakeClock } from '../../support/fake-clock.ts';

interface Counter {
  readonly till: Till;
  readonly clock: FakeClock;
  readonly stages: PaymentStage[];
  /** The order numbers of pay calls. */
  readonly paid: string[];
  /** What each of them paid with, and through which family. */
  readonly calls: (readonly [code: string, family: string])[];
  readonly journal: Journal;
  readonly journaled: () => number;
  readonly stops: () => number;
  /** The device gives a code, whatever it was told. */
  readonly code: () => void;
}

function counter(paySource: PaySource = 'face'): Counter {
  const clock = new FakeClock();
  const { engine, journal } = openWorld(newFolder(), clock, new ScriptedGateway());
  engine.start();
  const stages: PaymentStage[] = [];
  const paid: string[] = [];
  const calls: (readonly [string, string])[] = [];
  let stops = 0;
  const face = Promise.withResolvers<Result<FaceCode, FaceProblem>>();
  const device: FaceDevice = {
    init: () => Promise.resolve(ok(null)),
    getWxpayfaceRawdata: () => Promise.resolve(ok('raw')),
    getWxpayfaceCode: () => face.promise,
    updateWxpayfacePayResult: () => Promise.resolve(),
    stop: () => {
      stops += 1;
      return Promise.resolve();
    },
  };
  const silent = { kind: 'no-answer', why: 'timeout', text: null } as const;
  const gateway: Gateway = {
    ...noRefunds,
    pay: ({ outTradeNo, faceCode, family }) => {
      paid.push(outTradeNo);
      calls.push([faceCode, family]);
      return Promise.resolve({ answer: silent, host: 'h', latencyMs: 1 });
    },
    query: () => new Promise(() => undefined),
    reverse: () => new Promise(() => undefined),
    authInfo: () => Promise.resolve(ok('permit')),
    openAhead: () => undefined,
    close: () => undefined,
  };
  const till = createTill({
    engine, gateway, face: device, paySource: () => paySource, clock, log: silentLog, family: 'facepay', storeName: 'Shop', terminalIp: '10.0.0.2', callTimeoutMs: 10_000,
    random: () => 4, terminalPart: '123456789', onStage: (stage) => stages.push(stage),
  }); // prettier-ignore
  return {
    till,
    clock,
    stages,
    paid,
    calls,
    journal,
    journaled: () => journal.list({ limit: 10 }).length,
    stops: () => stops,
    code: () => face.resolve(ok({ face_code: 'code' })),
  };
}

test('a code that comes in time is paid with, once', async () => {
  const { till, clock, stages, paid, code } = counter();
  till.take(1_250);
  await clock.advance(5_000);
  code();
  await clock.advance(0);
  expect([paid.length, stages.at(-1)?.name]).toEqual([1, 'order']);
});

test('a code that comes after the cashier has stopped it leads to no order and no pay call, and the device is closed', async () => {
  const { till, clock, stages, paid, journaled, stops, code } = counter();
  till.take(1_250);
  await clock.advance(5_000);
  expect(till.stop()).toEqual(ok(null));
  code();
  await clock.advance(1_000);
  expect([paid, journaled(), stops()]).toEqual([[], 0, 1]);
  expect(stages.at(-1)).toEqual({ name: 'stopped', amountFen: 1_250, code: 'by-cashier' });
});

test('a code that comes together with the stop leads to none either', async () => {
  const { till, clock, paid, journaled, code } = counter();
  till.take(1_250);
  await clock.advance(5_000);
  code();
  till.stop();
  await clock.advance(1_000);
  expect([paid, journaled(), till.stage().name]).toEqual([[], 0, 'stopped']);
});

test('a code that comes after the time was over leads to none: the customer has turned away', async () => {
  const { till, clock, stages, paid, journaled, code } = counter();
  till.take(1_250);
  await clock.advance(FACE_TIMEOUT_MS);
  code();
  await clock.advance(1_000);
  expect([paid, journaled()]).toEqual([[], 0]);
  expect(stages.at(-1)).toEqual({ name: 'stopped', amountFen: 1_250, code: 'no-face' });
});

describe('a payment code', () => {
  const CODE = '134567890123456789';
  const OTHER = '151111111111111111';

  test('is paid with at once, through micropay, and stays nowhere', async () => {
    const { till, clock, stages, calls, journal, stops } = counter('code');
    till.take(1_250);
    expect(stages).toEqual([{ name: 'code', amountFen: 1_250 }]);
    expect(till.showCode(CODE)).toEqual(ok(null));
    await clock.advance(0);
    expect(calls).toEqual([[CODE, 'micropay']]);
    expect(stages.at(-1)).toMatchObject({ name: 'order', amountFen: 1_250 });
    const orders = journal.list({ limit: 10 });
    expect(orders.map(({ order }) => order.family)).toEqual(['micropay']);
    expect(
      JSON.stringify([stages, till.stage(), orders.map(({ order }) => [order, journal.history(order.orderId)])]),
    ).not.toContain(CODE);
    // No camera was ever asked.
    expect(stops()).toBe(0);
  });

  test('is paid with on a till of faces, where the face failed, and the next payment waits for a face again', async () => {
    const { till, clock, stages, calls, code } = counter('face');
    till.take(1_250);
    await clock.advance(5_000);
    till.stop();
    code();
    await clock.advance(0);
    till.take(1_250, undefined, 'code');
    expect([stages.at(-1), till.showCode(CODE)]).toEqual([{ name: 'code', amountFen: 1_250 }, ok(null)]);
    await clock.advance(0);
    expect(calls).toEqual([[CODE, 'micropay']]);
    till.clear();
    till.take(1_250);
    expect(stages.at(-1)).toEqual({ name: 'preparing', amountFen: 1_250 });
  });

  test('is waited for in place of a face, and a face that comes all the same pays nothing', async () => {
    const { till, clock, stages, calls, stops, code } = counter('face');
    till.take(1_250);
    await clock.advance(5_000);
    expect([till.take(1_251, undefined, 'code'), till.take(1_250, undefined, 'code')]).toEqual([
      fail('busy'),
      ok(null),
    ]);
    code();
    await clock.advance(0);
    expect([stages.at(-1), stops(), calls]).toEqual([{ name: 'code', amountFen: 1_250 }, 1, []]);
    till.showCode(CODE);
    await clock.advance(0);
    expect(calls).toEqual([[CODE, 'micropay']]);
  });

  test('is not waited for once the cashier has stopped the payment as well', async () => {
    const { till, clock, stages, calls, code } = counter('face');
    till.take(1_250);
    await clock.advance(5_000);
    till.take(1_250, undefined, 'code');
    till.stop();
    code();
    await clock.advance(0);
    expect([stages.at(-1)?.name, till.showCode(CODE), calls]).toEqual(['stopped', fail('no-code-wanted'), []]);
  });

  test("that is scanned twice, and the next customer's, make one pay call", async () => {
    const { till, clock, calls } = counter('code');
    till.take(1_250);
    till.showCode(CODE);
    expect([till.showCode(CODE), till.showCode(OTHER)]).toEqual([fail('no-code-wanted'), fail('no-code-wanted')]);
    await clock.advance(20_000);
    expect(till.showCode(OTHER)).toEqual(fail('no-code-wanted'));
    expect(calls).toEqual([[CODE, 'micropay']]);
  });

  test('before a payment, after its stop or after its time is taken by nobody', async () => {
    const { till, clock, stages, paid, journaled } = counter('code');
    expect(till.showCode(CODE)).toEqual(fail('no-code-wanted'));
    till.take(1_250);
    till.stop();
    expect(till.showCode(CODE)).toEqual(fail('no-code-wanted'));
    await clock.advance(0);
    expect(stages.at(-1)).toEqual({ name: 'stopped', amountFen: 1_250, code: 'by-cashier' });
    till.take(1_250);
    await clock.advance(CODE_TIMEOUT_MS);
    expect(stages.at(-1)).toEqual({ name: 'stopped', amountFen: 1_250, code: 'no-code' });
    expect(till.showCode(CODE)).toEqual(fail('no-code-wanted'));
    expect([paid, journaled()]).toEqual([[], 0]);
  });

  test('and the stop in the same moment lead to no payment', async () => {
    const { till, clock, paid, journaled } = counter('code');
    till.take(1_250);
    till.showCode(CODE);
    till.stop();
    await clock.advance(1_000);
    expect([paid, journaled(), till.stage().name]).toEqual([[], 0, 'stopped']);
  });

  test('is wanted again for the next payment', async () => {
    const { till, clock, calls } = counter('code');
    for (const code of [CODE, OTHER]) {
      till.take(990);
      till.showCode(code);
      await clock.advance(1_000);
      till.clear();
    }
    expect(calls).toEqual([
      [CODE, 'micropay'],
      [OTHER, 'micropay'],
    ]);
  });
});
