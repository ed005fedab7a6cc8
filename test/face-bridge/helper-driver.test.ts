/** The driver of the helper, with a made-up process: each call ends in time, and a bad helper is never the till's problem. */
import { expect, test } from 'vitest';
import { createHelperDriver, type HelperDriver } from '../../electron/face-bridge/helper-driver.ts';
import type { FileProblem, HelperPaths } from '../../electron/face-bridge/helper-file.ts';
import type { HelperEvents } from '../../electron/face-bridge/helper-process.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { FACE_HELPER_AGAIN_MS, FACE_HELPER_START_MS } from '../../shared/timing.ts';
import { FakeClock } from '../support/fake-clock.ts';

const PATHS = { program: '/opt/helper', library: '/opt/sdk.so' };
const READY = '{"ready":1,"bits":64}\n';
const replyTo = (id: number, text: string, rc = 0): string =>
  `{"id":${String(id)},"rc":${String(rc)},"resp":"${Buffer.from(text).toString('base64')}"}\n`;

interface Process {
  readonly events: HelperEvents;
  readonly written: string[];
  state: 'runs' | 'input-ended' | 'killed';
}

class World {
  readonly clock = new FakeClock();
  readonly processes: Process[] = [];
  check: () => Result<HelperPaths, FileProblem> = () => ok(PATHS);
  readonly driver: HelperDriver = createHelperDriver({
    clock: this.clock,
    check: () => this.check(),
    start: (_paths, events) => {
      const process: Process = { events, written: [], state: 'runs' };
      this.processes.push(process);
      return {
        write: (text) => process.written.push(text),
        end: () => (process.state = 'input-ended'),
        kill: () => (process.state = 'killed'),
      };
    },
  });

  get now(): Process {
    const process = this.processes.at(-1);
    if (process === undefined) throw new Error('no helper was started');
    return process;
  }

  /** The ids of the calls that this process was given. */
  get ids(): number[] {
    return this.now.written.map((line) => (JSON.parse(line) as { id: number }).id);
  }

  call(lane: 'face' | 'stop', request = '{}', withinMs = 1_000): Promise<unknown> {
    return this.driver.call(lane, request, withinMs);
  }
}

test('nothing is started before the first call, and calls wait until the helper is ready', async () => {
  const world = new World();
  await world.clock.advance(60_000);
  expect(world.processes).toEqual([]);
  const call = world.call('face', '{"cmd":"付"}');
  expect(world.now.written).toEqual([]);
  world.now.events.output(READY);
  expect(world.now.written).toEqual([`{"id":1,"lane":0,"req":"${Buffer.from('{"cmd":"付"}').toString('base64')}"}\n`]);
  // A line may come in pieces, and with the end of line of Windows.
  const line = replyTo(1, '{"a":"付"}').replace('\n', '\r\n');
  for (const piece of line) world.now.events.output(piece);
  expect(await call).toEqual(ok({ rc: 0, text: '{"a":"付"}' }));
});

test('one call of each lane is out at a time; a stop overtakes, and few calls wait', async () => {
  const world = new World();
  const calls = [world.call('face'), world.call('face'), world.call('stop')];
  world.now.events.output(READY);
  expect(world.now.written.map((line) => (JSON.parse(line) as { lane: number }).lane)).toEqual([0, 1]);
  world.now.events.output(replyTo(2, 'stopped') + replyTo(1, 'first'));
  world.now.events.output(replyTo(3, 'second', -1));
  expect(await Promise.all(calls)).toEqual([
    ok({ rc: 0, text: 'first' }),
    ok({ rc: -1, text: 'second' }),
    ok({ rc: 0, text: 'stopped' }),
  ]);
  const crowd = Array.from({ length: 9 }, () => world.call('face'));
  expect(await crowd.at(-1)).toEqual(fail('helper-busy'));
  expect(await world.call('face', 'x'.repeat(65 * 1024))).toEqual(fail('helper-busy'));
});

test('a call that is not answered in time ends the helper and every call with it', async () => {
  const world = new World();
  const hung = world.call('face', '{}', 500);
  const other = world.call('stop', '{}', 5_000);
  world.now.events.output(READY);
  await world.clock.advance(500);
  expect([await hung, await other, world.now.state]).toEqual([fail('helper-silent'), fail('helper-silent'), 'killed']);
  // Whatever it still says is nobody's.
  world.processes[0]?.events.output(replyTo(1, 'late'));
  world.processes[0]?.events.over();
  expect(world.driver.isRunning()).toBe(false);
});

test('a call that only waited for its lane leaves without ending the helper', async () => {
  const world = new World();
  const first = world.call('face', '{}', 60_000);
  const second = world.call('face', '{}', 500);
  world.now.events.output(READY);
  await world.clock.advance(500);
  expect([await second, world.now.state]).toEqual([fail('helper-busy'), 'runs']);
  world.now.events.output(replyTo(1, 'done'));
  expect(await first).toEqual(ok({ rc: 0, text: 'done' }));
  expect(world.ids).toEqual([1]);
});

test.each([
  ['no JSON', 'hello\n', 'helper-garbled'],
  ['an answer that nobody waits for', replyTo(99, 'x'), 'helper-garbled'],
  ['an answer twice', replyTo(1, 'x') + replyTo(1, 'x'), 'helper-garbled'],
  ['a second greeting', READY, 'helper-garbled'],
  ['no base64', '{"id":1,"rc":0,"resp":"<>"}\n', 'helper-garbled'],
  ['a line without end', 'x'.repeat(500_000), 'helper-garbled'],
  ['a library that is not there', '{"failed":"load","code":126}\n', 'library-not-loaded'],
  ['another library', '{"failed":"functions","code":0}\n', 'library-functions'],
])('%s ends the helper, and the next call starts another', async (_what, said, problem) => {
  const world = new World();
  const first = world.call('face');
  const other = world.call('stop', '{}', 3_000);
  if (!said.startsWith('{"failed"')) world.now.events.output(READY);
  world.now.events.output(said);
  expect([await other, world.now.state]).toEqual([fail(problem), 'killed']);
  await first;
  const next = world.call('face');
  expect(world.processes).toHaveLength(2);
  world.now.events.output(READY);
  world.now.events.output(replyTo(world.ids[0] ?? 0, 'well'));
  expect(await next).toEqual(ok({ rc: 0, text: 'well' }));
});

test('a helper that cannot be started, says nothing at first or dies is named', async () => {
  const world = new World();
  const refused = world.call('face', '{}', 60_000);
  world.now.events.over();
  expect(await refused).toEqual(fail('helper-not-started'));
  const silent = world.call('face', '{}', 60_000);
  await world.clock.advance(FACE_HELPER_START_MS);
  expect(await silent).toEqual(fail('helper-silent'));
  await world.clock.advance(60_000);
  const died = world.call('face', '{}', 60_000);
  world.now.events.output(READY);
  world.now.events.over();
  expect(await died).toEqual(fail('helper-died'));
});

test('a helper that fails again and again rests ever longer, and calls meanwhile end at once', async () => {
  const world = new World();
  const failing = async (): Promise<void> => {
    const call = world.call('face');
    world.now.events.over();
    await call;
  };
  for (const restsMs of [...FACE_HELPER_AGAIN_MS, FACE_HELPER_AGAIN_MS.at(-1) ?? 0]) {
    const before = world.processes.length;
    await failing();
    expect(world.processes.length).toBe(before + 1);
    if (restsMs === 0) continue;
    await world.clock.advance(restsMs - 1);
    expect(await world.call('face')).toEqual(fail('helper-rests'));
    expect(world.processes.length).toBe(before + 1);
    await world.clock.advance(1);
  }
  // One good answer, and it is as new.
  const good = world.call('face');
  world.now.events.output(READY + replyTo(world.ids[0] ?? world.processes.length, ''));
  await good;
});

test('files that are not as they were set up are not started', async () => {
  const world = new World();
  world.check = () => fail('helper-changed');
  expect(await world.call('face')).toEqual(fail('helper-changed'));
  expect(world.processes).toEqual([]);
});

test('a helper that is asked to end gets the end of its input, and is ended where it does not follow', async () => {
  const world = new World();
  const call = world.call('face', '{}', 60_000);
  world.now.events.output(READY);
  world.driver.end();
  expect(world.now.state).toBe('input-ended');
  await world.clock.advance(2_000);
  expect([world.now.state, await call, await world.call('face')]).toEqual([
    'killed',
    fail('helper-died'),
    fail('helper-died'),
  ]);
  expect(world.processes).toHaveLength(1);
});

test('a restart costs no rest', async () => {
  const world = new World();
  const call = world.call('face', '{}', 60_000);
  world.driver.restart();
  expect(await call).toEqual(fail('helper-died'));
  void world.call('face', '{}', 60_000);
  expect(world.processes).toHaveLength(2);
});
