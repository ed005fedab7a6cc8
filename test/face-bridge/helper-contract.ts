/** What the driver and the helper promise each other, with a real helper process and the fake library. */
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { systemClock } from '../../electron/base/clock.ts';
import { createHelperDriver, type HelperDriver } from '../../electron/face-bridge/helper-driver.ts';
import { tryHelper } from '../../electron/face-bridge/try-helper.ts';
import { startHelper } from '../../electron/face-bridge/helper-process.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Compiled } from './compiled.ts';

const LONG_MS = 60_000;

const asked = (cmd: string, more: object = {}): string => JSON.stringify({ cmd, version: '1', ...more });

/** The tests; `files` gives the helper and the library once they are made. */
export function helperContract(files: () => Compiled): void {
  const drivers: HelperDriver[] = [];
  const driverOf = (paths: Compiled): HelperDriver => {
    const driver = createHelperDriver({ start: startHelper, check: () => ok(paths), clock: systemClock() });
    drivers.push(driver);
    return driver;
  };
  afterEach(() => {
    for (const driver of drivers.splice(0)) driver.restart();
  });
  const call = (driver: HelperDriver, cmd: string, more: object = {}): ReturnType<HelperDriver['call']> =>
    driver.call('face', asked(cmd, more), LONG_MS);

  test('a request reaches the library byte for byte, and its length counts bytes', async () => {
    const driver = driverOf(files());
    const request = asked('echo', { text: '付款 "quoted" \\ \n \u0000 😀' });
    expect(await driver.call('face', request, LONG_MS)).toEqual(ok({ rc: 0, text: request }));
    const sized = asked('size', { text: '中文' });
    const bytes = String(Buffer.byteLength(sized));
    expect(await driver.call('face', sized, LONG_MS)).toEqual(ok({ rc: 0, text: `${bytes} ${bytes}` }));
  });

  test('replies that are no UTF-8, empty, refused or very long stay replies, and each is released', async () => {
    const driver = driverOf(files());
    const latin = await call(driver, 'latin');
    expect(latin.ok && latin.value.text).toContain('"return_code":"ERROR"');
    expect(await call(driver, 'empty')).toEqual(ok({ rc: 0, text: '' }));
    expect(await call(driver, 'fail')).toEqual(ok({ rc: -1, text: '' }));
    const long = await call(driver, 'huge', { size: 256 * 1024 });
    expect(long.ok && long.value.text.length).toBe(256 * 1024);
    expect(await call(driver, 'huge', { size: 256 * 1024 + 1 })).toEqual(fail('reply-too-long'));
    expect(await call(driver, 'held')).toEqual(ok({ rc: 0, text: '0' }));
  });

  test('what the library prints by itself is no line', async () => {
    const driver = driverOf(files());
    expect(await call(driver, 'print')).toEqual(ok({ rc: 0, text: 'printed' }));
    expect(await call(driver, 'print')).toEqual(ok({ rc: 0, text: 'printed' }));
  });

  test('stop overtakes the call that waits for a face, and calls of one lane follow each other', async () => {
    const driver = driverOf(files());
    const code = call(driver, 'getWxpayfaceCode');
    const after = call(driver, 'getWxpayfaceRawdata');
    // The second call was given before the first one ended, so it waited.
    expect(driver.isBusy('face')).toBe(true);
    const still = new Set([code]);
    // The library notices a stop only while it waits for the face; where it is told too early it is told again.
    void code.then(() => still.delete(code));
    while (still.size > 0) await driver.call('stop', asked('stopWxpayface'), LONG_MS);
    const answers = await Promise.all([code, after]);
    expect(answers.map((answer) => answer.ok && answer.value.text.slice(0, 30))).toEqual([
      '{"return_code":"USER_CANCEL","',
      '{"return_code":"SUCCESS","retu',
    ]);
  });

  test('a library that crashes or hangs ends its call, and the next call has a new helper', async () => {
    const driver = driverOf(files());
    expect(await call(driver, 'crash')).toEqual(fail('helper-died'));
    expect(await call(driver, 'held')).toEqual(ok({ rc: 0, text: '0' }));
    expect(await driver.call('face', asked('hang'), 200)).toEqual(fail('helper-silent'));
    expect(await call(driver, 'held')).toEqual(ok({ rc: 0, text: '0' }));
  });

  test('a helper that is only tried is asked nothing, says its bits, and ends', async () => {
    const anywhere = { real: (path: string) => path, isProtected: () => true, read: () => Buffer.from('') };
    const sha256 = createHash('sha256').digest('hex');
    const tried = (library: string): ReturnType<typeof tryHelper> =>
      tryHelper({ ...files(), library, sha256 }, systemClock(), anywhere);
    expect(await tried(files().library)).toEqual(ok(64));
    expect(await tried(resolve('package.json'))).toEqual(fail('library-not-loaded'));
  });

  test('another library, no library and none at all are named', async () => {
    const { program, library } = files();
    const another = process.platform === 'win32' ? 'C:\\Windows\\System32\\version.dll' : 'libm.so.6';
    expect(await call(driverOf({ program, library: another }), 'held')).toEqual(fail('library-functions'));
    for (const none of [resolve('package.json'), `${library}-none`])
      expect(await call(driverOf({ program, library: none }), 'held')).toEqual(fail('library-not-loaded'));
    expect(await call(driverOf({ program: `${program}-none`, library }), 'held')).toEqual(fail('helper-not-started'));
  });

  test('a helper whose input ends, ends, with or without a call that blocks', async () => {
    for (const cmd of ['held', 'getWxpayfaceCode']) {
      const ended = Promise.withResolvers<null>();
      const paths = files();
      const said: string[] = [];
      const child = startHelper(paths, {
        output: (text) => {
          said.push(text);
          if (said.length === 1)
            child.write(`{"id":1,"lane":0,"req":"${Buffer.from(asked(cmd)).toString('base64')}"}\n`);
          if (said.length > 1 || cmd !== 'held') child.end();
        },
        over: () => {
          ended.resolve(null);
        },
      });
      expect(await ended.promise).toBeNull();
      rmSync(join(paths.program, '..', 'face-request.json'), { force: true });
    }
  });

  test('lines that are not the till’s end the helper', async () => {
    const lines = [
      'x\n',
      '{"id":1,"lane":2,"req":"e30="}\n',
      '{"id":1,"lane":0,"req":"{}"}\n',
      '{"id":1, "lane":0,"req":"e30="}\n',
      `{"id":1,"lane":0,"req":"${'A'.repeat(90_000)}"}\n`,
    ];
    for (const line of lines) {
      const ended = Promise.withResolvers<null>();
      const child = startHelper(files(), {
        output: () => {
          child.write(line);
        },
        over: () => {
          ended.resolve(null);
        },
      });
      expect(await ended.promise, line.slice(0, 40)).toBeNull();
    }
  });
}
