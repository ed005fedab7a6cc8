/**
 * An idle connection that was opened ahead, to a gateway in another process, which answers while this process does
 * something else.
 */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { readMerchantFile } from '../../electron/app/setup/merchant-file.ts';
import { systemClock } from '../../electron/base/clock.ts';
import { createGateway } from '../../electron/wechat/gateway.ts';
import { httpsTransport } from '../../electron/wechat/transport.ts';
import { terminalSchema } from '../../shared/settings.ts';
import { PracticeProcess, temporaryFolder } from '../support/command.ts';

const ORDERS = 30;
/**
 * Long enough for Node to have nothing left to do: then it may read an answer before it notices that the request has
 * gone.
 */
const IDLE_MS = 10;

it(`has the answer to each of ${String(ORDERS)} reverses believed, however soon it comes`, async () => {
  const practice = await PracticeProcess.start(join(temporaryFolder(), 'gateway'));
  const setUp = readMerchantFile(practice.merchantFile, Date.now());
  if (!setUp.ok) throw new Error(JSON.stringify(setUp.error));
  const { merchant, credentials } = setUp.value;
  const clock = systemClock();
  const transport = httpsTransport(credentials, merchant, clock);
  let calls = 0;
  const nonce = (): string => `nonce${String((calls += 1))}`;
  const gateway = createGateway({
    merchant,
    terminal: terminalSchema.parse({}),
    apiKey: credentials.apiKey,
    transport,
    clock,
    nonce,
  });
  for (let n = 0; n < ORDERS; n += 1) {
    const outTradeNo = `idle-${String(n)}`;
    await practice.seed({ outTradeNo });
    const ref = { family: 'facepay', outTradeNo, transactionId: null } as const;
    expect((await gateway.query(ref)).answer).toMatchObject({ kind: 'seen' });
    await sleep(IDLE_MS);
    expect((await gateway.reverse(ref)).answer, outTradeNo).toEqual({ kind: 'accepted', recall: 'N' });
  }
  gateway.close();
  await practice.stop();
});
