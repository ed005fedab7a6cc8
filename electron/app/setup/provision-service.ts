/**
 * Provisioning files: found, checked, applied once, wiped. A file that fails is left untouched. An applied file is
 * wiped only after its set-up has been stored and opened again.
 */
import { randomUUID } from 'node:crypto';
import { basename, join } from 'node:path';
import type { ProvisionFile, SetupOutcome, SetupProblem } from '../../../shared/contract/setup.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { PROVISION_LOOK_MS } from '../../../shared/timing.ts';
import { THE_APP, type Actor } from '../../orders/machine/actor.ts';
import type { Act } from '../../orders/machine/event.ts';
import { openProvisionFile, readProvisionFile, type ProvisionFileText } from '../../vault/provision-file.ts';
import { wipeFile } from '../../vault/wipe-file.ts';
import { applySetUp, type ApplyRefusal, type WantedSetUp } from './apply-setup.ts';
import { withHelperHash } from './face-helper.ts';
import { setUpFrom } from './provision-payload.ts';
import { liesAt, PROVISION_NAME, textIn, type ProvisionSource } from './provision-sources.ts';
import type { PickedFile, SetupParts } from './setup-parts.ts';
import { NO_SETTINGS, protectionOf } from './setup-state.ts';

export interface ProvisionParts extends SetupParts {
  /** Called each time, because drives come and go. `drives`: also removable drives and network drives. */
  readonly sources: (drives: boolean) => Promise<readonly ProvisionSource[]>;
  readonly fleetKeyPem: () => string | null;
  /** This machine's name on the network; a file may be bound to it. */
  readonly hostName: string;
}

export interface ProvisionInput {
  readonly fileId: string;
  readonly passphrase: string;
  readonly acceptWeakProtection: boolean;
}

type Refusal = ApplyRefusal | 'pin-first' | 'provision-not-found';

export interface ProvisionService {
  find(): Promise<ProvisionFile[]>;
  offer(files: readonly PickedFile[]): Promise<ProvisionFile | null>;
  apply(input: ProvisionInput, actor: Actor): Promise<Result<SetupOutcome, Refusal>>;
  applyFile(
    path: string,
    passphrase: string,
    acceptWeakProtection: boolean,
    actor: Actor,
  ): Promise<Result<SetupOutcome, Refusal>>;
  /**
   * At the app's start: wipes files that were used before and still exist. If nothing is set up, applies the first file
   * that is signed by the fleet's key.
   */
  atStart(): Promise<void>;
}

interface Found {
  readonly path: string;
  readonly place: ProvisionFile['place'];
}

export function createProvisionService(parts: ProvisionParts): ProvisionService {
  const known = new Map<string, Found>();

  const fileIdOf = (found: Found): string => {
    const old = [...known].find(([, { path }]) => path === found.path)?.[0];
    const fileId = old ?? randomUUID();
    known.set(fileId, found);
    return fileId;
  };
  const row = async (found: Found): Promise<ProvisionFile> => {
    const file = readAt(found.path);
    const common = { fileId: fileIdOf(found), name: basename(found.path), place: found.place };
    if (!file.ok) return { ...common, sealed: null, problem: file.error };
    return { ...common, sealed: file.value.sealed, problem: await problemSoFar(parts, file.value) };
  };

  return {
    find: async () => Promise.all((await foundNow(parts, true)).map(row)),
    offer: ([first]) => (first === undefined ? Promise.resolve(null) : row({ path: first.path, place: 'picked' })),
    async apply({ fileId, passphrase, acceptWeakProtection }, actor) {
      const found = known.get(fileId);
      const text = found === undefined ? null : textIn(found.path);
      if (found === undefined || (text?.ok === true && text.value === null)) return fail('provision-not-found');
      return applyFile(parts, found.path, passphrase, acceptWeakProtection, actor);
    },
    applyFile: (...how) => applyFile(parts, ...how),
    async atStart() {
      const before = parts.store.settings();
      // A terminal that is set up needs no file, and a dead drive must not delay its customers.
      const isFresh = before.ok && before.value.merchant === null;
      const found = await foundNow(parts, isFresh);
      wipeUsed(parts, found);
      for (const { path } of found) {
        const settings = parts.store.settings();
        if (!settings.ok || settings.value.merchant !== null) return;
        const file = readAt(path);
        // An encrypted file waits for a person who knows its passphrase.
        if (!file.ok || file.value.sealed === 'signature') await applyFile(parts, path, '', false, THE_APP);
      }
    },
  };
}

async function applyFile(
  parts: ProvisionParts,
  path: string,
  passphrase: string,
  acceptWeakProtection: boolean,
  actor: Actor,
): Promise<Result<SetupOutcome, Refusal>> {
  const file = readAt(path);
  const setUp = file.ok ? await setUpIn(parts, file.value, passphrase, acceptWeakProtection) : fail([file.error]);
  const pinned = setUp.ok ? pinProblems(parts, setUp.value) : [];
  if (!setUp.ok || pinned.length > 0) {
    const problems = setUp.ok ? pinned : setUp.error;
    note(
      parts,
      actor,
      'provision-refused',
      problems.map(({ field, code }) => `${field}:${code}`).join(' '),
      basename(path),
    );
    return ok({ outcome: 'refused', problems });
  }
  if (!parts.pins.technicianSet() && setUp.value.pins?.technician === undefined) return fail('pin-first');
  const applied = await applySetUp(parts, setUp.value, actor);
  if (!applied.ok || applied.value.outcome !== 'applied') return applied;
  const wiped = wipeFile(path);
  note(parts, actor, 'provision-file', wiped, setUp.value.provisionId ?? null);
  return ok({ ...applied.value, file: wiped });
}

function wipeUsed(parts: ProvisionParts, found: readonly Found[]): void {
  const used = provisionedOf(parts);
  for (const { path } of found) {
    const file = readAt(path);
    if (file.ok && used.includes(file.value.id)) note(parts, THE_APP, 'provision-file', wipeFile(path), file.value.id);
  }
}

const provisionedOf = ({ store }: ProvisionParts): readonly string[] => {
  const settings = store.settings();
  return settings.ok ? (settings.value.provisioned ?? []) : [];
};

/**
 * At most this many drives are waited for at once: Node has four threads for files and for names, and calls need those
 * too.
 */
const LOOKS_AT_ONCE = 2;

/** The files that are in the places now, in their order. A drive that has not answered in time counts as empty. */
async function foundNow({ sources, clock }: ProvisionParts, drives: boolean): Promise<Found[]> {
  const found: (Found & { readonly index: number })[] = [];
  const search = async (): Promise<void> => {
    const waiting = (await sources(drives)).map(({ place, folder }, index) => ({
      place,
      path: join(folder, PROVISION_NAME),
      index,
    }));
    const one = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
        if (await liesAt(next.path)) found.push(next);
    };
    await Promise.all(Array.from({ length: LOOKS_AT_ONCE }, one));
  };
  const deadline = Promise.withResolvers<undefined>();
  const callOff = clock.after(PROVISION_LOOK_MS, () => {
    deadline.resolve(undefined);
  });
  await Promise.race([search(), deadline.promise]);
  callOff();
  return found.toSorted((a, b) => a.index - b.index).map(({ place, path }) => ({ place, path }));
}

function readAt(path: string): Result<ProvisionFileText, SetupProblem> {
  const text = textIn(path);
  if (!text.ok) return fail({ field: 'file', code: text.error });
  if (text.value === null) return fail({ field: 'file', code: 'file-not-found' });
  const file = readProvisionFile(text.value);
  return file.ok ? file : fail({ field: 'file', code: file.error });
}

/** What can be said of a file before a person has typed a passphrase. */
async function problemSoFar(parts: ProvisionParts, file: ProvisionFileText): Promise<SetupProblem | null> {
  const bound = boundElsewhere(parts, file);
  if (bound !== null || file.sealed === 'passphrase') return bound;
  const setUp = await setUpIn(parts, file, '', true);
  return setUp.ok ? (pinProblems(parts, setUp.value)[0] ?? null) : (setUp.error[0] ?? null);
}

function boundElsewhere({ store, hostName }: ProvisionParts, { deviceId }: ProvisionFileText): SetupProblem | null {
  if (deviceId === null) return null;
  const settings = store.settings();
  const named = settings.ok && settings.value.merchant !== null ? [settings.value.terminal.deviceId] : [];
  const own = [hostName, ...named].map((name) => name.toLowerCase());
  return own.includes(deviceId.toLowerCase()) ? null : { field: 'deviceId', code: 'provision-other-device' };
}

async function setUpIn(
  parts: ProvisionParts,
  file: ProvisionFileText,
  passphrase: string,
  acceptWeakProtection: boolean,
): Promise<Result<WantedSetUp, SetupProblem[]>> {
  const bound = boundElsewhere(parts, file);
  if (bound !== null) return fail([bound]);
  const opened = openProvisionFile(file, passphrase, parts.fleetKeyPem());
  if (!opened.ok)
    return fail([{ field: opened.error === 'provision-passphrase' ? 'passphrase' : 'file', code: opened.error }]);
  const settings = parts.store.settings();
  const { terminal } = settings.ok ? settings.value : NO_SETTINGS;
  const { offered, recommended } = await protectionOf(parts);
  const wallMs = parts.clock.read().wallMs;
  const setUp = setUpFrom(opened.value, {
    provisionId: file.id,
    terminal,
    offered,
    recommended,
    acceptWeakProtection,
    wallMs,
  });
  if (!setUp.ok) return setUp;
  // The file was made elsewhere: the face SDK's helper is looked at here.
  const merchant = withHelperHash(setUp.value.merchant, parts.helperFiles);
  return merchant.ok ? ok({ ...setUp.value, merchant: merchant.value }) : fail([merchant.error]);
}

function pinProblems({ pins }: ProvisionParts, { pins: wanted = {}, merchant }: WantedSetUp): SetupProblem[] {
  const known = [merchant.mchId, ...(merchant.subMchId === undefined ? [] : [merchant.subMchId])];
  const code = pins.problemOf(wanted, known);
  return code === null ? [] : [{ field: 'pins', code }];
}

/** Into the audit trail as soon as it is open; into the log in any case. */
function note({ running, log }: ProvisionParts, actor: Actor, act: Act, outcome: string, about: string | null): void {
  log.info({ act, outcome, about }, 'a provisioning file');
  void running.opening.then((opened) => {
    if (opened.ok) opened.value.audit.note(actor, act, outcome, about);
  });
}
