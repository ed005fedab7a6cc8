/** This device's secret: made once, the same for all processes that make it at once, never replaced when it exists. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { beforeEach, expect, test } from 'vitest';
import { deviceSecret, deviceSecretOrNew } from '../../electron/vault/device-secret.ts';
import { temporaryFolder } from '../support/command.ts';

let path: string;
beforeEach(() => {
  path = join(temporaryFolder(), 'profile', 'device.secret');
});

test('is made on first use, for this user alone, and is the same from then on', () => {
  expect(deviceSecret(path)).toBeNull();
  const made = deviceSecretOrNew(path);
  expect(made.byteLength).toBe(32);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(dirname(path)), 'no draft is left').toEqual(['device.secret']);
  expect([deviceSecret(path), deviceSecretOrNew(path)]).toEqual([made, made]);
});

test('is made again if only half of it is there', () => {
  deviceSecretOrNew(path);
  writeFileSync(path, 'half');
  expect(deviceSecret(path)).toBeNull();
  const made = deviceSecretOrNew(path);
  expect(readFileSync(path).equals(made)).toBe(true);
});

test('is one and the same for all who make it at once', async () => {
  const module = JSON.stringify(new URL('../../electron/vault/device-secret.ts', import.meta.url).href);
  const gate = new Int32Array(new SharedArrayBuffer(4));
  const code = `
    const { parentPort, workerData } = require('node:worker_threads');
    import(${module}).then(({ deviceSecretOrNew }) => {
      parentPort.postMessage('ready');
      Atomics.wait(workerData.gate, 0, 0);
      parentPort.postMessage(deviceSecretOrNew(workerData.path).toString('hex'));
    });`;
  const racers = Array.from({ length: 6 }, () => new Worker(code, { eval: true, workerData: { gate, path } }));
  const said = racers.map((racer) => {
    const lines: string[] = [];
    racer.on('message', (line: string) => lines.push(line));
    return lines;
  });
  await expect.poll(() => said.flat().length).toBe(6);
  Atomics.store(gate, 0, 1);
  Atomics.notify(gate, 0);
  await expect.poll(() => said.flat().length).toBe(12);
  expect(new Set(said.map((lines) => lines[1]))).toEqual(new Set([deviceSecret(path)?.toString('hex')]));
});
