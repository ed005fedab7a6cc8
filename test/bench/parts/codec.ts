/**
 * Part 2: everything that one reverse and its reply need except the network, against both libraries and against the
 * least possible work.
 */
import { createHmac } from 'node:crypto';
import { XMLParser } from 'fast-xml-parser';
import { newPracticeMerchant } from '../../../electron/practice/practice-merchant.ts';
import { sign, verify, type Fields } from '../../../electron/wechat/sign.ts';
import { readXml, writeXml } from '../../../electron/wechat/xml.ts';
import { axiosPlugin, tenpay, type Peer } from '../../support/gateway/peers.ts';
import { median, spreadOf, table, times } from '../figures.ts';

const ROUNDS = 15;
const CALLS = 1_000;
const TYPE = 'HMAC-SHA256';
const { appid, mchId, apiKey } = newPracticeMerchant();
const ids = { appid, mch_id: mchId, nonce_str: 'abcdefghijklmnopabcdefghijklmnop' };
const request: Fields = { ...ids, out_trade_no: '2026112400000000000000000001', sign_type: TYPE };
const reply: Fields = { return_code: 'SUCCESS', return_msg: 'OK', ...ids, result_code: 'SUCCESS', recall: 'N' };
const replyXml = written({ ...reply, sign: sign(reply, apiKey, TYPE) });
const replyBytes = Buffer.from(replyXml);
const canonical = `${Object.entries(request)
  .map(([name, value]) => `${name}=${value}`)
  .join('&')}&key=${apiKey}`;
const plainParser = new XMLParser({ parseTagValue: false });

function written(fields: Fields): string {
  const xml = writeXml(fields);
  if (!xml.ok) throw new Error(xml.error.field);
  return xml.value;
}

async function ours(calls: number): Promise<void> {
  await Promise.resolve();
  for (let n = 0; n < calls; n += 1) oneOfOurs();
}

function oneOfOurs(): void {
  written({ ...request, sign: sign(request, apiKey, TYPE) });
  const read = readXml(replyBytes);
  if (!read.ok || !verify(read.value, apiKey, TYPE)) throw new Error('not believed');
}

const peerCalls =
  (peer: Peer) =>
  async (calls: number): Promise<void> => {
    for (let n = 0; n < calls; n += 1) await oneOf(peer);
  };

async function oneOf(peer: Peer): Promise<void> {
  peer.writeXml({ ...request, sign: peer.sign(request, apiKey, TYPE) });
  let read = (await peer.readXml(replyBytes.toString())) as Fields & { readonly xml?: Fields };
  read = read.xml ?? read;
  const { sign: claimed, ...signed } = read;
  if (peer.sign(signed, apiKey, TYPE) !== claimed) throw new Error('not believed');
}

/** Two HMACs and the parser's own parse; fields are not sorted, and nothing is written or checked. */
async function floor(calls: number): Promise<void> {
  await Promise.resolve();
  for (let n = 0; n < calls; n += 1) oneOfTheFloor();
}

function oneOfTheFloor(): void {
  createHmac('sha256', apiKey).update(canonical).digest('hex');
  createHmac('sha256', apiKey).update(canonical).digest('hex');
  plainParser.parse(replyXml);
}

export async function codecPart(): Promise<string> {
  const all = [
    { name: 'ours', act: ours },
    { name: 'wechatpay-axios-plugin', act: peerCalls(axiosPlugin) },
    { name: 'tenpay', act: peerCalls(tenpay) },
    { name: 'floor: two HMACs and one parse', act: floor },
  ].map((one) => ({ ...one, perSecond: new Array<number>() }));
  for (let round = -2; round < ROUNDS; round += 1) {
    for (const { act, perSecond } of all) {
      const startMs = performance.now();
      await act(CALLS);
      if (round >= 0) perSecond.push(CALLS / ((performance.now() - startMs) / 1_000));
    }
  }
  const mine = median(all[0]?.perSecond ?? []);
  const rows = all.map(({ name, perSecond }) => {
    const { p50, least, most } = spreadOf(perSecond);
    return [name, `${p50.toFixed(0)} (${least.toFixed(0)} to ${most.toFixed(0)})`, times(mine / p50)];
  });
  return table(['who', 'reverses a second, median (least to most)', 'ours against it'], rows);
}
