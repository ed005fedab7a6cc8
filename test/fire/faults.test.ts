/** Every fault of the tables, once each, on a clock that stands still. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressFaults } from './address-faults.ts';
import { cutEverywhere } from './cut-everywhere.ts';
import { makeCertificates, underFire, type Certificates, type Fault } from './fire-world.ts';
import { httpFaults } from './http-faults.ts';
import { lineFaults } from './line-faults.ts';
import { saidFaults } from './said-faults.ts';
import { tlsFaults } from './tls-faults.ts';

let folder: string;
let certificates: Certificates;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'facepay-fire-'));
  certificates = makeCertificates(folder);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const tables: readonly [string, readonly Fault[]][] = [
  ['of addresses', addressFaults],
  ['on the line', lineFaults],
  ['over HTTP', httpFaults],
  ['in TLS', tlsFaults],
  ['of what is said', saidFaults],
];

describe.each(tables)('%s', (_where, faults) => {
  it.each(faults)('the client handles $name correctly, and the next call works as before', async (fault) => {
    expect(await underFire(fault, certificates)).toEqual([]);
  });
});

it('handles a call correctly that is cut off after any of its bytes', async () => {
  const { wrong, endings } = await cutEverywhere(certificates, 211, 1);
  expect(wrong).toEqual([]);
  for (const ending of ['not-sent', 'broken', 'timeout'] as const) expect(endings[ending], ending).toBeGreaterThan(5);
});
