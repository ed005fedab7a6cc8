import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runConsole } from '../../electron/practice/practice-console.ts';
import { bench, type Bench } from './terminal.ts';

let till: Bench;

beforeEach(async () => {
  till = await bench();
});
afterEach(async () => {
  await till.gateway.close();
});

/** Types the lines and returns the console's output, one object per line. */
async function typed(...lines: string[]): Promise<unknown[]> {
  const input = new PassThrough();
  const output = new PassThrough();
  const done = runConsole(till.gateway, input, output);
  input.end(lines.map((line) => `${line}\n`).join(''));
  await done;
  output.end();
  const said = (await output.toArray()).map(String).join('');
  return said
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
}

describe('the console of a practice gateway', () => {
  it('sets and says the scenario', async () => {
    expect(await typed('scenario', 'scenario recall-twice', 'scenario')).toEqual([
      { ok: true, scenario: 'paid' },
      { ok: true, scenario: 'recall-twice' },
      { ok: true, scenario: 'recall-twice' },
    ]);
    expect(till.gateway.scenario).toBe('recall-twice');
  });

  it('seeds an order and tells what happened to it', async () => {
    const [seeded, told] = await typed('seed {"outTradeNo": "pos 1"}'.replace('pos 1', 'pos-1'), 'order pos-1');
    expect(seeded).toMatchObject({ ok: true, order: { outTradeNo: 'pos-1', state: 'SUCCESS' } });
    expect(told).toMatchObject({ ok: true, verdict: { charged: true, refunded: false, state: 'SUCCESS' } });
  });

  it('shows the ledger and the requests', async () => {
    await till.pay('order-1');
    const [ledger, requests] = await typed('ledger', 'requests');
    expect(ledger).toMatchObject({ ok: true, orders: [{ outTradeNo: 'order-1' }], violations: [] });
    expect(requests).toMatchObject({ ok: true, requests: [{ host: 'primary', path: '/pay/facepay' }] });
  });

  it.each([
    ['scenario rain', 'no scenario "rain"; there are: paid, paid-late'],
    ['ledger now', '"now": this command takes nothing behind it'],
    ['order', 'say which'],
    ['order nothing', 'no order "nothing" in the ledger'],
    ['seed {', 'seed: this is no JSON'],
    ['seed {"outTradeNo": 1}', 'outTradeNo'],
    ['seed', 'seed: this is no JSON'],
    ['pay now', 'no command "pay"; there are: scenario, ledger, order, seed, requests, quit'],
    ['quit now', 'quit takes nothing behind it'],
  ])('answers "%s" with what was wrong, and goes on', async (line, problem) => {
    expect(await typed(line, '', 'scenario')).toEqual([
      { ok: false, error: expect.stringContaining(problem) },
      { ok: true, scenario: 'paid' },
    ]);
  });

  it('ends on quit, and answers nothing after it', async () => {
    expect(await typed('quit', 'scenario')).toEqual([{ ok: true, bye: true }]);
    expect((await till.query('any'))['return_code']).toBe('SUCCESS');
  });
});
