import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sealedFile, type SealedFile } from '../../electron/vault/sealed-file.ts';
import { temporaryFolder } from '../support/command.ts';

const SECRET = '{"apiKey":"Aq8Zr2Xw7Nc4Vb6Mk1Lj9Hg3Fd5Sp0Ty","店":"江边"}';

let folder: string;
let path: string;
let secretPath: string;
beforeEach(() => {
  folder = join(temporaryFolder(), 'profile');
  path = join(folder, 'credentials.sealed');
  secretPath = join(folder, 'device.secret');
});

const file = (passphrase = ''): SealedFile => sealedFile(path, secretPath, passphrase);
const opened = { ok: true, value: SECRET };
const refused = (code: string): object => ({ ok: false, error: code });

describe('a sealed file', () => {
  it('gives back what was sealed, on the device that sealed it', () => {
    expect(file().read()).toEqual(refused('missing'));
    file().write(SECRET);
    expect(file().read()).toEqual(opened);
    file().write('another');
    expect(file().read()).toEqual({ ok: true, value: 'another' });
    expect(readdirSync(folder).sort()).toEqual(['credentials.sealed', 'device.secret']);
  });

  it('holds nothing of it in the clear, and is not the same twice', () => {
    file().write(SECRET);
    const first = readFileSync(path, 'latin1');
    for (const part of ['Aq8Zr2Xw7Nc4Vb6Mk1Lj9Hg3Fd5Sp0Ty', 'apiKey']) {
      for (const form of [part, Buffer.from(part).toString('hex'), Buffer.from(part).toString('base64').slice(0, -2)]) expect(first).not.toContain(form);
    }
    file().write(SECRET);
    expect(readFileSync(path, 'latin1')).not.toBe(first);
  });

  it('and the device’s secret are this user’s alone', () => {
    file().write(SECRET);
    expect([path, secretPath, folder].map((place) => (statSync(place).mode & 0o777).toString(8))).toEqual(['600', '600', '700']);
    expect(statSync(secretPath).size).toBe(32);
  });

  it('opens on no other device, and not without the device’s secret', () => {
    file().write(SECRET);
    writeFileSync(secretPath, Buffer.alloc(32, 7));
    expect(file().read()).toEqual(refused('wrong-key'));
    rmSync(secretPath);
    expect(file().read()).toEqual(refused('wrong-key'));
  });

  it('opens under its passphrase and no other', () => {
    file('长 passphrase').write(SECRET);
    expect(file('长 passphrase').read()).toEqual(opened);
    for (const other of ['', '长 passphras', '长 passphrase ']) expect(file(other).read()).toEqual(refused('wrong-key'));
  });

  it('does not open where a single byte was changed, anywhere', () => {
    file().write(SECRET);
    const whole = z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(path, 'utf8')));
    for (const part of ['salt', 'iv', 'tag', 'text']) {
      const bytes = Buffer.from(z.string().parse(whole[part]), 'base64');
      bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
      writeFileSync(path, JSON.stringify({ ...whole, [part]: bytes.toString('base64') }));
      expect(file().read(), part).toEqual(refused('wrong-key'));
    }
  });

  it.each(['', '{', 'null', '{"v":2}', '{"v":1,"salt":"AA==","iv":"AA==","tag":"AA=="}', '{"v":1,"salt":"!","iv":"","tag":"","text":""}'])('is damaged where it holds %j, and stays as it is', (content) => {
    file().write(SECRET);
    writeFileSync(path, content);
    expect(file().read()).toEqual(refused('damaged'));
    expect(readFileSync(path, 'utf8')).toBe(content);
  });

  it('does not open with a tag or an iv cut short, and does not throw', () => {
    file().write(SECRET);
    const whole = z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(path, 'utf8')));
    for (const part of ['iv', 'tag', 'salt', 'text']) {
      writeFileSync(path, JSON.stringify({ ...whole, [part]: 'AAAA' }));
      expect(file().read(), part).toEqual(refused('wrong-key'));
    }
  });

  it('is not sealed under a device secret that is no secret: an empty or half-written one is refused', () => {
    file().write(SECRET);
    writeFileSync(secretPath, '');
    expect(file().read()).toEqual(refused('wrong-key'));
    file().write(SECRET);
    expect(statSync(secretPath).size, 'a new one is made').toBe(32);
    expect(file().read()).toEqual(opened);
  });
});
