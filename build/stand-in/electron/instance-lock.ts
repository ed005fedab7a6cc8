// Runs in the stand-in's main process. Why it exists: app.requestSingleInstanceLock. The lock is a listening
// socket that the system takes away with its process, so kill -9 leaves nothing stale behind.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What a second instance sends to the first. */
export interface SecondInstance {
  readonly argv: readonly string[];
  readonly workingDirectory: string;
  readonly additionalData: unknown;
}

/** A held lock. */
export interface InstanceLock {
  release(): void;
}

/** Takes the lock of `userData`, or tells its holder about this instance and returns null. */
export function takeInstanceLock(
  userData: string,
  own: SecondInstance,
  onSecond: (second: SecondInstance) => void,
): InstanceLock | null {
  const address = addressFor(userData);
  const server = listen(address, onSecond);
  if (server !== null) return { release: () => void server.close() };
  if (tellHolder(address, own)) return null;
  // Only where the socket is a file (macOS) can it outlive its process. Nobody answered, so it is a leftover.
  if (!path.isAbsolute(address) || process.platform === 'win32') return null;
  rmSync(address, { force: true });
  const second = listen(address, onSecond);
  return second === null ? null : { release: () => void second.close() };
}

function addressFor(userData: string): string {
  mkdirSync(userData, { recursive: true });
  // A hash, since a socket's address may not be longer than about a hundred characters.
  const name = `standin-${createHash('sha256').update(realpathSync(userData)).digest('hex').slice(0, 32)}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`;
  // The leading zero byte asks for Linux's abstract namespace: an address without a file.
  return process.platform === 'linux' ? `\0${name}` : path.join(tmpdir(), `${name}.sock`);
}

function listen(address: string, onSecond: (second: SecondInstance) => void): Server | null {
  const server = createServer((socket) => {
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
      if (!text.endsWith('\n')) return;
      // It comes from tellHolder, in another process of this stand-in.
      onSecond(JSON.parse(text) as SecondInstance);
      socket.end('heard');
    });
    // The other instance may die while it sends; that does not matter to this one.
    socket.on('error', () => undefined);
  });
  // `listening` below shows whether the address was taken; this listener keeps the event from ending the process.
  server.on('error', () => undefined);
  server.listen(address);
  server.unref();
  // A local socket is bound within listen() itself, so the result is known without waiting for an event.
  return server.listening ? server : null;
}

/**
 * Electron's call is synchronous, and a process about to quit cannot wait for events: a helper process sends the
 * message.
 */
function tellHolder(address: string, own: SecondInstance): boolean {
  const script = `
    const socket = require('node:net').connect(JSON.parse(process.env.STANDIN_LOCK))
    socket.on('error', () => process.exit(1))
    socket.on('data', () => process.exit(0))
    socket.write(process.env.STANDIN_SECOND + '\\n')`;
  const { status } = spawnSync(process.execPath, ['-e', script], {
    env: { ...process.env, STANDIN_LOCK: JSON.stringify(address), STANDIN_SECOND: JSON.stringify(own) },
    timeout: 10_000,
    stdio: 'ignore',
  });
  return status === 0;
}
