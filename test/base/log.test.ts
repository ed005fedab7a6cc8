import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileLog } from '../../electron/base/log.ts';
import { temporaryFolder } from '../support/command.ts';
import { canMount, smallDisk } from '../support/small-disk.ts';

const SECRET = 'Aq8Zr2Xw7Nc4Vb6Mk1Lj9Hg3Fd5Sp0Ty';
const linesOf = (folder: string): unknown[] =>
  readFileSync(join(folder, 'facepay.log'), 'utf8')
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));

describe('the log', () => {
  it('is one JSON line an event, written at once, without secrets', () => {
    const folder = join(temporaryFolder(), 'logs');
    const log = fileLog(folder);
    log.info({ orderId: 'pos-1', apiKey: SECRET }, `left with key=${SECRET}`);
    log.error({ error: new Error(`key=${SECRET}`) }, 'broke');
    expect(linesOf(folder)).toMatchObject([
      { level: 30, orderId: 'pos-1', apiKey: '[hidden]', msg: 'left with key=[hidden]', pid: process.pid },
      { level: 50, error: { message: 'key=[hidden]' }, msg: 'broke' },
    ]);
    expect(readFileSync(join(folder, 'facepay.log'), 'utf8')).not.toContain(SECRET);
    expect(statSync(join(folder, 'facepay.log')).mode & 0o077).toBe(0);
  });

  it('goes on in the same file, and makes room once that is full', () => {
    const folder = temporaryFolder();
    fileLog(folder).info({}, 'one');
    fileLog(folder).info({}, 'two');
    expect(linesOf(folder)).toMatchObject([{ msg: 'one' }, { msg: 'two' }]);
    writeFileSync(join(folder, 'facepay.log'), 'x'.repeat(5 * 1024 * 1024 + 1));
    fileLog(folder).info({}, 'three');
    expect(linesOf(folder)).toMatchObject([{ msg: 'three' }]);
    expect(readdirSync(folder).sort()).toEqual(['facepay.1.log', 'facepay.log']);
  });

  it('stops nobody where there can be none', () => {
    const place = join(temporaryFolder(), 'a-file');
    writeFileSync(place, '');
    const log = fileLog(join(place, 'logs'));
    expect(() => {
      log.info({}, 'to nobody');
    }).not.toThrow();
  });

  it.skipIf(!canMount())('stops nobody on a full disk, and goes on once there is room (needs the right to mount)', () => {
    const disk = smallDisk();
    const log = fileLog(disk.path);
    log.info({}, 'before');
    disk.fill();
    expect(() => {
      for (let line = 0; line < 200; line += 1) log.warn({ line }, 'x'.repeat(100));
    }).not.toThrow();
    disk.empty();
    expect(() => {
      log.info({}, 'after');
    }).not.toThrow();
  });
});
