import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  newPracticeMerchant,
  writeMerchantFile,
  type MerchantFile,
} from '../../electron/practice/practice-merchant.ts';
import { environmentOf, merchantSchema } from '../../shared/settings.ts';
import { bench, type Bench } from './terminal.ts';

let till: Bench;
let folder: string;

beforeAll(async () => {
  till = await bench();
  folder = await mkdtemp(join(tmpdir(), 'practice-'));
});
afterAll(async () => {
  await till.gateway.close();
  await rm(folder, { recursive: true });
});

describe('the practice merchant', () => {
  it('is always the same, under another 32-character key', () => {
    const [one, other] = [newPracticeMerchant(), newPracticeMerchant()];
    expect(one).toMatchObject({
      appid: expect.stringMatching(/^wx\d{16}$/),
      mchId: expect.stringMatching(/^19000\d{5}$/),
    });
    expect(one.apiKey).toMatch(/^[0-9a-f]{32}$/);
    expect(other.apiKey).not.toBe(one.apiKey);
  });

  it('comes as a merchant.json that names its files, the gateway and nothing but loopback', async () => {
    const { path, content } = await writeMerchantFile(till.gateway, join(folder, 'new', 'folder'), {
      signType: 'MD5',
      family: 'micropay',
    });
    const written = JSON.parse(await readFile(path, 'utf8')) as MerchantFile;
    expect(written).toEqual(content);
    expect(await readFile(written.certificate.certFile, 'utf8')).toBe(till.gateway.clientCertPem);
    expect(await readFile(written.certificate.keyFile, 'utf8')).toBe(till.gateway.clientKeyPem);
    expect(await readFile(written.gateway.caFile, 'utf8')).toBe(till.gateway.caPem);
    const { appid, mchId, signType, family, gateway, faceGateway } = written;
    const { primary, backup } = gateway;
    const merchant = merchantSchema.parse({
      appid,
      mchId,
      signType,
      family,
      faceGateway,
      gateway: { primary, backup },
    });
    expect(merchant).toMatchObject({ signType: 'MD5', family: 'micropay' });
    expect(environmentOf(merchant)).toBe('practice');
  });

  it('keeps its files from other users', async () => {
    const { path } = await writeMerchantFile(till.gateway, folder);
    expect((await stat(path)).mode & 0o077).toBe(0);
  });
});
