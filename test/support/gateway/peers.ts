/** The other implementations of the v2 protocol, all with the same shape: wechatpay-axios-plugin 0.9 and tenpay 2.1. */
import { createRequire } from 'node:module';
import { Hash, Transformer } from 'wechatpay-axios-plugin';
import type { Fields } from '../../../electron/wechat/sign.ts';
import type { SignType } from '../../../shared/settings.ts';

export interface Peer {
  sign(fields: Fields, apiKey: string, signType: SignType): string;
  writeXml(fields: Fields): string;
  /** Rejects if it finds the text broken. */
  readXml(xml: string): Promise<unknown>;
}

export const axiosPlugin: Peer = {
  sign: (fields, apiKey, signType) => Hash.sign(signType, fields, apiKey),
  writeXml: (fields) => Transformer.toXml(fields),
  readXml: (xml) => Promise.resolve(Transformer.toObject(xml)),
};

interface TenpayModule {
  init(config: { appid: string; mchid: string; partnerKey: string }): {
    _getSign(fields: Fields, signType: SignType): string;
  };
}
interface TenpayUtil {
  buildXML(fields: Fields): string;
  parseXML(xml: string): Promise<unknown>;
}

// It has no types of its own.
const load = createRequire(import.meta.url);
const tenpayModule = load('tenpay') as TenpayModule;
const tenpayUtil = load('tenpay/lib/util') as TenpayUtil;

export const tenpay: Peer = {
  sign: (fields, apiKey, signType) =>
    tenpayModule
      .init({ appid: 'wx8888888888888888', mchid: '1900000109', partnerKey: apiKey })
      ._getSign(fields, signType),
  writeXml: (fields) => tenpayUtil.buildXML(fields),
  readXml: (xml) => tenpayUtil.parseXML(xml),
};
