/** Secrets at rest: who can open them with which protection, and that every change of them is noticed. */
import { createCipheriv, randomBytes, scryptSync } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { sealedFile, type Seal, type SealedFile } from '../../electron/vault/sealed-file.ts';
import { noSecretBox, type SecretBox } from '../../electron/vault/secret-box.ts';
import { temporaryFolder } from '../support/command.ts';
import { SEAL_COST } from '../../electron/vault/scrypt-cost.ts';
import { FakeKeyStore } from '../support/secrets/fake-key-store.ts';
import { CHEAP } from '../support/secrets/scrypt.ts';
import { LONG } from '../support/slice.ts';

const SECRET = '{"apiKey":"Aq8Zr2Xw7Nc4Vb6Mk1Lj9Hg3Fd5Sp0Ty","店":"江边"}';

/** Cheap, in tests that are not about its cost. */
let cost = CHEAP;

let folder: string;
let path: string;
let secretPath: string;
beforeEach(() => {
  cost = CHEAP;
  folder = join(temporaryFolder(), 'profile');
  path = join(folder, 'credentials.sealed');
  secretPath = join(folder, 'device.secret');
});

const file = (passphrase = '', box: SecretBox = noSecretBox): SealedFile =>
  sealedFile(path, { secretPath, passphrase, box, cost });
const opened = { ok: true, value: SECRET };
const refused = (code: string): object => ({ ok: false, error: code });
const SUPPORT = 'support, spoken over the phone';
const RUNS = LONG ? 20_000 : 1_000;

describe('a sealed file', () => {
  it('gives back what was sealed, on the device that sealed it', async () => {
    cost = SEAL_COST;
    expect(await file().read()).toEqual(refused('missing'));
    expect(file().seal()).toBeNull();
    await file().write(SECRET);
    expect(await file().read()).toEqual(opened);
    await file().write('another');
    expect(await file().read()).toEqual({ ok: true, value: 'another' });
    expect(readdirSync(folder).sort()).toEqual(['credentials.sealed', 'device.secret']);
  });

  it('holds nothing of it in the clear, and is not the same twice', async () => {
    await file().write(SECRET);
    const first = readFileSync(path, 'latin1');
    for (const part of ['Aq8Zr2Xw7Nc4Vb6Mk1Lj9Hg3Fd5Sp0Ty', 'apiKey']) {
      for (const form of [part, Buffer.from(part).toString('hex'), Buffer.from(part).toString('base64').slice(0, -2)])
        expect(first).not.toContain(form);
    }
    await file().write(SECRET);
    expect(readFileSync(path, 'latin1')).not.toBe(first);
  });

  it('and the device’s secret are this user’s alone', async () => {
    await file().write(SECRET);
    expect([path, secretPath, folder].map((place) => (statSync(place).mode & 0o777).toString(8))).toEqual([
      '600',
      '600',
      '700',
    ]);
    expect(statSync(secretPath).size).toBe(32);
  });

  it('opens on no other device, and not without the device’s secret', async () => {
    await file().write(SECRET);
    writeFileSync(secretPath, Buffer.alloc(32, 7));
    expect(await file().read()).toEqual(refused('wrong-key'));
    rmSync(secretPath);
    expect(await file().read()).toEqual(refused('wrong-key'));
  });

  it('does not open where a single character was changed, anywhere', async () => {
    // Opened through one slot, so that only the envelope protects the other.
    await file('', new FakeKeyStore()).write(SECRET, { protection: 'key-store', supportPassphrase: SUPPORT });
    expect(await file(SUPPORT).read()).toEqual(opened);
    const whole = readFileSync(path);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
        const edited = Buffer.from(whole);
        edited[at] = (edited[at] ?? 0) ^ flip;
        writeFileSync(path, edited);
        const read = await file(SUPPORT).read();
        expect(read.ok, `byte ${String(at)} ^ ${String(flip)}`).toBe(false);
      }),
      { numRuns: RUNS },
    );
  });

  it('does not open where base64 spells the same bytes in another way', async () => {
    await file().write('x'); // one byte: the last character of its base64 has four bits that mean nothing
    const text = readFileSync(path, 'utf8');
    const other = text.replace(
      /"text":"(.)([A-Za-z0-9+/])==/g,
      (_all, first: string, last: string) => `"text":"${first}${String.fromCharCode(last.charCodeAt(0) + 1)}==`,
    );
    expect(other).not.toBe(text);
    writeFileSync(path, other);
    expect((await file().read()).ok).toBe(false);
  });

  it.each([
    '',
    '{',
    'null',
    '{"v":3}',
    '{"v":2,"slots":[],"content":{}}',
    '{"v":1,"salt":"AA==","iv":"AA==","tag":"AA=="}',
    '{"v":1,"salt":"!","iv":"","tag":"","text":""}',
  ])('is damaged where it holds %j, and stays as it is', async (content) => {
    await file().write(SECRET);
    writeFileSync(path, content);
    expect(await file().read()).toEqual(refused('damaged'));
    expect(readFileSync(path, 'utf8')).toBe(content);
  });

  it('is not sealed under a device secret that is no secret: an empty or half-written one is refused', async () => {
    await file().write(SECRET);
    writeFileSync(secretPath, '');
    expect(await file().read()).toEqual(refused('wrong-key'));
    await file().write(SECRET);
    expect(statSync(secretPath).size, 'a new one is made').toBe(32);
    expect(await file().read()).toEqual(opened);
  });

  it('of the first version is still opened, under its passphrase too', async () => {
    const secret = randomBytes(32);
    mkdirSync(folder, { recursive: true });
    writeFileSync(secretPath, secret);
    for (const passphrase of ['', 'of old']) {
      const [salt, iv] = [randomBytes(16), randomBytes(12)];
      const key = scryptSync(Buffer.concat([secret, Buffer.from(passphrase)]), salt, 32, {
        N: 2 ** 15,
        r: 8,
        p: 1,
        maxmem: 2 ** 26,
      });
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const text = Buffer.concat([cipher.update(SECRET, 'utf8'), cipher.final()]);
      const base64 = { salt, iv, tag: cipher.getAuthTag(), text };
      writeFileSync(
        path,
        JSON.stringify({
          v: 1,
          ...Object.fromEntries(Object.entries(base64).map(([name, bytes]) => [name, bytes.toString('base64')])),
        }),
      );
      expect(await file(passphrase).read()).toEqual(opened);
      expect(await file('another').read()).toEqual(refused('wrong-key'));
    }
  });
});

/** For each protection, the answer to each kind of process. */
const table: readonly {
  seal: Seal;
  bare: string;
  passphrase: string;
  keyStore: string;
  both: string;
  support: string;
}[] = [
  {
    seal: { protection: 'device' },
    bare: 'opens',
    passphrase: 'opens',
    keyStore: 'opens',
    both: 'opens',
    support: 'opens',
  },
  {
    seal: { protection: 'passphrase' },
    bare: 'passphrase-needed',
    passphrase: 'opens',
    keyStore: 'passphrase-needed',
    both: 'opens',
    support: 'wrong-key',
  },
  {
    seal: { protection: 'key-store' },
    bare: 'in-key-store',
    passphrase: 'in-key-store',
    keyStore: 'opens',
    both: 'opens',
    support: 'in-key-store',
  },
  {
    seal: { protection: 'both' },
    bare: 'passphrase-needed',
    passphrase: 'in-key-store',
    keyStore: 'passphrase-needed',
    both: 'opens',
    support: 'in-key-store',
  },
  {
    seal: { protection: 'key-store', supportPassphrase: SUPPORT },
    bare: 'in-key-store',
    passphrase: 'in-key-store',
    keyStore: 'opens',
    both: 'opens',
    support: 'opens',
  },
  {
    seal: { protection: 'both', supportPassphrase: SUPPORT },
    bare: 'passphrase-needed',
    passphrase: 'in-key-store',
    keyStore: 'passphrase-needed',
    both: 'opens',
    support: 'opens',
  },
];

describe('a protection', () => {
  it.each(table)(
    'of $seal opens for programs that have everything it needs, and tells others what they lack',
    async ({ seal, ...expected }) => {
      const box = new FakeKeyStore();
      await file('长 passphrase', box).write(SECRET, seal);
      const said = async (passphrase: string, with_: SecretBox = noSecretBox): Promise<string> => {
        const read = await file(passphrase, with_).read();
        return read.ok && read.value === SECRET ? 'opens' : read.ok ? 'something else' : read.error;
      };
      const found = {
        bare: await said(''),
        passphrase: await said('长 passphrase'),
        keyStore: await said('', box),
        both: await said('长 passphrase', box),
        support: await said(SUPPORT),
      };
      expect(found).toEqual(expected);
      expect(file().seal()).toEqual({ protection: seal.protection, supported: seal.supportPassphrase !== undefined });
    },
  );

  it('takes the passphrase to the last blank', async () => {
    await file('长 passphrase').write(SECRET);
    for (const other of ['长 passphras', '长 passphrase '])
      expect(await file(other).read()).toEqual(refused('wrong-key'));
  });

  it('by the key store does not do without this device’s secret, nor without this key store', async () => {
    const box = new FakeKeyStore();
    await file('', box).write(SECRET, { protection: 'key-store' });
    expect(await file('', new FakeKeyStore()).read()).toEqual(refused('key-store-refused'));
    box.locked = true;
    expect(await file('', box).read()).toEqual(refused('key-store-unavailable'));
    box.locked = false;
    writeFileSync(secretPath, Buffer.alloc(32, 7));
    expect(await file('', box).read()).toEqual(refused('wrong-key'));
  });

  it('is renewed where the key store has a newer key, and not where that would be a worse one', async () => {
    const box = new FakeKeyStore();
    await file('', box).write(SECRET, { protection: 'key-store', supportPassphrase: SUPPORT });
    const before = readFileSync(path, 'utf8');
    box.stale = true;
    box.worth = 'public-key';
    expect(await file('', box).read()).toEqual(opened);
    expect(readFileSync(path, 'utf8')).toBe(before);
    box.worth = 'real';
    expect(await file('', box).read()).toEqual(opened);
    expect(box.wraps).toBe(2);
    expect(readFileSync(path, 'utf8')).toContain(Buffer.from('wrapped-2').toString('base64'));
    box.stale = false;
    expect([await file('', box).read(), await file(SUPPORT).read()]).toEqual([opened, opened]);
  });
});
