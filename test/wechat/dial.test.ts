/**
 * Addresses of one name: the order in which they are tried, and an address whose system takes a second before it
 * accepts.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { inTurn } from '../../electron/wechat/dial.ts';
import { probeConnection } from '../../electron/wechat/connection-probe.ts';
import { httpsTransport } from '../../electron/wechat/transport.ts';
import { directWay } from '../../electron/wechat/way.ts';
import { NEXT_ADDRESS_MS } from '../../shared/timing.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { certificates, IndependentGateway } from '../support/gateway/independent-gateway.ts';

const LIMITS = { connectTimeoutMs: 6_000, callTimeoutMs: 10_000 };
const LATE = '127.0.1.1';
const CLOSED = '127.0.1.2';

it('IPv6 and IPv4 addresses are tried by turns, in the resolver’s order, and none twice', () => {
  expect(inTurn(['::1', '::2', '::3', '10.0.0.1', '::1', '10.0.0.2'])).toEqual([
    '::1',
    '10.0.0.1',
    '::2',
    '10.0.0.2',
    '::3',
  ]);
  expect(inTurn(['10.0.0.1', '::1', '::2', '::3'])).toEqual(['10.0.0.1', '::1', '::2', '::3']);
  expect(inTurn(['10.0.0.1'])).toEqual(['10.0.0.1']);
});

const RELAY = `
  const { connect, createServer } = require('node:net');
  const [host, target] = process.argv.slice(1);
  const server = createServer((near) => {
    const far = connect(Number(target), '127.0.0.1');
    for (const end of [near, far]) end.on('error', () => { near.destroy(); far.destroy(); });
    near.pipe(far).pipe(near);
  });
  server.listen({ host, port: 0, backlog: 1 }, () => console.log(server.address().port));
`;

/**
 * A relay to `target` that stands still with its queue full: the system drops each attempt to connect, and the client
 * tries again after a second.
 */
async function lateRelay(target: number): Promise<{ readonly port: number; readonly relay: ChildProcess }> {
  const relay = spawn(process.execPath, ['-e', RELAY, LATE, String(target)], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void relay.kill('SIGKILL'));
  const [said] = (await once(createInterface({ input: relay.stdout }), 'line')) as [string];
  relay.kill('SIGSTOP');
  const port = Number(said);
  const queued = [1, 2, 3, 4].map(() => connect(port, LATE));
  onTestFinished(() => {
    for (const socket of queued) socket.destroy();
  });
  let connected = 0;
  for (const socket of queued) socket.on('error', () => undefined).once('connect', () => (connected += 1));
  await expect.poll(() => connected).toBe(2);
  return { port, relay };
}

it.skipIf(process.platform !== 'linux').each(['a call', 'a look'])(
  '%s reaches the only live address, which accepts after a second, though the other one is closed',
  async (what) => {
    const folder = mkdtempSync(join(tmpdir(), 'facepay-dial-'));
    const { ca, server, merchant } = certificates(folder);
    const gateway = await IndependentGateway.start(server, ca);
    const { port, relay } = await lateRelay(gateway.port);
    const clock = new FakeClock();
    const lookup = (): Promise<readonly string[]> => Promise.resolve([LATE, CLOSED]);
    const origin = `https://localhost:${String(port)}`;
    const own = { certPem: merchant.certPem, keyPem: merchant.keyPem };
    const transport = httpsTransport({ ...own, caPem: ca.certPem }, LIMITS, clock, { ...directWay, lookup });
    const reached =
      what === 'a call'
        ? transport.post(origin, 'body')
        : probeConnection({
            origin,
            path: '/',
            caPem: ca.certPem,
            own,
            limits: LIMITS,
            clock,
            way: { ...directWay, lookup },
          });
    await clock.advance(NEXT_ADDRESS_MS);
    relay.kill('SIGCONT');
    expect(await reached).toMatchObject({ ok: true });
    expect(gateway.seen).toHaveLength(1);
    expect(clock.pending).toBe(0);
    transport.close();
    await gateway.close();
    rmSync(folder, { recursive: true });
  },
);
