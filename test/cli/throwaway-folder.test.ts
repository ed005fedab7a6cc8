/** No practice gateway leaves a key behind, however it ends. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { removeLeftBehind } from '../../electron/cli/throwaway-folder.ts';

const COMMAND = process.env['FACEPAY_COMMAND'] ?? resolve(import.meta.dirname, '../../electron/cli.ts');

let temporary: string;
beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'throwaway-'));
  onTestFinished(() => {
    rmSync(temporary, { recursive: true, force: true });
  });
});

/** Resolves when it has said its first line; then its folder exists. */
async function started(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<ChildProcess> {
  const child = spawn(process.execPath, [COMMAND, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, TMPDIR: temporary, TEMP: temporary, NODE_COMPILE_CACHE: '', ...env },
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
  expect(foldersLeft()).toHaveLength(1);
  return child;
}

const foldersLeft = (): string[] => readdirSync(temporary).filter((name) => name.startsWith('facepay-'));

describe.skipIf(process.platform === 'win32')('nothing is left', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('of a practice gateway that %s ends', async (signal) => {
    const child = await started(['practice']);
    child.kill(signal);
    await once(child, 'exit');
    expect(foldersLeft()).toEqual([]);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('of a demonstration that %s ends', async (signal) => {
    const child = await started(['demo']);
    child.kill(signal);
    await once(child, 'exit');
    expect(foldersLeft()).toEqual([]);
  });

  it('of one that was killed, once the next has started', async () => {
    const child = await started(['practice']);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(foldersLeft()).toHaveLength(1);
    const next = await started(['practice']);
    next.kill('SIGTERM');
    await once(next, 'exit');
    expect(foldersLeft()).toEqual([]);
  });

  it('when npm, which started it, was killed', async () => {
    const code = `
      const { spawn } = require('node:child_process');
      const child = spawn(process.execPath, [${JSON.stringify(COMMAND)}, 'practice'], { stdio: ['ignore', 'pipe', 'ignore'] });
      child.stdout.once('data', () => process.send(child.pid));
    `;
    const npm = spawn(process.execPath, ['-e', code], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: { ...process.env, TMPDIR: temporary, npm_lifecycle_event: 'practice' },
    });
    await once(npm, 'message');
    expect(foldersLeft()).toHaveLength(1);
    npm.kill('SIGKILL');
    await expect.poll(foldersLeft, { timeout: 20_000 }).toEqual([]);
  });

  it('in a folder that a person named, except what was there before', async () => {
    const own = join(temporary, 'own');
    mkdirSync(own);
    writeFileSync(join(own, 'notes.txt'), 'mine');
    const child = spawn(process.execPath, [COMMAND, 'practice', '--folder', own], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
    expect(existsSync(join(own, 'apiclient_key.pem'))).toBe(true);
    child.kill('SIGINT');
    await once(child, 'exit');
    expect(readdirSync(own)).toEqual(['notes.txt']);
  });
});

describe('what is removed as left behind', () => {
  const folder = (name: string, owner: string | null, ageMs: number): void => {
    mkdirSync(join(temporary, name));
    if (owner !== null) writeFileSync(join(temporary, name, 'owner.pid'), owner);
    const made = (Date.now() - ageMs) / 1_000;
    utimesSync(join(temporary, name), made, made);
  };

  it('is of no living process, and ours', () => {
    folder('facepay-practice-alive', String(process.pid), 1e9);
    folder('facepay-practice-dead', '999999999', 0);
    folder('facepay-demo-nonsense', 'nonsense', 0);
    folder('facepay-demo-old', null, 1e9);
    folder('facepay-demo-new', null, 0);
    folder('facepay-tests-other', null, 1e9);
    removeLeftBehind(temporary, Date.now());
    expect(readdirSync(temporary).sort()).toEqual([
      'facepay-demo-new',
      'facepay-practice-alive',
      'facepay-tests-other',
    ]);
  });
});
