/** The merchant that practice mode takes payments for, and its set-up file for `init --from`. */
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Family } from '../../shared/order/order.ts';
import type { Device, SignType } from '../../shared/settings.ts';

export interface PracticeMerchant {
  readonly appid: string;
  readonly mchId: string;
  readonly subAppid?: string | undefined;
  readonly subMchId?: string | undefined;
  /** 32 characters. */
  readonly apiKey: string;
}

/** Always the same merchant, with a new key each time. The numbers are the documentation's examples. */
export const newPracticeMerchant = (): PracticeMerchant => ({
  appid: 'wx8888888888888888',
  mchId: '1900000109',
  apiKey: randomBytes(16).toString('hex'),
});

/** What `init --from` reads. Paths are absolute. */
export interface MerchantFile {
  readonly appid: string;
  readonly mchId: string;
  readonly subAppid?: string;
  readonly subMchId?: string;
  readonly apiKey: string;
  readonly certificate: { readonly certFile: string; readonly keyFile: string };
  readonly signType: SignType;
  readonly family: Family;
  readonly device?: Device;
  readonly gateway: { readonly primary: string; readonly backup: string; readonly caFile: string };
  readonly faceGateway: string;
}

/** A practice gateway is one. */
export interface MerchantFileSource {
  readonly merchant: PracticeMerchant;
  readonly primary: string;
  readonly backup: string;
  readonly caPem: string;
  readonly clientCertPem: string;
  readonly clientKeyPem: string;
}

const WRITTEN = ['merchant.json', 'apiclient_key.pem', 'apiclient_cert.pem', 'ca.pem'] as const;

/** Removes what `writeMerchantFile` wrote into `folder`: without its gateway nothing can be done with it. */
export function removeMerchantFile(folder: string): void {
  for (const name of WRITTEN) rmSync(join(folder, name), { force: true });
}

/**
 * Writes merchant.json and the files it names (ca.pem, apiclient_cert.pem, apiclient_key.pem) into `folder`, which is
 * created if needed. Readable by this user only, because it holds keys, although only for play money. Returns the
 * file's path and content.
 */
export async function writeMerchantFile(
  { merchant, primary, backup, caPem, clientCertPem, clientKeyPem }: MerchantFileSource,
  folder: string,
  {
    signType = 'HMAC-SHA256',
    family = 'facepay',
    device,
  }: { readonly signType?: SignType; readonly family?: Family; readonly device?: Device } = {},
): Promise<{ readonly path: string; readonly content: MerchantFile }> {
  const within = (name: string): string => join(resolve(folder), name);
  const content: MerchantFile = {
    appid: merchant.appid,
    mchId: merchant.mchId,
    ...(merchant.subAppid === undefined ? {} : { subAppid: merchant.subAppid }),
    ...(merchant.subMchId === undefined ? {} : { subMchId: merchant.subMchId }),
    apiKey: merchant.apiKey,
    certificate: { certFile: within('apiclient_cert.pem'), keyFile: within('apiclient_key.pem') },
    signType,
    family,
    ...(device === undefined ? {} : { device }),
    gateway: { primary, backup, caFile: within('ca.pem') },
    faceGateway: primary,
  };
  const path = within('merchant.json');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const write = (file: string, text: string): Promise<void> => writeFile(file, text, { mode: 0o600 });
  await Promise.all([
    write(content.gateway.caFile, caPem),
    write(content.certificate.certFile, clientCertPem),
    write(content.certificate.keyFile, clientKeyPem),
  ]);
  await write(path, `${JSON.stringify(content, null, 2)}\n`);
  return { path, content };
}
