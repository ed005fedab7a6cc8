/** The face SDK as a device of the till: what it is asked, what its replies mean, and that nobody waits for its page. */
import { describe, expect, test } from 'vitest';
import type { Log } from '../../electron/base/log.ts';
import { createFaceBridge, type FaceBridge } from '../../electron/face-bridge/bridge-face-device.ts';
import type { HelperDriver, HelperProblem, HelperReply } from '../../electron/face-bridge/helper-driver.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { FACE_INIT_AGAIN_MS, FACE_INIT_MS, FACE_STOP_MS } from '../../shared/timing.ts';
import { FakeClock } from '../support/fake-clock.ts';

interface Asked {
  readonly lane: string;
  readonly request: Readonly<Record<string, unknown>>;
  readonly answer: (reply: object | number) => void;
  readonly broke: (problem: HelperProblem) => void;
}

class World {
  readonly clock = new FakeClock();
  readonly asked: Asked[] = [];
  readonly logged: object[] = [];
  restarts = 0;
  isEnded = false;
  readonly #open = new Set<{ readonly lane: string; readonly over: () => void }>();
  readonly bridge: FaceBridge;

  constructor() {
    const driver: HelperDriver = {
      call: (lane, request) =>
        new Promise((resolve) => {
          const over = (how: Result<HelperReply, HelperProblem>): void => {
            this.#open.delete(open);
            resolve(how);
          };
          const open = {
            lane,
            over: () => {
              over(fail('helper-died'));
            },
          };
          this.#open.add(open);
          this.asked.push({
            lane,
            request: JSON.parse(request) as Record<string, unknown>,
            answer: (reply) => {
              const isRc = typeof reply === 'number';
              over(ok({ rc: isRc ? reply : 0, text: isRc ? '' : JSON.stringify(reply) }));
            },
            broke: (problem) => {
              over(fail(problem));
            },
          });
        }),
      isBusy: (lane) => [...this.#open].some((open) => open.lane === lane),
      isRunning: () => true,
      restart: () => {
        this.restarts += 1;
        for (const { over } of [...this.#open]) over();
      },
      end: () => (this.isEnded = true),
    };
    const noted = (fields: object): void => {
      this.logged.push(fields);
    };
    const log: Log = { info: noted, warn: noted, error: noted };
    const merchant = { appid: 'wx1', mchId: '1900000109', subMchId: '1900000110' };
    this.bridge = createFaceBridge({ driver, merchant, storeId: 'store-7', clock: this.clock, log });
  }

  get device(): FaceBridge['device'] {
    return this.bridge.device;
  }

  get last(): Asked {
    const last = this.asked.at(-1);
    if (last === undefined) throw new Error('nothing was asked');
    return last;
  }

  get cmds(): unknown[] {
    return this.asked.map(({ request }) => request['cmd']);
  }

  /** A code is asked for, and the camera page is open. */
  code(type: '0' | '1' = '0', signal = new AbortController().signal): Promise<unknown> {
    const request = { authinfo: 'permit', out_trade_no: 'order-1', total_fee: 1_250, face_code_type: type } as const;
    return this.device.getWxpayfaceCode(request, signal);
  }
}

const wanted = new AbortController().signal;

test('a payment asks in the documented order, with the same merchant in all its calls', async () => {
  const world = new World();
  const init = world.device.init(wanted);
  world.last.answer({ return_code: 'SUCCESS' });
  expect(await init).toEqual(ok(null));
  const rawdata = world.device.getWxpayfaceRawdata(wanted);
  world.last.answer({ return_code: 'SUCCESS', rawdata: 'raw' });
  expect(await rawdata).toEqual(ok('raw'));
  const code = world.code();
  const ids = { appid: 'wx1', mch_id: '1900000109', sub_mch_id: '1900000110', store_id: 'store-7', authinfo: 'permit' };
  const common = { version: '1', now: Math.floor(world.clock.read().wallMs / 1_000) };
  expect(world.last.request).toEqual({
    cmd: 'getWxpayfaceCode',
    ...common,
    ...ids,
    face_authtype: 'FACEPAY',
    face_code_type: '0',
    out_trade_no: 'order-1',
    total_fee: '1250',
    ask_face_permit: '0',
    ask_ret_page: '0',
  });
  world.last.answer({ return_code: 'SUCCESS', face_code: 'code', openid: 'o1' });
  expect(await code).toEqual(ok({ face_code: 'code', openid: 'o1' }));
  await world.device.updateWxpayfacePayResult('SUCCESS', 'order-1');
  expect(world.last.request).toEqual({ cmd: 'updateWxpayfacePayResult', ...common, ...ids, payresult: 'SUCCESS' });
  world.last.answer({ return_code: 'SUCCESS' });
  const closed = world.bridge.close();
  expect([world.last.lane, world.last.request]).toEqual(['stop', { cmd: 'releaseWxpayface', ...common }]);
  world.last.answer({ return_code: 'SUCCESS' });
  await closed;
  expect(world.isEnded).toBe(true);
});

test('a device that is initialising is asked again after half a second, and not without end', async () => {
  const world = new World();
  const initialising = { return_code: 'ERROR', return_msg: 'wait', err_code: 271_378_621 };
  const init = world.device.init(wanted);
  for (let spentMs = 0; spentMs < FACE_INIT_MS; spentMs += FACE_INIT_AGAIN_MS) {
    world.last.answer(initialising);
    await world.clock.advance(FACE_INIT_AGAIN_MS);
  }
  expect(world.asked).toHaveLength(FACE_INIT_MS / FACE_INIT_AGAIN_MS + 1);
  world.last.answer(initialising);
  expect(await init).toEqual(fail('device'));
  expect(world.bridge.trouble()).toEqual({
    trouble: 'sdk-initialising',
    words: { code: 'ERROR 271378621', message: 'wait' },
  });
});

describe('what a reply means', () => {
  test.each([
    ['USER_CANCEL', '', 'by-customer', null],
    ['ACTION_ON_USER_QUERY_CANCEL', '', 'by-customer', null],
    ['SCAN_PAYMENT', '', 'wants-scan', null],
    ['FACEPAY_NOT_AUTH', '', 'not-permitted', 'sdk-not-permitted'],
    ['PARAM_ERROR', 'store_id', 'device', 'sdk-parameters'],
    ['PARAM_ERROR', 'mch_id not match', 'device', 'sdk-merchant'],
    ['ERROR', '', 'device', 'sdk-refused'],
    ['SYSTEMERROR', '', 'device', 'sdk-refused'],
    ['IGNORE', '', 'device', 'sdk-refused'],
    ['ERROR', 'AuthInfo License Error', 'device', 'sdk-licence'],
    ['ERROR', '系统时间不正确', 'device', 'sdk-clock'],
    ['ERROR', '商户号不一致', 'device', 'sdk-merchant'],
    ['ERROR', 'connection timed out', 'device', 'sdk-refused'],
  ] as const)('%s "%s" is %s, and %s for a technician', async (return_code, return_msg, problem, trouble) => {
    const world = new World();
    const code = world.code();
    world.last.answer({ return_code, return_msg });
    expect(await code).toEqual(fail(problem));
    expect(world.bridge.trouble()?.trouble ?? null).toBe(trouble);
  });

  test.each([-1, { nothing: 1 }, { return_code: 'SUCCESS' }, { return_code: 'SUCCESS', face_code: 'x'.repeat(200) }])(
    '%j is a device that cannot go on',
    async (reply) => {
      const world = new World();
      const code = world.code();
      world.last.answer(reply);
      expect(await code).toEqual(fail('device'));
      expect(world.bridge.trouble()?.trouble).toBe('sdk-refused');
    },
  );

  test('a payment code has 18 digits, and a face read again ends the trouble', async () => {
    const world = new World();
    const odd = world.code('1');
    world.last.answer({ return_code: 'SUCCESS', face_code: 'a face code' });
    expect(await odd).toEqual(fail('device'));
    const good = world.code('1');
    world.last.answer({ return_code: 'SUCCESS', face_code: '134567890123456789' });
    expect(await good).toEqual(ok({ face_code: '134567890123456789' }));
    expect(world.bridge.trouble()).toBeNull();
  });

  test('what the helper could not do is the trouble', async () => {
    const world = new World();
    const init = world.device.init(wanted);
    world.last.broke('helper-changed');
    expect(await init).toEqual(fail('device'));
    expect(world.bridge.trouble()).toEqual({ trouble: 'helper-changed', words: null });
  });

  test('the log says what was refused, and never a code, a customer or a permit', async () => {
    const world = new World();
    const code = world.code('1');
    world.last.answer({ return_code: 'ERROR', return_msg: 'no camera', err_code: 7, face_code: '1345', openid: 'o1' });
    await code;
    expect(world.logged).toEqual([
      { cmd: 'getWxpayfaceCode', problem: 'device', trouble: 'sdk-refused', code: 'ERROR 7', message: 'no camera' },
    ]);
  });
});

describe('nobody waits for the camera page', () => {
  test('a stop goes past the call that waits for a face, with the ids of its payment, and ends the wait at once', async () => {
    const world = new World();
    const code = world.code();
    await world.device.stop();
    expect(await code).toEqual(fail('stopped'));
    const { cmd, authinfo, mch_id } = world.last.request;
    expect([world.last.lane, cmd, authinfo, mch_id]).toEqual(['stop', 'stopWxpayface', 'permit', '1900000109']);
    await world.device.stop();
    expect(world.cmds).toEqual(['getWxpayfaceCode', 'stopWxpayface']);
  });

  test('a page that does not close in time is closed with its helper', async () => {
    const world = new World();
    void world.code();
    await world.device.stop();
    world.last.answer({ return_code: 'SUCCESS' });
    await world.clock.advance(FACE_STOP_MS - 1);
    expect(world.restarts).toBe(0);
    await world.clock.advance(1);
    expect(world.restarts).toBe(1);
  });

  test('a page that closed in time, and the next payment, are left alone', async () => {
    const world = new World();
    void world.code();
    await world.device.stop();
    world.last.answer({ return_code: 'SUCCESS' });
    world.asked[0]?.answer({ return_code: 'USER_CANCEL' });
    void world.device.init(wanted);
    await world.clock.advance(FACE_STOP_MS);
    expect(world.restarts).toBe(0);
  });

  test('a signal ends each call at once', async () => {
    const world = new World();
    const abort = new AbortController();
    const calls = [
      world.device.init(abort.signal),
      world.device.getWxpayfaceRawdata(abort.signal),
      world.code('0', abort.signal),
    ];
    abort.abort();
    expect(await Promise.all(calls)).toEqual([fail('stopped'), fail('stopped'), fail('stopped')]);
    expect(await world.device.init(abort.signal)).toEqual(fail('stopped'));
  });

  test('a result is shown without a wait, and the page that stays after "failed" keeps no customer waiting', async () => {
    const world = new World();
    const code = world.code();
    world.last.answer({ return_code: 'SUCCESS', face_code: 'code' });
    await code;
    await world.device.updateWxpayfacePayResult('ERROR', 'order-1');
    expect(world.last.request['payresult']).toBe('ERROR');
    // It is still out when the next customer comes.
    const init = world.device.init(wanted);
    expect(world.restarts).toBe(1);
    world.last.answer({ return_code: 'SUCCESS' });
    expect(await init).toEqual(ok(null));
  });

  test('a result of an earlier payment does not end the page of the present one', async () => {
    const world = new World();
    const code = world.code();
    world.last.answer({ return_code: 'SUCCESS', face_code: 'code' });
    await code;
    await world.device.updateWxpayfacePayResult('SUCCESS', 'an earlier order');
    expect(world.cmds).toEqual(['getWxpayfaceCode']);
    await world.device.updateWxpayfacePayResult('SUCCESS', 'order-1');
    expect(world.cmds).toEqual(['getWxpayfaceCode', 'updateWxpayfacePayResult']);
  });

  test('an unknown result is never shown as one: the page is told to close', async () => {
    const world = new World();
    const code = world.code();
    world.last.answer({ return_code: 'SUCCESS', face_code: 'code' });
    await code;
    await world.device.updateWxpayfacePayResult('UNKNOWN', 'order-1');
    expect(world.cmds).toEqual(['getWxpayfaceCode', 'stopWxpayface']);
  });
});
