/**
 * A real client (createGateway over httpsTransport) before a server and a relay that can be made to fail, on a clock
 * that stands still. Faults are data; `underFire` runs one fault and reports what the client did wrong.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TlsOptions } from 'node:tls';
import type { OrderRef, PayRequest } from '../../electron/wechat/face-pay.ts';
import { createGateway, type Gateway } from '../../electron/wechat/gateway.ts';
import type { RefundRequest } from '../../electron/wechat/refund.ts';
import type { Lookup } from '../../electron/wechat/dial.ts';
import { httpsTransport, type Transport } from '../../electron/wechat/transport.ts';
import { directWay } from '../../electron/wechat/way.ts';
import type { NoAnswer } from '../../shared/order/order.ts';
import { merchantSchema, terminalSchema } from '../../shared/settings.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { API_KEY, APP_ID, LOOPBACK_NAMES, MCH_ID, replyXml } from '../support/gateway/independent-gateway.ts';
import { OpensslCa, type Issued } from '../support/secrets/openssl.ts';
import { FaultProxy } from './fault-proxy.ts';
import { FaultServer, page, type Heard } from './fault-server.ts';

export const LIMITS = { connectTimeoutMs: 6_000, callTimeoutMs: 10_000 };
export const OUT_TRADE_NO = 'fire-1';
export const AMOUNT_FEN = 1_234;
export const TRANSACTION_ID = '4200000272201902213633768503';
export const ORDER: OrderRef = { family: 'facepay', outTradeNo: OUT_TRADE_NO, transactionId: null };
export const PAYMENT: PayRequest = {
  family: 'facepay',
  outTradeNo: OUT_TRADE_NO,
  amountFen: AMOUNT_FEN,
  faceCode: 'face',
  openid: null,
  body: '刷脸 & Co',
  terminalIp: '10.0.0.1',
};

export const REFUND_FEN = 234;
export const REFUND: RefundRequest = {
  outTradeNo: OUT_TRADE_NO,
  transactionId: null,
  outRefundNo: `${OUT_TRADE_NO}R1`,
  totalFen: AMOUNT_FEN,
  fen: REFUND_FEN,
  reasonText: '商品已售完',
  account: null,
};

export type Operation = 'pay' | 'query' | 'reverse';
/** How a call ended: with an answer that counts, or with the reason why there is none. */
export type Ending = NoAnswer | 'answered';

/**
 * An address of the gateway's name. `live` leads to the gateway through the relay, and `other` by a second way;
 * `closed` and `closed-v6` refuse, `silent` accepts connections and never answers, `impostor` has another party's
 * certificate.
 */
export type AddressKind = 'live' | 'other' | 'closed' | 'closed-v6' | 'silent' | 'impostor';

export interface Fault {
  readonly name: string;
  /**
   * The allowed endings of the call; there is more than one if the operating system or the size of a packet decides.
   */
  readonly ends: readonly Ending[];
  /** The TLS options of the server. */
  readonly tls?: TlsOptions;
  /** The server's certificate; with it, only another server, the backup, could answer these calls. */
  readonly certificate?: (certificates: Certificates) => Issued;
  /** The client's certificate, if it is not the merchant's own. */
  readonly client?: (certificates: Certificates) => Issued;
  /**
   * The addresses of the gateway's name, in the resolver's order; without this the gateway has no name, only one
   * address.
   */
  readonly addresses?: readonly AddressKind[];
  /** Prepares the fault and makes the call. */
  act(world: FireWorld): Promise<Ending>;
}

export interface Certificates {
  readonly folder: string;
  readonly ca: OpensslCa;
  readonly other: OpensslCa;
  readonly server: Issued;
  readonly merchant: Issued;
  /** As good as the server's, but from the other authority. */
  readonly impostor: Issued;
}

/** Made by openssl, in `folder`. They take a second or two, so once per run is enough. */
export function makeCertificates(folder: string): Certificates {
  const ca = new OpensslCa(join(folder, 'own'));
  const other = new OpensslCa(join(folder, 'other'), 'Other Root');
  return {
    folder,
    ca,
    other,
    server: ca.issue('/CN=localhost', { names: LOOPBACK_NAMES }),
    merchant: ca.issue(`/O=Some Shop/CN=${MCH_ID}`),
    impostor: other.issue('/CN=localhost', { names: LOOPBACK_NAMES }),
  };
}

/** An authority's own certificate, in place of one that it signed. */
export const selfSigned = ({ folder, certFile, certPem }: OpensslCa): Issued => {
  const keyFile = join(folder, 'ca.key');
  return { certFile, keyFile, certPem, keyPem: readFileSync(keyFile, 'utf8') };
};

export interface FireWorld {
  readonly server: FaultServer;
  readonly proxy: FaultProxy;
  readonly clock: FakeClock;
  readonly transport: Transport;
  readonly gateway: Gateway;
  readonly certificates: Certificates;
  /** By the position of their address in the fault's list. */
  readonly besides: ReadonlyMap<number, FaultProxy>;
  readonly impostor: FaultServer;
  /** The name's addresses, which a test may change. */
  lookup: Lookup;
  /** Makes one call through the relay, to its end. */
  call(operation?: Operation): Promise<Ending>;
  close(): Promise<void>;
}

export async function openFireWorld(
  certificates: Certificates,
  { tls, certificate, client, addresses }: Partial<Fault> = {},
): Promise<FireWorld> {
  const { ca, merchant } = certificates;
  const server = await FaultServer.start(certificate?.(certificates) ?? certificates.server, ca, tls);
  server.onRequest = genuine;
  const backup =
    certificate === undefined && client === undefined ? null : await FaultServer.start(certificates.server, ca);
  if (backup !== null) backup.onRequest = genuine;
  const proxy = await FaultProxy.start(server.port);
  const impostor = await FaultServer.start(certificates.impostor, ca);
  const named = await standAt(addresses ?? [], proxy, server.port, impostor.port);
  const clock = new FakeClock();
  const { certPem, keyPem } = client?.(certificates) ?? merchant;
  const transport = httpsTransport({ certPem, keyPem, caPem: ca.certPem }, LIMITS, clock, {
    ...directWay,
    lookup: (host) => world.lookup(host),
  });
  const primary = addresses === undefined ? proxy.origin : `https://localhost:${String(proxy.port)}`;
  const settings = merchantSchema.parse({
    appid: APP_ID,
    mchId: MCH_ID,
    gateway: { primary, ...(backup === null ? {} : { backup: backup.origin }) },
    faceGateway: proxy.origin,
  });
  let calls = 0;
  const nonce = (): string => `nonce${String((calls += 1))}`;
  const gateway = createGateway({
    merchant: settings,
    terminal: terminalSchema.parse({}),
    apiKey: API_KEY,
    transport,
    clock,
    nonce,
  });
  const world: FireWorld = {
    server,
    proxy,
    clock,
    transport,
    gateway,
    certificates,
    besides: named.besides,
    impostor,
    lookup: () => Promise.resolve(named.addresses),
    call: async (operation = 'reverse') => endingOf(await makeCall(gateway, operation)),
    close: async () => {
      gateway.close();
      await Promise.all([
        proxy.close(),
        server.close(),
        backup?.close(),
        impostor.close(),
        ...[...named.besides.values()].map((beside) => beside.close()),
      ]);
    },
  };
  return world;
}

/** Puts a server or nothing at each address, all on the relay's port. All of 127.0.0.0/8 is loopback (RFC 1122). */
async function standAt(
  kinds: readonly AddressKind[],
  { port }: FaultProxy,
  serverPort: number,
  impostorPort: number,
): Promise<{ readonly addresses: readonly string[]; readonly besides: ReadonlyMap<number, FaultProxy> }> {
  const besides = new Map<number, FaultProxy>();
  const addresses: string[] = [];
  for (const [index, kind] of kinds.entries()) {
    const own = `127.0.1.${String(index + 1)}`;
    addresses.push(kind === 'live' ? '127.0.0.1' : kind === 'closed-v6' ? '::1' : own);
    if (kind === 'live' || kind === 'closed' || kind === 'closed-v6') continue;
    const beside = await FaultProxy.start(kind === 'impostor' ? impostorPort : serverPort, own, port);
    if (kind === 'silent') beside.onConnect = 'hold';
    besides.set(index, beside);
  }
  return { addresses, besides };
}

export async function makeCall(
  gateway: Gateway,
  operation: Operation,
): Promise<{ readonly kind: string; readonly why?: NoAnswer }> {
  switch (operation) {
    case 'pay':
      return (await gateway.pay(PAYMENT, () => undefined)).answer;
    case 'query':
      return (await gateway.query(ORDER)).answer;
    case 'reverse':
      return (await gateway.reverse(ORDER)).answer;
  }
}

const endingOf = ({ why }: { readonly why?: NoAnswer }): Ending => why ?? 'answered';

/** The correct, signed reply to any of our calls. `more` is an extra signed field: a long text makes a long reply. */
export function genuineXml(path: string, more: Readonly<Record<string, string>> = {}): string {
  if (path.endsWith('reverse')) return replyXml({ result_code: 'SUCCESS', recall: 'N', ...more });
  const order = { out_trade_no: OUT_TRADE_NO, total_fee: String(AMOUNT_FEN), transaction_id: TRANSACTION_ID };
  return replyXml({
    result_code: 'SUCCESS',
    ...(path.endsWith('query') ? { trade_state: 'SUCCESS' } : {}),
    ...order,
    ...more,
  });
}

export const genuine = ({ path, socket }: Heard): void => void socket.write(page(200, genuineXml(path)));

/** An origin on loopback where no server listens any more: one did a moment ago. */
export async function closedOrigin(): Promise<string> {
  const proxy = await FaultProxy.start(0);
  const { origin } = proxy;
  await proxy.close();
  return origin;
}

/** What the client did wrong under this fault; empty if nothing. */
export async function underFire(fault: Fault, certificates: Certificates): Promise<readonly string[]> {
  const world = await openFireWorld(certificates, fault);
  const { server, proxy } = world;
  const wrong: string[] = [];
  try {
    const ending = await within(world, fault.act(world));
    if (ending === null) return ['it never ended, though its deadline has passed'];
    if (!fault.ends.includes(ending)) wrong.push(`it ended as ${ending}, not as ${fault.ends.join(' or ')}`);
    await quiet();
    if (claimsNothingLeft(ending) && server.heardBytes > 0)
      wrong.push(`${ending}, but ${String(server.heardBytes)} bytes were heard`);
    if (world.impostor.heardBytes > 0) wrong.push(`${String(world.impostor.heardBytes)} bytes went to an impostor`);
    for (const healed of [proxy, ...world.besides.values()]) healed.heal();
    world.lookup = () => Promise.resolve(['127.0.0.1']);
    server.onRequest = genuine;
    server.onSecured = () => undefined;
    const next = await within(world, world.call());
    if (next !== 'answered') wrong.push(`the next call ended as ${String(next)}`);
    if (world.clock.pending > 0) wrong.push(`${String(world.clock.pending)} timers were left behind`);
  } finally {
    await world.close();
  }
  return wrong;
}

export const claimsNothingLeft = (ending: Ending): boolean => ending === 'not-sent' || ending === 'server-not-trusted';

/** Real time, only to distinguish a call that hangs for ever from one that is slow on this machine. */
const HANGS_AFTER_MS = 20_000;

async function within({ clock }: FireWorld, call: Promise<Ending>): Promise<Ending | null> {
  let timer: NodeJS.Timeout | undefined;
  const hangs = new Promise<null>((resolve) => {
    timer = setTimeout(() => {
      // Every call that still waits reaches its deadline now; if it does not end then, it never will.
      void clock.advance(LIMITS.callTimeoutMs).then(() => setTimeout(resolve, 1_000, null));
    }, HANGS_AFTER_MS);
  });
  const ending = await Promise.race([call, hangs]);
  clearTimeout(timer);
  return ending;
}

/** A few turns of the event loop, in which bytes on their way arrive. */
export async function quiet(): Promise<void> {
  for (let round = 0; round < 5; round += 1) await new Promise((resolve) => setImmediate(resolve));
}
