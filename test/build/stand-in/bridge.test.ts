// What the preload sees and what it can hand to the page: contextBridge, ipcRenderer, the restricted require.
import { expect, test } from 'vitest';
import { events, launchFixture, shareFixture, until } from './fixture.ts';

const shared = shareFixture();

test('calls from the page reach main and come back with their types', async () => {
  const { page } = shared();
  const arrived =
    await page.evaluate(`fixture.invoke('echo', new Date(3), 10n, new Map([[1, 2]]), new Set([1]), undefined, new Uint8Array([1, 2]))
    .then((values) => values.map((value) => Object.prototype.toString.call(value)))`);
  expect(arrived).toEqual([
    '[object Date]',
    '[object BigInt]',
    '[object Map]',
    '[object Set]',
    '[object Undefined]',
    '[object Uint8Array]',
  ]);
  expect(
    await page.evaluate(
      `fixture.invoke('echo', new Date(3), new Map([[1, 2]]), -0).then(([date, map, zero]) => [date.getTime(), map.get(1), Object.is(zero, -0)])`,
    ),
  ).toEqual([3, 2, true]);
  expect(await page.evaluate(`fixture.invoke('describe', new Map([['till', 1]]))`)).toBe('[object Map] till');
});

test('refuses arguments that cannot be cloned', async () => {
  const { page } = shared();
  expect(await page.evaluate('fixture.sendFunction()')).toBe('An object could not be cloned.');
  for (const refused of ['sendNode', 'sendSymbol']) {
    expect(await page.evaluate(`fixture.${refused}().catch((error) => error.message)`)).toBe(
      'An object could not be cloned.',
    );
  }
});

test('reports what goes wrong in main with the words of Electron', async () => {
  const { page } = shared();
  const failure = (channel: string): Promise<unknown> =>
    page.evaluate(`fixture.invoke('${channel}').catch((error) => error.message)`);
  expect(await failure('fail')).toBe("Error invoking remote method 'fail': TypeError: the till is empty");
  expect(await failure('nobody')).toBe(
    "Error invoking remote method 'nobody': Error: No handler registered for 'nobody'",
  );
  expect(await failure('return-function')).toBe(
    "Error invoking remote method 'return-function': Error: An object could not be cloned.",
  );
});

test('gives a sandboxed preload nothing but its own modules', async () => {
  const { page } = shared();
  expect(await page.evaluate('fixture.requireFs()')).toBe('module not found: fs');
  expect(await page.evaluate('fixture.requireNodeFs()')).toBe('module not found: node:fs');
  expect(await page.evaluate('fixture.unknownMember()')).toBe('the stand-in has no electron.clipboard');
  expect(await page.evaluate('fixture.unknownMethod()')).toBe('the stand-in has no electron.ipcRenderer.sendSync');
  expect(await page.evaluate('fixture.events()')).toEqual([1]);
  expect(await page.evaluate('fixture.process')).toMatchObject({
    type: 'renderer',
    sandboxed: true,
    contextIsolated: true,
  });
});

test('shows the page its API and nothing of the preload', async () => {
  const { page } = shared();
  expect(
    await page.evaluate(
      '[typeof require, typeof process, typeof module, typeof ipcRenderer, typeof hiddenFromThePage]',
    ),
  ).toEqual(Array(5).fill('undefined'));
  expect(
    await page.evaluate(`Object.getOwnPropertyNames(window).filter((name) => /standin|electron/i.test(name))`),
  ).toEqual([]);
});

test('freezes the API, to its depth, and its place on the window', async () => {
  const { page } = shared();
  expect(
    await page.evaluate(
      '[fixture, fixture.values, fixture.values.nested, fixture.values.nested[0], fixture.invoke].every(Object.isFrozen)',
    ),
  ).toBe(true);
  expect(await page.evaluate(`Object.getOwnPropertyDescriptor(window, 'fixture')`)).toMatchObject({
    writable: false,
    configurable: false,
  });
  expect(await page.evaluate('fixture.exposeAgain()')).toBe(
    'Cannot bind an API on top of an existing property on the window object',
  );
});

test('copies values across the bridge', async () => {
  const { page } = shared();
  expect(
    await page.evaluate(
      'Object.entries(fixture.values).map(([key, value]) => `${key} ${value instanceof Object} ${Object.prototype.toString.call(value)}`)',
    ),
  ).toEqual([
    'when true [object Date]',
    'big false [object BigInt]',
    'map true [object Map]',
    'bytes true [object Uint8Array]',
    'error true [object Error]',
    'nested true [object Array]',
  ]);
  expect(
    await page.evaluate(
      '(() => { const loop = { name: "loop" }; loop.self = loop; const back = fixture.identity(loop); return back !== loop && back.self === back })()',
    ),
  ).toBe(true);
  expect(await page.evaluate('fixture.kindOf(new (class Till { fen = 1 })())')).toBe('[object Object]');
});

test('proxies functions and promises both ways', async () => {
  const { page } = shared();
  expect(await page.evaluate('fixture.callBack((number) => number + 1)')).toBe(44);
  expect(await page.evaluate('fixture.later({ deep: [1n] }).then((value) => typeof value.deep[0])')).toBe('bigint');
  expect(await page.evaluate('fixture.awaitYours(Promise.resolve(1))')).toBe(2);
  expect(await page.evaluate('fixture.rejected().catch((error) => [error instanceof Error, error.message])')).toEqual([
    true,
    'refused, kindly',
  ]);
  expect(
    await page.evaluate(
      '(() => { try { fixture.thrower() } catch (error) { return [error.constructor === Error, error.message] } })()',
    ),
  ).toEqual([true, 'thrown in the preload']);
  expect(
    await page.evaluate(
      '(() => { try { fixture.callBack(() => { throw new Error("mine") }) } catch (error) { return error.message } })()',
    ),
  ).toBe('mine');
});

test('delivers what main sends until the page unsubscribes', async () => {
  const host = shared();
  await host.page.evaluate(
    'window.heard = []; window.off = fixture.onSaid((...args) => heard.push(args)); fixture.say("one")',
  );
  await host.page.waitForFunction('heard.length === 1');
  expect(await host.page.evaluate('heard[0].map((value) => Object.prototype.toString.call(value))')).toEqual([
    '[object String]',
    '[object Date]',
    '[object BigInt]',
  ]);
  await host.page.evaluate('off(); fixture.say("two")');
  await until(() => events(host).includes('say "two"'));
  await host.page.evaluate(`fixture.invoke('echo')`);
  expect(await host.page.evaluate('heard.length')).toBe(1);
  // The second message of each pair held a function: Electron prints that and goes on.
  expect(host.output()).toContain('Error sending from webFrameMain:');
});

test('leaves the page without an API when the preload is an ES module', async () => {
  const host = await launchFixture({ switches: { PRELOAD: 'esm-preload.cjs' } });
  expect(await host.page.evaluate('typeof fixture')).toBe('undefined');
  expect(host.output()).toContain('Unable to load preload script');
  expect(events(host).some((line) => line.startsWith('preload-error "Cannot use import statement'))).toBe(true);
});

test('reports a preload that throws', async () => {
  const host = await launchFixture({ switches: { PRELOAD: 'throwing-preload.cjs' } });
  await until(() => events(host).includes('preload-error "this preload broke"'));
});
