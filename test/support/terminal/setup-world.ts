/**
 * A terminal to set up, without Electron: real services in a folder of its own; all its answers and log lines are kept,
 * so that a test can search them.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { onTestFinished } from 'vitest';
import { dispatch, type Caller } from '../../../electron/app/dispatch.ts';
import { createHandlers } from '../../../electron/app/command-table.ts';
import { profileIn, type Profile } from '../../../electron/app/settings/profile.ts';
import {
  createProvisionService,
  type ProvisionService,
  type ProvisionParts,
} from '../../../electron/app/setup/provision-service.ts';
import { runTerminal, type RunningTerminal } from '../../../electron/app/core/running-terminal.ts';
import { createSetupService } from '../../../electron/app/setup/setup-service.ts';
import type { InitialPins, SetupPins } from '../../../electron/app/setup/setup-parts.ts';
import { isFresh } from '../../../electron/app/setup/setup-state.ts';
import { settingsStore, type SettingsStore } from '../../../electron/app/settings/settings-store.ts';
import { systemClock, type Clock } from '../../../electron/base/clock.ts';
import type { Log } from '../../../electron/base/log.ts';
import type { HelperFiles } from '../../../electron/face-bridge/helper-file.ts';
import type { PracticeGateway } from '../../../electron/practice/gateway-server.ts';
import { openServices } from '../../../electron/app/open-services.ts';
import type { Services } from '../../../electron/app/core/services.ts';
import { noSecretBox, type SecretBox } from '../../../electron/vault/secret-box.ts';
import type { SetupFields } from '../../../shared/contract/setup.ts';
import type { CommandInput, CommandName, CommandReply } from '../../../shared/ipc.ts';
import { ok } from '../../../shared/result.ts';
import { temporaryFolder } from '../command.ts';
import { idleSelfTest } from './idle-self-test.ts';
import { noExports } from './no-host.ts';
import { CHEAP } from '../secrets/scrypt.ts';
import { idleStaff } from './staff.ts';

export const technician: Caller = { who: 'screen', role: 'technician' };

/** PINs by their meaning. */
export class FakePins implements SetupPins {
  kept: InitialPins = {};
  failing = false;

  technicianSet(): boolean {
    return this.kept.technician !== undefined;
  }

  problemOf(pins: InitialPins): 'pin-trivial' | null {
    return pins.manager === '111111' || pins.technician === '111111' ? 'pin-trivial' : null;
  }

  set(pins: InitialPins): ReturnType<SetupPins['set']> {
    if (this.failing) return Promise.resolve({ ok: false, error: 'not-saved' });
    const before = this.kept;
    this.kept = { ...before, ...pins };
    return Promise.resolve(
      ok(() => {
        this.kept = before;
      }),
    );
  }
}

export interface SetupWorld {
  readonly profile: Profile;
  readonly store: SettingsStore;
  readonly running: RunningTerminal;
  readonly provision: ProvisionService;
  readonly pins: FakePins;
  /** The result of the next file dialog; an empty list means that the dialog was cancelled. */
  readonly picks: (readonly string[])[];
  /** What the next opening of the terminal meets instead of the real state. */
  failOpening: { part: 'journal'; code: 'io' } | null;
  call<Name extends CommandName>(name: Name, input: CommandInput<Name>, caller?: Caller): Promise<CommandReply<Name>>;
  services(): Promise<Services>;
  /** Everything that has been answered and logged. */
  said(): string;
  /** Acts of the audit trail, as `who act outcome: about`. */
  noted(): string[];
}

export interface WorldOptions {
  readonly box?: SecretBox;
  readonly passphrase?: string;
  readonly sources?: ProvisionParts['sources'];
  readonly fleetKeyPem?: string | null;
  readonly hostName?: string;
  readonly profile?: Profile;
  /** The terminal cannot be opened, for whatever reason. It is quick to make, and set-up must work all the same. */
  readonly shut?: boolean;
  readonly clock?: Clock;
}

export function setupWorld(options: WorldOptions = {}): SetupWorld {
  const {
    box = noSecretBox,
    passphrase = '',
    sources = () => Promise.resolve([]),
    fleetKeyPem = null,
    hostName = 'till-7',
  } = options;
  const profile = options.profile ?? profileIn(join(temporaryFolder(), 'profile'));
  const store = settingsStore(profile, passphrase, box, CHEAP);
  const { clock = systemClock() } = options;
  const said: string[] = [];
  const line = (fields: object, message: string): void => {
    said.push(
      JSON.stringify([fields, message], (_key, value: unknown) => (value instanceof Error ? value.stack : value)),
    );
  };
  const log: Log = { info: line, warn: line, error: line };
  const quiet = { onChange: () => undefined, onStage: () => undefined, onNotice: () => undefined };
  let failing: SetupWorld['failOpening'] = options.shut === true ? { part: 'journal', code: 'io' } : null;
  const running = runTerminal({
    open: () => {
      const failOpening = failing;
      failing = null;
      return failOpening === null
        ? openServices({ profile, store, clock, log, ...quiet })
        : Promise.resolve({ ok: false, error: failOpening });
    },
    begin: ({ engine }) => {
      engine.start();
    },
    closeWithinMs: 500,
    // A terminal that could not be opened stays so: these tests are about set-up.
    clock: { read: () => clock.read(), after: () => () => undefined },
    log,
  });
  const pins = new FakePins();
  const picks: (readonly string[])[] = [];
  const pick = (): Promise<ReturnType<typeof ok<{ path: string; bytes: Buffer }[]>>> =>
    Promise.resolve(ok((picks.shift() ?? []).map((path) => ({ path, bytes: readFileSync(path) }))));
  const host = { kind: 'stand-in', electron: '45.4.1' } as const;
  const passphraseGiven = passphrase !== '';
  const parts = { profile, store, clock, log, box, passphraseGiven, running, pins, helperFiles: HELPER_FILES };
  const provision = createProvisionService({ ...parts, sources, fleetKeyPem: () => fleetKeyPem, hostName });
  const handlers = createHandlers({
    app: { version: '1', build: null, host },
    notices: () => [],
    staff: idleStaff,
    selfTest: idleSelfTest,
    exports: noExports(),
    setup: createSetupService(parts, pick, provision),
  });
  const services = async (): Promise<Services> => {
    const opened = await running.opening;
    if (!opened.ok) throw new Error(JSON.stringify(opened.error));
    return opened.value;
  };
  const world: SetupWorld = {
    profile,
    store,
    running,
    provision,
    pins,
    picks,
    get failOpening() {
      return failing;
    },
    set failOpening(problem) {
      failing = problem;
    },
    async call<Name extends CommandName>(
      name: Name,
      input: CommandInput<Name>,
      caller = technician,
    ): Promise<CommandReply<Name>> {
      const context = { handlers, opening: running.opening, isFresh: () => isFresh({ store, pins }), log };
      const reply = (await dispatch(context, caller, name, input)) as CommandReply<Name>;
      said.push(JSON.stringify(reply));
      return reply;
    },
    services,
    said: () => said.join('\n'),
    noted: () => (['practice', 'live'] as const).flatMap((environment) => notesIn(profile.journal(environment))),
  };
  onTestFinished(() => running.close());
  return world;
}

/** The files of a face SDK: `/open` may be changed by anybody. */
const HELPER_FILES: HelperFiles = {
  real: (path) => {
    if (!/^\/(?:opt|open)\/(?:helper|sdk\.dll)$/.test(path)) throw new Error('ENOENT');
    return path;
  },
  isProtected: (path) => path.startsWith('/opt/'),
  read: () => Buffer.from('helper'),
};
/** Of `/opt/helper`. */
export const HELPER_SHA256 = createHash('sha256').update('helper').digest('hex');

function notesIn(journal: string): string[] {
  if (!existsSync(journal)) return [];
  const db = new DatabaseSync(journal, { readOnly: true });
  const rows = db
    .prepare(
      "SELECT actor, event ->> '$.act' AS act, event ->> '$.outcome' AS outcome, event ->> '$.about' AS about FROM entries WHERE event ->> '$.type' = 'noted' ORDER BY seq",
    )
    .all();
  db.close();
  return rows.map(
    ({ actor, act, outcome, about }) => `${String(actor)} ${String(act)} ${String(outcome)}: ${String(about)}`,
  );
}

/** The form for a practice gateway, as a person would fill it in. */
export const fieldsFor = (
  { merchant, primary, backup }: PracticeGateway,
  changes: Partial<SetupFields> = {},
): SetupFields => ({
  mode: 'merchant',
  appid: merchant.appid,
  mchId: merchant.mchId,
  subAppid: '',
  subMchId: '',
  signType: 'HMAC-SHA256',
  family: 'facepay',
  device: 'none',
  faceProgram: '',
  faceLibrary: '',
  codePort: '',
  codeBaudRate: 9_600,
  codeTerminator: 'cr',
  codePortUsb: '',
  primary,
  backup,
  faceGateway: primary,
  proxy: '',
  proxyUser: '',
  noProxy: '',
  storeId: 'store-1',
  storeName: '江边便利店',
  deviceId: 'till-7',
  language: 'zh-CN',
  protection: 'device',
  acceptWeakProtection: false,
  ...changes,
});
