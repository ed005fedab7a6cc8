/**
 * Damage to a whole profile: each of its files missing, empty, overwritten, unreadable, from an hour ago, read-only, or
 * held by another program; then each command in this process, and the app's start. A run ends wrongly if there is a
 * bug, a problem without a name, an overwritten file that could not be read, no report where a person must know, or a
 * needless report.
 */
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { pinsOf } from '../../electron/app/staff/staff-service.ts';
import { profileIn } from '../../electron/app/settings/profile.ts';
import { settingsStore } from '../../electron/app/settings/settings-store.ts';
import { systemClock } from '../../electron/base/clock.ts';
import type { PracticeGateway } from '../../electron/practice/gateway-server.ts';
import { readCommandLine } from '../../electron/cli/arguments.ts';
import { facepay } from '../../electron/cli/main.ts';
import { EXIT, type ExitCode } from '../../electron/cli/output.ts';
import { beijingDay, dayToIso } from '../../shared/beijing-day.ts';
import { billText } from '../support/gateway/made-bill.ts';
import { startGateway } from '../support/terminal/self-test-terminal.ts';
import { merchantSchema } from '../../shared/settings.ts';
import { canMount } from '../support/small-disk.ts';
import { releaseKeys } from '../support/terminal/update-feed.ts';
import { startedApp } from './app-start.ts';
import { isSmallFile, isKeptSomewhere, writeSmallFiles, workedWith, wronglySaid } from './small-files.ts';

const HOWS = ['missing', 'empty', 'overwritten', 'unreadable', 'rolled-back', 'read-only', 'held'] as const;

export interface FileHarm {
  /** Below the profile's folder. */
  readonly file: string;
  readonly how: (typeof HOWS)[number];
  /** The copy beside it (`.kept`) is harmed in the same way. */
  readonly both?: boolean;
}

export interface LivingProfile {
  /** Holds `profile/` as it was left, and `hour-ago/` as it was an hour before. */
  readonly folder: string;
  /** An order whose cancel is armed. */
  readonly armed: string;
  /**
   * The files that a technician brings: merchant.json, a provisioning file, WeChat's bill, a folder with a release and
   * its key.
   */
  readonly brought: string;
  close(): Promise<void>;
}

const clock = systemClock();

/**
 * A terminal that is set up against a practice gateway in this process, with PINs and two open orders. `whole`: with
 * its small files too.
 */
export async function openProfile(folder: string, whole = false): Promise<LivingProfile> {
  const gateway = await startGateway();
  const profile = profileIn(join(folder, 'profile'));
  const { appid, mchId, apiKey } = gateway.merchant;
  const merchant = merchantSchema.parse({
    appid,
    mchId,
    gateway: { primary: gateway.primary, backup: gateway.backup },
    faceGateway: gateway.primary,
    callTimeoutMs: 1_000,
  });
  const store = settingsStore(profile, '');
  const stored = await store.setMerchant(merchant, {
    apiKey,
    certPem: gateway.clientCertPem,
    keyPem: gateway.clientKeyPem,
    caPem: gateway.caPem,
  });
  if (!stored.ok) throw new Error(stored.error);
  await pinsOf({ profile, store, clock }).reset('manager', '482915');
  for (const number of ['waits-1', 'waits-2']) {
    const code = await runIn(
      profile.folder,
      ['cancel', number, '--paid-at', new Date(clock.read().wallMs).toISOString(), '--wait', '0'],
      [],
    );
    if (code !== EXIT.unresolved) throw new Error(`a cancel is to wait, and ended with ${String(code)}`);
    if (number !== 'waits-1') continue;
    if (whole) await writeSmallFiles(profile.folder, clock);
    cpSync(profile.folder, join(folder, 'hour-ago'), { recursive: true });
  }
  const brought = join(folder, 'brought');
  if (whole) {
    // Since then: another shift, other hours for updates, the copies of all.
    const app = await startedApp(profile, clock);
    await workedWith(app, clock);
    await app.close();
    await bring(brought, gateway);
  }
  return { folder, armed: 'waits-2', brought, close: () => gateway.close() };
}

const PASSPHRASE = 'river, stone and a boat';

async function bring(folder: string, gateway: PracticeGateway): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const { appid, mchId, apiKey } = gateway.merchant;
  for (const [name, text] of [
    ['cert.pem', gateway.clientCertPem],
    ['key.pem', gateway.clientKeyPem],
    ['ca.pem', gateway.caPem],
  ] as const)
    writeFileSync(join(folder, name), text);
  const { primary, backup } = gateway;
  const merchant = {
    appid,
    mchId,
    apiKey,
    certificate: { certFile: 'cert.pem', keyFile: 'key.pem' },
    gateway: { primary, backup, caFile: 'ca.pem' },
  };
  writeFileSync(join(folder, 'merchant.json'), JSON.stringify(merchant));
  writeFileSync(
    join(folder, 'terminal.json'),
    JSON.stringify({
      pins: { technician: '825731', manager: '730952' },
      updates: { url: 'https://updates.example.cn/other' },
    }),
  );
  const made = await runIn(
    folder,
    [
      'provision',
      'make',
      '--from',
      join(folder, 'merchant.json'),
      '--terminal',
      join(folder, 'terminal.json'),
      '--out',
      join(folder, 'provision.json'),
    ],
    [],
  );
  if (made !== EXIT.cancelled) throw new Error(`the provisioning file could not be made: ${String(made)}`);
  writeFileSync(
    join(folder, 'bill.csv'),
    billText([{ mchId, transactionId: '4200000109202611230000000001', outTradeNo: 'of-another-till' }]),
  );
  writeFileSync(join(folder, 'facepay-kiosk-setup-2.3.4-x64.exe'), 'installer');
  writeFileSync(join(folder, 'update.key'), releaseKeys().privateKeyPem);
}

/** Each file of journal, keys, settings and PINs, harmed in each way that this machine can do. */
export const fileHarmsOf = (living: LivingProfile): FileHarm[] =>
  harmsOf(filesOf(living).filter((file) => !isSmallFile(file)));

/** The same for the small files beside them (small-files.ts); then every file that has a copy, together with its copy. */
export function smallFileHarmsOf(living: LivingProfile): FileHarm[] {
  const files = filesOf(living);
  const copied = files.filter((file) => files.includes(`${file}.kept`));
  return [
    ...harmsOf(files.filter(isSmallFile)),
    ...harmsOf(copied).flatMap((one) =>
      one.how === 'read-only' || one.how === 'held' ? [] : [{ ...one, both: true }],
    ),
  ];
}

/** All files except the logs. */
function filesOf({ folder }: LivingProfile): string[] {
  const root = join(folder, 'profile');
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(root, name)).isFile() && !name.startsWith('logs'))
    .sort();
}

function harmsOf(files: readonly string[]): FileHarm[] {
  const hows = HOWS.filter((how) => (how !== 'read-only' && how !== 'held') || canMount());
  return files.flatMap((file) => hows.map((how) => ({ file, how })));
}

/** Does the harm; the returned function undoes what would keep the folder from being removed. */
function harm(root: string, hourAgo: string, { file, how, both = false }: FileHarm): () => void {
  if (both) harm(root, hourAgo, { file: `${file}.kept`, how });
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

/** A mounted file can be neither renamed nor removed (EBUSY), like a file that another program has open on Windows. */
function bound(path: string): () => void {
  execFileSync('mount', ['--bind', path, path]);
  return () => execFileSync('umount', ['-l', path]);
}

/** Every command that needs a profile; the file that a command writes goes beside the profile. */
export const commandsOf = ({ folder, armed, brought }: LivingProfile): string[][] => {
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
    ['reconcile', '--bill', join(brought, 'bill.csv'), '--out', join(out, 'differences.csv')],
    ['init', '--from', join(brought, 'merchant.json')],
    ['provision', 'make', '--from', join(brought, 'merchant.json'), '--out', join(out, 'provision.json')],
    ['provision', 'apply', '--file', join(out, PROVISION), '--accept-weak-protection'],
    ['pin', 'reset', 'manager'],
    ['update', 'sign', brought, '--key', join(brought, 'update.key'), '--version', '2.3.4'],
  ];
};

/** The command uses the file up, so it is made again. */
const PROVISION = 'brought-provision.json';

const saidSchema = z.looseObject({ type: z.string(), code: z.unknown().optional() });
type Said = z.infer<typeof saidSchema>;

async function runIn(folder: string, args: readonly string[], said: Said[]): Promise<ExitCode> {
  const out = (line: string): void => {
    if (line.startsWith('{')) said.push(saidSchema.parse(JSON.parse(line)));
  };
  const words = [...args, '--profile', folder, '--json'];
  const line = readCommandLine(words, clock.read().wallMs);
  if (!line.ok) throw new Error(JSON.stringify(line.error));
  return facepay(words, {
    env: { FACEPAY_PROVISION_PASSPHRASE: PASSPHRASE },
    streams: { out, err: out },
    input: Readable.from(['730952\n']),
    prompt: process.stderr,
    control: process.stdout,
    toldToEnd: () => Promise.reject(new Error('no command is run here that waits to be told to end')),
    actAsOwnerOf: () => undefined,
  });
}

/**
 * Harmed files that a command may not change or make again, except a command whose purpose is to set them again and
 * that says so.
 */
const KEPT: readonly string[] = [
  'settings.json',
  'credentials.sealed',
  'pins.json',
  join('practice', 'journal.sqlite'),
];
const SETTERS: Readonly<Record<string, readonly string[]>> = {
  init: ['settings.json', 'credentials.sealed'],
  provision: ['settings.json', 'credentials.sealed', 'pins.json'],
  pin: ['pins.json'],
};
const SPOILING: readonly FileHarm['how'][] = ['missing', 'empty', 'overwritten', 'unreadable'];

const contentOf = (path: string): string => {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? 'missing' : found.isFile() ? readFileSync(path, 'hex') : 'a folder';
};

/** Runs one command on a profile that is harmed again; returns what is wrong with how it ended. */
export async function judgedCommand(
  living: LivingProfile,
  done: FileHarm,
  args: readonly string[],
  scratch: string,
): Promise<string[]> {
  return onHarmed(living, done, scratch, async (root) => {
    const path = join(root, done.file);
    const before = contentOf(path);
    const bytes = bytesAt(path);
    const said: Said[] = [];
    const wrong: string[] = [];
    const code = await runIn(root, args, said);
    const named = said.some((line) => line.type === 'error' && typeof line.code === 'string');
    if (code === EXIT.bug) wrong.push('ended as a bug');
    if (code === EXIT.badInput && !named) wrong.push('ended with 2 and names no problem');
    const isChanged = contentOf(path) !== before;
    const maySet = code === EXIT.cancelled && SETTERS[args[0] ?? '']?.includes(done.file) === true;
    if (KEPT.includes(done.file) && SPOILING.includes(done.how) && isChanged && !maySet) wrong.push('changed the file');
    if (isSmallFile(done.file) && !isStill(root, done, bytes)) wrong.push('wrote over the file');
    return wrong;
  });
}

/** The app's start on it and a day's work, to the end; returns what went wrong. */
export async function judgedStart(living: LivingProfile, done: FileHarm, scratch: string): Promise<string[]> {
  return onHarmed(living, done, scratch, async (root) => {
    const bytes = bytesAt(join(root, done.file));
    const app = await startedApp(profileIn(root), clock);
    try {
      if (!app.opened.ok)
        return typeof app.opened.error.code === 'string' ? [] : ['does not start, and names no problem'];
      const wrong = wronglySaid({ file: done.file, how: done.how, both: done.both === true }, app);
      if (!isSmallFile(done.file)) return wrong;
      await workedWith(app, clock);
      return isStill(root, done, bytes) ? wrong : [...wrong, 'wrote over the file'];
    } finally {
      await app.close();
    }
  });
}

const bytesAt = (path: string): Buffer | null =>
  statSync(path, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(path) : null;

/**
 * An unreadable file stays as it is; a file that does not parse may at most be set aside. The self-test's report is
 * only the last one.
 */
function isStill(root: string, { file, how }: FileHarm, bytes: Buffer | null): boolean {
  if (how === 'unreadable') return contentOf(join(root, file)) === 'a folder';
  return (
    how !== 'overwritten' ||
    file === 'self-test.json' ||
    file.endsWith('.kept') ||
    (bytes !== null && isKeptSomewhere(root, file, bytes))
  );
}

async function onHarmed(
  living: LivingProfile,
  done: FileHarm,
  scratch: string,
  act: (root: string) => Promise<string[]>,
): Promise<string[]> {
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(dirname(scratch), { recursive: true });
  cpSync(join(living.folder, 'profile'), scratch, { recursive: true });
  mkdirSync(join(living.folder, 'out'), { recursive: true });
  const provisioning = join(living.brought, 'provision.json');
  if (existsSync(provisioning)) copyFileSync(provisioning, join(living.folder, 'out', PROVISION));
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

export const wordOfFile = ({ file, how, both = false }: FileHarm): string =>
  `${file} ${both ? 'with its copy ' : ''}${how}`;
