import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileLog, LOG_BYTES_MAX, type LogName } from '../../electron/base/log.ts';
import { temporaryFolder } from '../support/command.ts';
import { canMount, smallDisk } from '../support/small-disk.ts';

const SECRET = 'Aq8Zr2Xw7Nc4Vb6Mk1Lj9Hg3Fd5Sp0Ty';
const linesOf = (folder: string, name = 'facepay.log'): unknown[] =>
  readFileSync(join(folder, name), 'utf8')
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));

const sizes = (folder: string): number[] => readdirSync(folder).map((name) => statSync(join(folder, name)).size);
const WRITER = join(import.meta.dirname, '../support/log-writer.ts');

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

  it('goes on in the same file', () => {
    const folder = temporaryFolder();
    fileLog(folder).info({}, 'one');
    fileLog(folder).info({}, 'two');
    expect(linesOf(folder)).toMatchObject([{ msg: 'one' }, { msg: 'two' }]);
  });

  it('makes room as soon as it is full, while the app runs, and keeps what was before, the last error among it', () => {
    const folder = temporaryFolder();
    const log = fileLog(folder);
    log.error({ orderId: 'pos-1' }, 'the app’s last error');
    for (let line = 0; line < 11 * 1024; line += 1) {
      if (line % 1024 === 0) expect(sizes(folder).every((size) => size <= LOG_BYTES_MAX)).toBe(true);
      if (line === 2 * 1024)
        expect(readFileSync(join(folder, 'facepay.log'), 'utf8')).toContain('the app’s last error');
      log.info({ line, padding: 'x'.repeat(900) }, 'a busy day');
    }
    expect(readdirSync(folder).sort()).toEqual(['facepay.1.log', 'facepay.log']);
    expect(
      sizes(folder).reduce((sum, size) => sum + size, 0),
      'a full one and a part of one are kept',
    ).toBeGreaterThan(LOG_BYTES_MAX);
    expect(sizes(folder).every((size) => size <= LOG_BYTES_MAX)).toBe(true);
  });

  it('of a command never takes the app’s away, however much commands write', () => {
    const folder = temporaryFolder();
    fileLog(folder).error({}, 'the app’s last error');
    const command = fileLog(folder, 'facepay-command', 100_000);
    for (let line = 0; line < 400; line += 1) command.info({ line, padding: 'x'.repeat(900) }, 'a command');
    expect(linesOf(folder)).toMatchObject([{ msg: 'the app’s last error' }]);
    expect(readdirSync(folder).sort()).toEqual(['facepay-command.1.log', 'facepay-command.log', 'facepay.log']);
  });

  it('loses no line of several processes that write at once, the app and four commands, over the moment at which it is full', async () => {
    const folder = temporaryFolder();
    const COUNT = 300;
    const BYTES_MAX = 1_000_000;
    const run = (name: LogName): Promise<void> =>
      new Promise((resolve, reject) => {
        const child = spawn(process.execPath, [WRITER, folder, name, String(BYTES_MAX), String(COUNT), '900'], {
          stdio: ['ignore', 'ignore', 'inherit'],
        });
        child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`ended ${String(code)}`))));
      });
    await Promise.all([run('facepay'), ...Array.from({ length: 4 }, () => run('facepay-command'))]);
    const written = (names: readonly string[]): { pid: number; line?: number; last?: boolean }[] =>
      names.filter((name) => existsSync(join(folder, name))).flatMap((name) => linesOf(folder, name)) as {
        pid: number;
        line?: number;
        last?: boolean;
      }[];
    for (const [names, processes] of [
      [['facepay.1.log', 'facepay.log'], 1],
      [['facepay-command.1.log', 'facepay-command.log'], 4],
    ] as const) {
      const lines = written(names);
      const byProcess = Map.groupBy(lines, ({ pid }) => pid);
      expect([byProcess.size, lines.length]).toEqual([processes, processes * (COUNT + 1)]);
      for (const own of byProcess.values())
        expect(
          own
            .map(({ line }) => line)
            .filter((line) => line !== undefined)
            .toSorted((a, b) => a - b),
        ).toEqual(Array.from({ length: COUNT }, (_, line) => line));
    }
    expect(
      readdirSync(folder)
        .filter((name) => name.startsWith('facepay-command'))
        .sort(),
      'it was full once',
    ).toEqual(['facepay-command.1.log', 'facepay-command.log']);
  });

  it('goes on where a process died while it made room', () => {
    const folder = temporaryFolder();
    const log = fileLog(folder, 'facepay', 2_000);
    const turn = join(folder, 'facepay.log.turn');
    writeFileSync(turn, '');
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(turn, longAgo, longAgo);
    for (let line = 0; line < 40; line += 1) log.info({ line }, 'x'.repeat(200));
    expect(readdirSync(folder).sort()).toEqual(['facepay.1.log', 'facepay.log']);
    expect(sizes(folder).every((size) => size <= 2_000 + 600)).toBe(true);
  });

  it('is made again where somebody took it away while the app runs', () => {
    const folder = join(temporaryFolder(), 'logs');
    const log = fileLog(folder);
    log.info({}, 'one');
    rmSync(folder, { recursive: true });
    log.info({}, 'two');
    expect(linesOf(folder)).toMatchObject([{ msg: 'two' }]);
  });

  it('stops nobody where there can be none', () => {
    const place = join(temporaryFolder(), 'a-file');
    writeFileSync(place, '');
    const log = fileLog(join(place, 'logs'));
    expect(() => {
      log.info({}, 'to nobody');
    }).not.toThrow();
  });

  it.skipIf(!canMount())(
    'stops nobody on a full disk, and goes on once there is room (needs the right to mount)',
    () => {
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
    },
  );
});
