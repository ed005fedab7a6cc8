/**
 * Dimension 4 of the harsher world for a whole profile: each of its files missing, empty, overwritten, unreadable, of an hour
 * ago, read-only, or held by another program; then each command in this process, and the app's opening start.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { pinsOf } from '../../electron/app/staff-desk.ts';
import { profileIn } from '../../electron/app/profile.ts';
import { settingsStore } from '../../electron/app/settings-store.ts';
import { systemClock } from '../../electron/base/clock.ts';
import { silentLog } from '../../electron/base/log.ts';
import { openServices } from '../../electron/services.ts';
import { readCommandLine, type Command } from '../../electron/terminal/arguments.ts';
import { audit } from '../../electron/terminal/audit-commands.ts';
import { cancel, orders, query, resume, settle, type Terminal } from '../../electron/terminal/commands.ts';
import { doctor } from '../../electron/terminal/doctor.ts';
import { diagnostics, exportOrders } from '../../electron/terminal/export-commands.ts';
import { createOutput, EXIT, type ExitCode } from '../../electron/terminal/output.ts';
import { beijingDay, dayToIso } from '../../shared/beijing-day.ts';
import { startGateway } from '../support/self-test-terminal.ts';
import { merchantSchema } from '../../shared/settings.ts';
import { canMount } from '../support/small-disk.ts';

const HOWS = ['missing', 'empty', 'overwritten', 'unreadable', 'rolled-back', 'read-only', 'held'] as const;

export interface FileHarm {
  /** Below the profile's folder. */
  readonly file: string;
  readonly how: (typeof HOWS)[number];
}

export interface LivingProfile {
  /** Holds `profile/` as it was left, and `hour-ago/` as it was then. */
  readonly folder: string;
  /** An order whose cancel is armed. */
  readonly armed: string;
  close(): Promise<void>;
}

const clock = systemClock();

/** A terminal that is set up against a practice gateway in this process, with PINs and two orders that wait. */
export async function openProfile(folder: string): Promise<LivingProfile> {
  const gateway = await startGateway();
  const profile = profileIn(join(folder, 'profile'));
  const { appid, mchId, apiKey } = gateway.merchant;
  const merchant = merchantSchema.parse({ appid, mchId, gateway: { primary: gateway.primary, backup: gateway.backup }, faceGateway: gateway.primary, callTimeoutMs: 1_000 });
  const store = settingsStore(profile, '');
  const stored = await store.setMerchant(merchant, { apiKey, certPem: gateway.clientCertPem, keyPem: gateway.clientKeyPem, caPem: gateway.caPem });
  if (!stored.ok) throw new Error(stored.error);
  await pinsOf({ profile, store, clock }).reset('manager', '482915');
  for (const number of ['waits-1', 'waits-2']) {
    const code = await runIn(profile.folder, ['cancel', number, '--paid-at', new Date(clock.read().wallMs).toISOString(), '--wait', '0'], []);
    if (code !== EXIT.unresolved) throw new Error(`a cancel is to wait, and ended with ${String(code)}`);
    if (number === 'waits-1') cpSync(profile.folder, join(folder, 'hour-ago'), { recursive: true });
  }
  return { folder, armed: 'waits-2', close: () => gateway.close() };
}

/** Each file of the profile but its logs, harmed in each way that this machine can do. */
export function fileHarmsOf({ folder }: LivingProfile): FileHarm[] {
  const root = join(folder, 'profile');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(root, name)).isFile() && !name.startsWith('logs'));
  const hows = HOWS.filter((how) => (how !== 'read-only' && how !== 'held') || canMount());
  return files.sort().flatMap((file) => hows.map((how) => ({ file, how })));
}

/** Does the harm; what is returned undoes what would keep the folder from being removed. */
function harm(root: string, hourAgo: string, { file, how }: FileHarm): () => void {
  const path = join(root, file);
  const nothing = (): void => undefined;
  switch (how) {
    case 'missing':
      rmSync(path);
      return nothing;
    case 'empty':
      writeFileSync(path, '');
      return nothing;
    case 'overwritten':
      writeFileSync(path, Buffer.alloc(Math.max(64, statSync(path).size), 0xa5));
      return nothing;
    case 'unreadable':
      rmSync(path);
      mkdirSync(path);
      return nothing;
    case 'rolled-back':
      if (existsSync(join(hourAgo, file))) copyFileSync(join(hourAgo, file), path);
      return nothing;
    case 'read-only':
      execFileSync('mount', ['--bind', path, path]);
      execFileSync('mount', ['-o', 'remount,ro,bind', path]);
      return () => execFileSync('umount', ['-l', path]);
    case 'held':
      return file.endsWith('.sqlite') ? locked(path) : bound(path);
  }
}

/** Another program writes, and does not end. */
function locked(path: string): () => void {
  const db = new DatabaseSync(path);
  db.exec('BEGIN IMMEDIATE');
  return () => {
    db.close();
  };
}

/** What is mounted can be neither renamed nor removed (EBUSY), as a file that another program has open on Windows. */
function bound(path: string): () => void {
  execFileSync('mount', ['--bind', path, path]);
  return () => execFileSync('umount', ['-l', path]);
}

/** Every command that needs a profile; what one writes goes beside it. */
export const commandsOf = ({ folder, armed }: LivingProfile): string[][] => {
  const out = join(folder, 'out');
  const today = dayToIso(beijingDay(clock.read().wallMs));
  return [
    ['orders'],
    ['orders', '--stuck'],
    ['audit', 'verify'],
    ['audit', 'export', '--file', join(out, 'audit.jsonl')],
    ['export', '--from', today, '--out', join(out, 'orders.csv')],
    ['diagnostics', '--out', join(out, 'diagnostics.zip')],
    ['doctor'],
    ['settle', armed, '--reason', 'put right elsewhere'],
    ['query', 'nobody-1', '--wait', '1'],
    ['cancel', armed, '--wait', '1'],
    ['resume', '--wait', '1'],
  ];
};

const saidSchema = z.looseObject({ type: z.string(), code: z.unknown().optional() });
type Said = z.infer<typeof saidSchema>;

async function runIn(folder: string, args: readonly string[], said: Said[]): Promise<ExitCode> {
  const out = (line: string): void => {
    if (line.startsWith('{')) said.push(saidSchema.parse(JSON.parse(line)));
  };
  const line = readCommandLine([...args, '--json'], clock.read().wallMs);
  if (!line.ok) throw new Error(JSON.stringify(line.error));
  return run(line.value.command, { profile: profileIn(folder), passphrase: '', clock, output: createOutput({ out, err: out }, true) });
}

function run(command: Command, terminal: Terminal): Promise<ExitCode> | ExitCode {
  switch (command.name) {
    case 'orders':
      return orders(terminal, command);
    case 'audit':
      return audit(terminal, command);
    case 'export':
      return exportOrders(terminal, command);
    case 'diagnostics':
      return diagnostics(terminal, command);
    case 'doctor':
      return doctor(terminal);
    case 'settle':
      return settle(terminal, command);
    case 'query':
      return query(terminal, command);
    case 'cancel':
      return cancel(terminal, command);
    case 'resume':
      return resume(terminal, command);
    default:
      throw new Error(`${command.name} is not run here`);
  }
}

/** What no command may change or make anew where it is harmed. */
const KEPT: readonly string[] = ['settings.json', 'credentials.sealed', 'pins.json', join('practice', 'journal.sqlite')];
const SPOILING: readonly FileHarm['how'][] = ['missing', 'empty', 'overwritten', 'unreadable'];

const contentOf = (path: string): string => {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? 'missing' : found.isFile() ? readFileSync(path, 'hex') : 'a folder';
};

/** Runs one command on a profile that is harmed anew; what is wrong with how it ended. */
export async function judgedCommand(living: LivingProfile, done: FileHarm, args: readonly string[], scratch: string): Promise<string[]> {
  return onHarmed(living, done, scratch, async (root) => {
    const path = join(root, done.file);
    const before = contentOf(path);
    const said: Said[] = [];
    const wrong: string[] = [];
    const code = await runIn(root, args, said);
    const named = said.some((line) => line.type === 'error' && typeof line.code === 'string');
    if (code === EXIT.bug) wrong.push('ended as a bug');
    if (code === EXIT.badInput && !named) wrong.push('ended with 2 and names no problem');
    if (KEPT.includes(done.file) && SPOILING.includes(done.how) && contentOf(path) !== before) wrong.push('changed the file');
    return wrong;
  });
}

/** The app's opening start on it, to the end; what is wrong with how it went. */
export async function judgedStart(living: LivingProfile, done: FileHarm, scratch: string): Promise<string[]> {
  return onHarmed(living, done, scratch, async (root) => {
    const profile = profileIn(root);
    const nothing = (): void => undefined;
    const opened = await openServices({
      profile,
      store: settingsStore(profile, ''),
      clock,
      log: silentLog,
      keeper: { provenAs: () => null },
      onChange: nothing,
      onStage: nothing,
      onNotice: nothing,
    });
    if (!opened.ok) return typeof opened.error.code === 'string' ? [] : ['does not start, and names no problem'];
    opened.value.engine.start();
    void opened.value.pos.start();
    await opened.value.close(2_000);
    return [];
  });
}

async function onHarmed(living: LivingProfile, done: FileHarm, scratch: string, act: (root: string) => Promise<string[]>): Promise<string[]> {
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(dirname(scratch), { recursive: true });
  cpSync(join(living.folder, 'profile'), scratch, { recursive: true });
  mkdirSync(join(living.folder, 'out'), { recursive: true });
  const undo = harm(scratch, join(living.folder, 'hour-ago'), done);
  try {
    return await act(scratch);
  } catch (error) {
    return [`broke: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
  } finally {
    undo();
    rmSync(join(living.folder, 'out'), { recursive: true, force: true });
  }
}

export const wordOfFile = ({ file, how }: FileHarm): string => `${file} ${how}`;
