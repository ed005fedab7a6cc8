/** Faults in the reply after TLS is established: proxies' pages, wrong lengths, too many replies, too large replies. */
import { gzipSync } from 'node:zlib';
import type { TLSSocket } from 'node:tls';
import { page, type Heard } from './fault-server.ts';
import { genuineXml, LIMITS, quiet, type Ending, type Fault, type FireWorld, type Operation } from './fire-world.ts';

const HTML = '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><center>nginx</center></body>\r\n</html>';
const MEGABYTE = 1_048_576;

const head = (headers: string, status = '200 OK'): string => `HTTP/1.1 ${status}\r\n${headers}\r\n`;
const length = (text: string, off = 0): string => `content-length: ${String(Buffer.byteLength(text) + off)}\r\n`;

/** A reverse is answered with these bytes; with `then`, the connection ends after them. */
function replied(
  name: string,
  ends: readonly Ending[],
  reply: (xml: string) => string | Buffer,
  then?: 'end',
  operation?: Operation,
): Fault {
  return {
    name,
    ends,
    act: (world) => {
      world.server.onRequest = ({ path, socket }) => {
        socket.write(reply(genuineXml(path)));
        if (then === 'end') socket.end();
      };
      return world.call(operation);
    },
  };
}

/** The same, for bytes that need more after them: no more come before the deadline. */
const unfinished = (name: string, reply: (xml: string) => string): Fault => ({
  name,
  ends: ['timeout'],
  act: async (world) => {
    world.server.onRequest = ({ path, socket }) => void socket.write(reply(genuineXml(path)));
    const requested = world.server.requested();
    const call = world.call();
    await requested;
    await quiet();
    await world.clock.advance(LIMITS.callTimeoutMs);
    return call;
  },
});

const chunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
const CHUNKED = 'transfer-encoding: chunked\r\n';

/** Ten megabytes, as fast as the client takes them, for as long as it takes them. */
function flood(socket: TLSSocket, wrap: (text: string) => string): void {
  const piece = wrap('x'.repeat(65_536));
  let left = 160;
  const more = (): void => {
    while (left > 0 && !socket.destroyed) {
      left -= 1;
      if (!socket.write(piece)) return void socket.once('drain', more);
    }
  };
  more();
}

const flooded = (
  name: string,
  headers: string,
  wrap: (text: string) => string,
  status = '200 OK',
  ends: readonly Ending[] = ['too-large'],
): Fault => ({
  name,
  ends,
  act: (world) => {
    world.server.onRequest = ({ socket }) => {
      socket.write(head(headers, status));
      flood(socket, wrap);
    };
    return world.call();
  },
});

/** Redirects to a place with a genuine reply: the client must not ask there. */
const redirect = (status: number): Fault => ({
  name: `a redirect (${String(status)}) to where a genuine reply lies`,
  ends: ['http-status'],
  act: async (world) => {
    world.server.onRequest = (heard: Heard) => {
      if (heard.path === '/elsewhere') heard.socket.write(page(200, genuineXml('/secapi/pay/facepayreverse')));
      else heard.socket.write(page(status, '', `location: ${world.proxy.origin}/elsewhere\r\n`));
    };
    const ending = await world.call();
    await quiet();
    if (world.server.heard.length !== 1) throw new Error('the redirect was followed');
    return ending;
  },
});

const informed = (status: number, ends: readonly Ending[], headers = ''): Fault =>
  replied(
    `${String(status)} before the reply`,
    ends,
    (xml) => head(headers, `${String(status)} Wait`) + page(200, xml),
  );

const unasked = (version: 'TLSv1.2' | 'TLSv1.3', opened: boolean): Fault => ({
  name: `a reply that nobody asked for, ${opened ? 'on a connection opened ahead' : 'as soon as the line stands'} (${version})`,
  // On a connection opened ahead, the reply is there before any request, and the connection is not used. Otherwise it
  // comes with the last message of the handshake, when our request is on its way too: then it counts as the answer of
  // WeChat Pay's own server.
  ends: opened ? ['answered'] : ['bad-xml'],
  tls: { minVersion: version, maxVersion: version },
  act: async (world) => {
    world.server.onSecured = (socket) => void socket.write(page(200, 'unasked'));
    if (!opened) return world.call();
    const secured = world.server.secured();
    world.transport.open(world.proxy.origin, true);
    await secured;
    await arrived(world);
    world.server.onSecured = () => undefined;
    return world.call();
  },
});

/** Everything that the server has sent has passed the relay and been read. */
async function arrived({ proxy }: FireWorld): Promise<void> {
  for (let last = -1; last !== proxy.passed.down;) {
    last = proxy.passed.down;
    for (let round = 0; round < 20; round += 1) await quiet();
  }
}

export const httpFaults: readonly Fault[] = [
  replied('an HTML page under 200', ['bad-xml'], () => page(200, HTML)),
  replied('an HTML page under 502', ['http-status'], () => page(502, HTML)),
  replied('the genuine reply under 500', ['http-status'], (xml) => page(500, xml)),
  replied('nothing under 200', ['bad-xml'], () => page(200, '')),
  replied('a length that is too short', ['bad-xml', 'broken'], (xml) => head(length(xml, -10)) + xml),
  replied('a length that is too long, then the end', ['broken'], (xml) => head(length(xml, 10)) + xml, 'end'),
  unfinished('a length that is too long, then silence', (xml) => head(length(xml, 10)) + xml),
  replied('no length, and the end for one', ['answered'], (xml) => head('') + xml, 'end'),
  replied('no length, and the end too soon', ['bad-xml'], (xml) => head('') + xml.slice(0, -20), 'end'),
  unfinished('no length, and no end', (xml) => head('') + xml),
  replied('two lengths', ['broken'], (xml) => head(length(xml) + length(xml)) + xml),
  replied('two lengths that differ', ['broken'], (xml) => head(length(xml) + length(xml, -9)) + xml),
  replied('a negative length', ['broken'], (xml) => head('content-length: -1\r\n') + xml),
  replied(
    'a length beyond all numbers',
    ['broken'],
    (xml) => head('content-length: 99999999999999999999999\r\n') + xml,
  ),
  replied('a length in letters', ['broken'], (xml) => head('content-length: all\r\n') + xml),
  replied('both a length and chunks', ['broken'], (xml) => head(length(xml) + CHUNKED) + chunk(xml) + chunk('')),
  replied('chunks', ['answered'], (xml) => head(CHUNKED) + chunk(xml.slice(0, 9)) + chunk(xml.slice(9)) + chunk('')),
  replied('chunks without the last, then the end', ['broken'], (xml) => head(CHUNKED) + chunk(xml), 'end'),
  unfinished('chunks without the last, then silence', (xml) => head(CHUNKED) + chunk(xml)),
  replied('a chunk whose size is no number', ['broken'], (xml) => `${head(CHUNKED)}zz\r\n${xml}\r\n0\r\n\r\n`),
  replied('a chunk longer than it says', ['broken'], (xml) => `${head(CHUNKED)}5\r\n${xml}\r\n0\r\n\r\n`),
  replied('a chunk size beyond all numbers', ['broken'], (xml) => `${head(CHUNKED)}${'f'.repeat(20)}\r\n${xml}`),
  replied('a reply under gzip, which was not asked for', ['bad-xml'], (xml) => {
    const zipped = gzipSync(xml);
    return Buffer.concat([
      Buffer.from(head(`content-encoding: gzip\r\ncontent-length: ${String(zipped.byteLength)}\r\n`)),
      zipped,
    ]);
  }),
  flooded('10 MB with a length', `content-length: ${String(10 * MEGABYTE)}\r\n`, (text) => text),
  flooded('10 MB in chunks', CHUNKED, chunk),
  flooded('10 MB until the end', '', (text) => text),
  flooded('10 MB under 502', `content-length: ${String(10 * MEGABYTE)}\r\n`, (text) => text, '502 Bad Gateway'),
  replied('headers of 1 MB', ['broken'], (xml) => head(`x-long: ${'x'.repeat(MEGABYTE)}\r\n${length(xml)}`) + xml),
  replied('100,000 headers', ['broken'], (xml) => head('x-many: 1\r\n'.repeat(100_000) + length(xml)) + xml),
  replied('a header without a colon', ['broken'], (xml) => head(`what is this\r\n${length(xml)}`) + xml),
  replied('a header with NUL in it', ['broken'], (xml) => head(`x-a: \0\r\n${length(xml)}`) + xml),
  replied('a status that is no number', ['broken'], (xml) => head(length(xml), 'OK fine') + xml),
  replied('a reply of HTTP/2', ['broken'], () => Buffer.from('000012040000000000000300000064', 'hex'), 'end'),
  replied('a reply without a head', ['broken'], (xml) => xml, 'end'),
  replied('a reply of HTTP/1.0', ['answered'], (xml) => `HTTP/1.0 200 OK\r\n${length(xml)}\r\n${xml}`, 'end'),
  informed(100, ['answered']),
  informed(102, ['answered']),
  informed(103, ['answered'], 'link: </a>; rel=preload\r\n'),
  informed(101, ['broken'], 'upgrade: h2c\r\nconnection: upgrade\r\n'),
  replied(
    'fifty times 100 before the reply',
    ['answered'],
    (xml) => head('', '100 Continue').repeat(50) + page(200, xml),
  ),
  unfinished('100, and then silence', () => head('', '100 Continue')),
  ...[301, 302, 303, 307, 308].map(redirect),
  unasked('TLSv1.2', false),
  unasked('TLSv1.2', true),
  unasked('TLSv1.3', false),
  unasked('TLSv1.3', true),
];
