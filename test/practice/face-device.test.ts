import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openFaceCode } from '../../electron/practice/face-code.ts';
import { createPracticeFaceDevice, type Sitting } from '../../electron/practice/face-device.ts';
import type { FaceCodeType, FaceDevice } from '../../electron/orders/engine/face-device.ts';
import { AUTHINFO_PATH, bench, type Bench } from './terminal.ts';

let till: Bench;
let device: FaceDevice;
let sitting: Sitting;
const never = new AbortController().signal;

beforeEach(async () => {
  till = await bench();
  sitting = 'face';
  device = createPracticeFaceDevice({
    clock: till.clock,
    faceSecret: till.gateway.faceSecret,
    sitting: () => sitting,
  });
});
afterEach(async () => {
  await till.gateway.close();
});

async function permit(): Promise<string> {
  await device.init(never);
  const rawdata = await device.getWxpayfaceRawdata(never);
  if (!rawdata.ok) throw new Error(rawdata.error);
  const reply = await till.call(AUTHINFO_PATH, { ...till.authinfoFields(), rawdata: rawdata.value });
  return reply['authinfo'] ?? '';
}

const asked = (authinfo: string, face_code_type: FaceCodeType = '0') =>
  ({ authinfo, out_trade_no: 'x'.repeat(32), total_fee: 4_999_999, face_code_type }) as const;

describe('the practice face device', () => {
  it('goes from raw data over the permit to a face code that pays for its order', async () => {
    const authinfo = await permit();
    const pending = device.getWxpayfaceCode(asked(authinfo), never);
    await till.clock.advance(1_500);
    const code = await pending;
    const faceCode = code.ok ? code.value.face_code : '';
    expect(faceCode.length).toBeLessThanOrEqual(128);
    const fields = { ...till.payFields('x'.repeat(32), 4_999_999), face_code: faceCode };
    expect(await till.call('/pay/facepay', fields)).toMatchObject({ result_code: 'SUCCESS', total_fee: '4999999' });
  });

  it('binds the face code to order, amount and merchant', async () => {
    const pending = device.getWxpayfaceCode(asked(await permit()), never);
    await till.clock.advance(1_500);
    const code = await pending;
    const faceCode = code.ok ? code.value.face_code : '';
    const { faceSecret, merchant } = till.gateway;
    expect(openFaceCode(faceSecret, merchant, faceCode)).toEqual({ outTradeNo: 'x'.repeat(32), totalFee: 4_999_999 });
    expect(openFaceCode(faceSecret, { ...merchant, mchId: '1' }, faceCode)).toBeNull();
    expect(openFaceCode(Buffer.from('another secret'), merchant, faceCode)).toBeNull();
    expect(openFaceCode(faceSecret, merchant, `${faceCode}.x`)).toBeNull();
  });

  it('gives an 18-digit payment code for the micropay family', async () => {
    till.family = 'micropay';
    const pending = device.getWxpayfaceCode(asked(await permit(), '1'), never);
    await till.clock.advance(1_500);
    const code = await pending;
    const authCode = code.ok ? code.value.face_code : '';
    expect(authCode).toMatch(/^1[0-6]\d{16}$/);
    const fields = { ...till.payFields('order-1'), auth_code: authCode };
    expect(await till.call('/pay/micropay', fields)).toMatchObject({ result_code: 'SUCCESS' });
  });

  it('takes a second and a half', async () => {
    const authinfo = await permit();
    let done = false;
    const pending = device.getWxpayfaceCode(asked(authinfo), never).finally(() => {
      done = true;
    });
    await till.clock.advance(1_499);
    expect(done).toBe(false);
    await till.clock.advance(1);
    expect(await pending).toMatchObject({ ok: true });
  });

  it.each<[Sitting, number]>([
    ['by-customer', 1_500],
    ['device', 1_500],
    ['no-face', 60_000],
  ])('can end with %s', async (how, afterMs) => {
    sitting = how;
    const pending = device.getWxpayfaceCode(asked(await permit()), never);
    await till.clock.advance(afterMs);
    expect(await pending).toEqual({ ok: false, error: how });
  });

  it('ends at once when its signal is aborted, and leaves no timer', async () => {
    const controller = new AbortController();
    const pending = device.getWxpayfaceCode(asked(await permit()), controller.signal);
    controller.abort();
    expect(await pending).toEqual({ ok: false, error: 'stopped' });
    expect(till.clock.pending).toBe(0);
    expect(await device.getWxpayfaceCode(asked('any'), controller.signal)).toEqual({ ok: false, error: 'stopped' });
    expect(await device.init(controller.signal)).toEqual({ ok: false, error: 'stopped' });
    expect(await device.getWxpayfaceRawdata(controller.signal)).toEqual({ ok: false, error: 'stopped' });
  });

  it('ends when it is stopped or when the next payment comes, and stopping it again is harmless', async () => {
    const authinfo = await permit();
    const first = device.getWxpayfaceCode(asked(authinfo), never);
    const second = device.getWxpayfaceCode(asked(authinfo), never);
    expect(await first).toEqual({ ok: false, error: 'stopped' });
    await device.stop();
    await device.stop();
    expect(await second).toEqual({ ok: false, error: 'stopped' });
    await device.updateWxpayfacePayResult('ERROR', 'order-1');
  });

  it('wants init first, and a permit that is genuine and in force', async () => {
    expect(await device.getWxpayfaceRawdata(never)).toEqual({ ok: false, error: 'device' });
    const authinfo = await permit();
    expect(await device.getWxpayfaceCode(asked('made-up'), never)).toEqual({ ok: false, error: 'device' });
    expect(await device.getWxpayfaceCode(asked(`x${authinfo.slice(1)}`), never)).toEqual({
      ok: false,
      error: 'device',
    });
    await till.clock.advance(3_600_000);
    expect(await device.getWxpayfaceCode(asked(authinfo), never)).toEqual({ ok: false, error: 'device' });
  });
});
