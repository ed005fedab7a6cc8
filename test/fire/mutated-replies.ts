/**
 * Hundreds of thousands of replies, genuine and changed, go through the real createGateway, by a transport that hands
 * over the bytes. The expected result of each comes from how it was made (reply-meaning.ts), never from our own reader.
 * Replies with changed fields are judged by their fields. If changed bytes are accepted, another reader (xml2js) must
 * read the same from them as ours.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { QueryAnswer } from '../../electron/wechat/answers.ts';
import { createGateway, type Gateway } from '../../electron/wechat/gateway.ts';
import { merchantSchema, terminalSchema } from '../../shared/settings.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { API_KEY, APP_ID, MCH_ID } from '../support/gateway/independent-gateway.ts';
import { tenpay } from '../support/gateway/peers.ts';
import { Dice } from './dice.ts';
import { OUT_TRADE_NO, PAYMENT, REFUND, TRANSACTION_ID } from './fire-world.ts';
import { mutatedBytes, xmlOf, type Fate } from './reply-bytes.ts';
import { genuineFields, mutatedFields } from './reply-fields.ts';
import { meaningOf, meantBy, SUB_APP_ID, SUB_MCH_ID, type Asked, type Meaning } from './reply-meaning.ts';

export interface ReplyFigures {
  readonly mutatedReplies: number;
  /** Replies that counted, and had to. */
  readonly genuine: number;
  readonly refused: number;
  readonly falseSuccess: number;
  /** Replies that were made genuine, and refused all the same. */
  readonly falseRefusal: number;
  readonly crashes: number;
  readonly slowestMs: number;
  readonly heapGrowthPercent: number;
  readonly seconds: number;
}
export interface ReplyReport {
  readonly figures: ReplyFigures;
  /** How often each mutation was made. */
  readonly made: ReadonlyMap<string, number>;
  readonly wrong: readonly string[];
}

/**
 * One made reply: `meaning` if the fields decide what it must be, `null` if the bytes were changed and a reader must
 * decide.
 */
interface Made {
  readonly asked: Asked;
  readonly bytes: Uint8Array;
  readonly names: readonly string[];
  readonly meaning: Meaning | null;
  readonly fate: Fate;
}

const WRONG_MAX = 10;
/** A body that takes this long is slow because of its content, if it takes as long each time. */
export const HANG_MS = 1_000;

/** Replies number `from` to `from + replies` of this seed. */
export async function fireReplies(replies: number, seed: number, from = 0): Promise<ReplyReport> {
  const bench = new Bench();
  const made = new Map<string, number>();
  const wrong: string[] = [];
  const counts = { genuine: 0, refused: 0, falseSuccess: 0, falseRefusal: 0, crashes: 0 };
  const startedMs = performance.now();
  let slowestMs = 0;
  let warmHeap = 0;
  for (let nth = from; nth < from + replies; nth += 1) {
    const reply = madeReply(new Dice(seed, nth));
    for (const name of reply.names) made.set(name, (made.get(name) ?? 0) + 1);
    const { verdict, ms } = await judged(bench, reply);
    counts[verdict] += 1;
    slowestMs = Math.max(slowestMs, ms < HANG_MS ? ms : await bench.slownessOf(reply));
    if (!['genuine', 'refused'].includes(verdict) && wrong.length < WRONG_MAX) {
      wrong.push(
        `${verdict}: --seed ${String(seed)} --from ${String(nth)} --replies 1 (${reply.names.join(', ')}): ${shown(reply.bytes)}`,
      );
    }
    if (nth - from === Math.floor(replies / 10)) warmHeap = heapAfterCollection();
  }
  if (slowestMs >= HANG_MS) wrong.push(`a reply took ${String(slowestMs)} ms`);
  const heapGrowthPercent = (100 * (heapAfterCollection() - warmHeap)) / warmHeap;
  const seconds = (performance.now() - startedMs) / 1_000;
  const rounded = (value: number): number => Math.round(value * 10) / 10;
  return {
    figures: {
      mutatedReplies: replies,
      ...counts,
      slowestMs: rounded(slowestMs),
      heapGrowthPercent: rounded(heapGrowthPercent),
      seconds: rounded(seconds),
    },
    made,
    wrong,
  };
}

function madeReply(dice: Dice): Made {
  const asked: Asked = {
    operation: dice.pick(['reverse', 'reverse', 'query', 'query', 'pay', 'refund', 'refundStatus']),
    by: dice.pick(['out_trade_no', 'out_trade_no', 'transaction_id']),
    signType: dice.pick(['HMAC-SHA256', 'HMAC-SHA256', 'MD5']),
    partner: dice.chance(0.3),
  };
  const what = dice.roll();
  const fields = genuineFields(dice, asked, what >= 0.5);
  if (what < 0.05)
    return {
      asked,
      bytes: Buffer.from(xmlOf(fields, dice)),
      names: ['none'],
      meaning: meaningOf(fields, asked),
      fate: 'as-read',
    };
  if (what < 0.5) {
    const { list, names } = mutatedFields(fields, dice, asked);
    return { asked, bytes: Buffer.from(xmlOf(list, dice)), names, meaning: meaningOf(list, asked), fate: 'as-read' };
  }
  const base = what < 0.9 ? { list: fields, names: [] } : mutatedFields(fields, dice, asked);
  // The second reader trims, so it could not confirm such a text.
  const list = base.list.map(([name, value]) => [name, value.trim()] as const);
  const { bytes, names, fate } = mutatedBytes(xmlOf(list, dice), dice);
  return { asked, bytes, names: [...base.names, ...names], meaning: null, fate };
}

/** The processor time of this process: other work on the machine does not count. */
function processorMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

type Judgement = 'genuine' | 'refused' | 'falseSuccess' | 'falseRefusal' | 'crashes';

async function judged(bench: Bench, reply: Made): Promise<{ readonly verdict: Judgement; readonly ms: number }> {
  const startedMs = processorMs();
  let answer: Meaning;
  try {
    answer = meantBy(await bench.call(reply));
  } catch {
    // Whatever a reply contains, a call ends with an answer; if it throws, that is the finding.
    return { verdict: 'crashes', ms: processorMs() - startedMs };
  }
  const ms = processorMs() - startedMs;
  const counts = answer.kind !== 'no-answer';
  if (reply.meaning === null) {
    if (!counts) return { verdict: 'refused', ms };
    const read = reply.fate === 'never' ? null : await asAnotherReads(reply);
    return { verdict: read !== null && isSame(read, answer) ? 'genuine' : 'falseSuccess', ms };
  }
  if (isSame(reply.meaning, answer)) return { verdict: counts ? 'genuine' : 'refused', ms };
  return { verdict: counts ? 'falseSuccess' : 'falseRefusal', ms };
}

/** What xml2js reads from the bytes, judged like any other fields; `null` if it finds them broken. */
async function asAnotherReads({ bytes, asked }: Made): Promise<Meaning | null> {
  const read = await tenpay.readXml(Buffer.from(bytes).toString('utf8')).catch(() => null);
  if (typeof read !== 'object' || read === null) return null;
  const list = Object.entries(read).map(([name, value]) => [name, typeof value === 'string' ? value : '\0'] as const);
  return meaningOf(list, asked);
}

const sorted = (meaning: Meaning): string =>
  JSON.stringify(Object.entries(meaning).sort(([a], [b]) => (a < b ? -1 : 1)));
const isSame = (one: Meaning, other: Meaning): boolean => sorted(one) === sorted(other);

const shown = (bytes: Uint8Array): string => JSON.stringify(Buffer.from(bytes).toString('latin1').slice(0, 1_500));

/**
 * Four gateways (each algorithm, a merchant and a partner) over a transport that returns the bytes given to it last.
 */
class Bench {
  #bytes: Uint8Array = new Uint8Array();
  readonly #gateways = new Map<string, Gateway>();

  constructor() {
    for (const signType of ['HMAC-SHA256', 'MD5'] as const) {
      for (const partner of [false, true])
        this.#gateways.set(`${signType} ${String(partner)}`, this.#gateway(signType, partner));
    }
  }

  call({ asked, bytes }: Made): Promise<Meaning> {
    this.#bytes = bytes;
    const gateway = this.#gateways.get(`${asked.signType} ${String(asked.partner)}`);
    if (gateway === undefined) throw new Error('no such gateway');
    const byOurs = asked.by === 'out_trade_no';
    const ref = {
      family: 'facepay',
      outTradeNo: byOurs ? OUT_TRADE_NO : null,
      transactionId: byOurs ? null : TRANSACTION_ID,
    } as const;
    if (asked.operation === 'pay') return gateway.pay(PAYMENT, () => undefined).then(({ answer }) => answer);
    if (asked.operation === 'query') return gateway.query(ref).then(({ answer }) => withoutRefunds(answer));
    const refund = { ...REFUND, outTradeNo: ref.outTradeNo, transactionId: ref.transactionId };
    if (asked.operation === 'refund') return gateway.refund(refund).then(({ answer }) => answer);
    if (asked.operation === 'refundStatus') return gateway.refundStatus(refund).then(({ answer }) => answer);
    return gateway.reverse(ref).then(({ answer }) => answer);
  }

  /** The shortest of three times: it leaves out other work on the machine. */
  async slownessOf(reply: Made): Promise<number> {
    const times: number[] = [];
    for (let time = 0; time < 3; time += 1) {
      const startedMs = processorMs();
      await this.call(reply);
      times.push(processorMs() - startedMs);
    }
    return Math.min(...times);
  }

  #gateway(signType: Asked['signType'], partner: boolean): Gateway {
    const merchant = merchantSchema.parse({
      appid: APP_ID,
      mchId: MCH_ID,
      signType,
      ...(partner ? { subAppid: SUB_APP_ID, subMchId: SUB_MCH_ID } : {}),
    });
    const transport = {
      post: () => Promise.resolve({ ok: true, body: this.#bytes } as const),
      open: () => undefined,
      close: () => undefined,
    };
    return createGateway({
      merchant,
      terminal: terminalSchema.parse({}),
      apiKey: API_KEY,
      transport,
      clock: new FakeClock(),
      nonce: () => 'nonce',
    });
  }
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

function heapAfterCollection(): number {
  for (let round = 0; round < 3; round += 1) collect();
  return process.memoryUsage().heapUsed;
}

/** A query that says REFUND is followed by a call of its own, which is tested by itself: test/wechat/gateway.test.ts. */
const withoutRefunds = (answer: QueryAnswer): QueryAnswer => {
  if (answer.kind !== 'seen') return answer;
  const { refunds: _refunds, ...seen } = answer;
  return seen;
};
