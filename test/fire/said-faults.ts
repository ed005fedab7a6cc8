/**
 * Replies that arrive complete and in time, with wrong content: another merchant's, unsigned refusals for minutes, and
 * replies at the last moment.
 */
import { page } from './fault-server.ts';
import { genuineXml, LIMITS, quiet, type Ending, type Fault, type FireWorld, type Operation } from './fire-world.ts';
import { xmlByHand } from '../support/gateway/independent-gateway.ts';

/** As many as a terminal makes in about ten minutes: one every 2 s to 60 s. */
const CALLS = 20;

/** Every call gets this answer for minutes, and no answer may count for more than it is. */
const forMinutes = (name: string, xml: (path: string) => string, ends: readonly Ending[]): Fault => ({
  name: `${name}, ${String(CALLS)} times in a row`,
  ends,
  act: async (world: FireWorld): Promise<Ending> => {
    world.server.onRequest = ({ path, socket }) => void socket.write(page(200, xml(path)));
    const endings = new Set<Ending>();
    for (let n = 0; n < CALLS; n += 1) endings.add(await world.call(n % 2 === 0 ? 'reverse' : 'query'));
    const [ending, ...others] = endings;
    if (ending === undefined || others.length > 0) throw new Error(`it ended as ${[...endings].join(' and ')}`);
    return ending;
  },
});

const unsignedFail = (words: string) => (): string => xmlByHand({ return_code: 'FAIL', return_msg: words });

/** The reply, or all of it except its end, is there 1 ms before the call's deadline. */
const justInTime = (operation: Operation, parts: 1 | 2): Fault => ({
  name: `a reply to a ${operation} 1 ms before the deadline, in ${parts === 1 ? 'one piece' : 'two, the first one at once'}`,
  ends: ['answered'],
  act: async (world: FireWorld): Promise<Ending> => {
    const requested = world.server.requested();
    let last = '';
    world.server.onRequest = ({ path, socket }) => {
      const whole = page(200, genuineXml(path));
      const begun = parts === 1 ? 0 : whole.length >> 1;
      socket.write(whole.slice(0, begun));
      last = whole.slice(begun);
    };
    const call = world.call(operation);
    const { socket } = await requested;
    await quiet();
    await world.clock.advance(LIMITS.callTimeoutMs - 1);
    socket.write(last);
    return call;
  },
});

export const saidFaults: readonly Fault[] = [
  forMinutes('unsigned FAIL: the system is busy', unsignedFail('系统繁忙,请稍后再试'), ['busy']),
  forMinutes('unsigned FAIL: too often', unsignedFail('频率超限'), ['too-often']),
  forMinutes('unsigned FAIL: the signature is wrong', unsignedFail('签名错误'), ['unsigned-fail']),
  forMinutes(
    'the reply of another merchant, signed with our key',
    (path) => genuineXml(path, { mch_id: '1900000110' }),
    ['wrong-merchant'],
  ),
  forMinutes(
    'the reply to another app, signed with our key',
    (path) => genuineXml(path, { appid: 'wx9999999999999999' }),
    ['wrong-merchant'],
  ),
  ...(['pay', 'query', 'reverse'] as const).flatMap((operation) => [
    justInTime(operation, 1),
    justInTime(operation, 2),
  ]),
];
