/** The terminal command as one program, made and run here as an installer ships it. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import manifest from '../../package.json' with { type: 'json' };
import { asWindowsProgram, makeCommand } from '../../build/pack/command.ts';
import { icoOf } from '../../build/pack/ico.ts';
import { readWindowsProgram } from '../../build/pack/windows-program.ts';
import { pe } from './fake-electron.ts';

const folder = mkdtempSync(join(tmpdir(), 'facepay-command-'));
let command: string;
beforeAll(async () => {
  const icon = join(folder, 'icon.ico');
  writeFileSync(icon, icoOf([]));
  command = await makeCommand({
    system: process.platform === 'win32' ? 'win' : 'linux',
    processor: process.arch === 'arm64' ? 'arm64' : 'x64',
    into: folder,
    icon,
  });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** With nothing of this project, and no Node, in its way. */
function run(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): { code: number | null; out: string } {
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd: folder,
    env: { HOME: folder, USERPROFILE: folder, ...env },
    encoding: 'utf8',
  });
  return { code: status, out: `${stdout}${stderr}` };
}

const versionSchema = z.object({ version: z.string(), commit: z.string().nullable(), node: z.string() });

describe('the program', () => {
  it('says its version and the commit that it was made from', () => {
    const { code, out } = run(['version', '--json']);
    expect(code).toBe(0);
    const { version, node } = versionSchema.parse(JSON.parse(out));
    expect([version, node]).toEqual([manifest.version, process.version]);
  });

  it('reads a whole terminal: the self-test, with the journal in the same program', () => {
    const { code, out } = run(['doctor', '--json', '--profile', join(folder, 'nobody')]);
    expect(code).toBe(0);
    expect(out).toContain('"type":"self-test"');
    expect(existsSync(join(folder, 'nobody')), 'looking makes no terminal').toBe(false);
  });

  it('takes a wrong line as the command from the sources does', () => {
    expect(run(['cancel', '订单1', '--json'])).toMatchObject({ code: 2 });
  });

  it('takes no code and no inspector from outside', () => {
    const other = join(folder, 'other.cjs');
    writeFileSync(other, 'console.log("other code");');
    const said = run(['version'], { NODE_OPTIONS: `--require ${other} --inspect=127.0.0.1:0` });
    expect(said.code).toBe(0);
    expect(said.out).not.toMatch(/other code|Debugger listening/);
    for (const option of ['--inspect', '--inspect-brk', '--eval=1', `--require=${other}`])
      expect(run([option, 'version']), option).toMatchObject({ code: 2 });
  });
});

describe('the program for Windows', () => {
  it('has our version and name instead of Node’s, no signature that is not true, and stays for its processor', () => {
    const made = readWindowsProgram(asWindowsProgram(pe('x64'), icoOf([])));
    expect(made).toMatchObject({
      machine: 0x8664,
      signed: false,
      strings: { ProductName: manifest.productName, OriginalFilename: 'facepay.exe', FileVersion: manifest.version },
    });
  });
});
