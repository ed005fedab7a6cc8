/** A device that breaks its contract: a code that it gives after it was told to stop leads to no payment. */
import { expect, test } from 'vitest';
import type { FaceCode, FaceDevice, FaceProblem } from '../../../electron/orders/engine/face-device.ts';
import { createTill, type Till } from '../../../electron/orders/engine/take-payment.ts';
import { silentLog } from '../../../electron/base/log.ts';
import type { Gateway } from '../../../electron/wechat/gateway.ts';
import type { PaymentStage } from '../../../shared/ipc.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { FACE_TIMEOUT_MS } from '../../../shared/timing.ts';
import { newFolder, openWorld, ScriptedGateway } from '../../support/orders/engine-world.ts';
import { FakeClock } from '../../support/fake-clock.ts';

interface Counter {
  readonly till: Till;
  readonly clock: FakeClock;
  readonly stages: PaymentStage[];
  /** The order numbers of pay calls. */
  readonly paid: string[];
  readonly journaled: () => number;
  readonly stops: () => number;
  /** The device gives a code, whatever it was told. */
  readonly code: () => void;
}

function counter(): Counter {
  const clock = new FakeClock();
  const { engine, journal } = openWorld(newFolder(), clock, new ScriptedGateway());
  engine.start();
  const stages: PaymentStage[] = [];
  const paid: string[] = [];
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
    pay: ({ outTradeNo }) => {
      paid.push(outTradeNo);
      return Promise.resolve({ answer: silent, host: 'h', latencyMs: 1 });
    },
    query: () => new Promise(() => undefined),
    reverse: () => new Promise(() => undefined),
    authInfo: () => Promise.resolve(ok('permit')),
    openAhead: () => undefined,
    close: () => undefined,
  };
  const till = createTill({
    engine, gateway, face: device, clock, log: silentLog, family: 'facepay', storeName: 'Shop', terminalIp: '10.0.0.2', callTimeoutMs: 10_000,
    random: () => 4, terminalPart: '123456789', onStage: (stage) => stages.push(stage),
  }); // prettier-ignore
  return {
    till,
    clock,
    stages,
    paid,
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
