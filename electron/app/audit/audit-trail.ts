/** Acts that change no order, written into the journal: who, in what role, what, and how it ended. */
import { randomBytes } from 'node:crypto';
import { environmentOf, type Environment } from '../../../shared/settings.ts';
import { JOURNAL_LOCK_WAIT_MS, JOURNAL_RETRY_MS } from '../../../shared/timing.ts';
import type { Clock } from '../../base/clock.ts';
import { redactText } from '../../base/redact.ts';
import { fileTroubleOf } from '../../base/safe-file.ts';
import { THE_APP, type Actor } from '../../orders/machine/actor.ts';
import { auditKey, type AuditKey } from '../../orders/journal/chain-key.ts';
import { refusableActs, type Act, type Noted, type OrderEvent } from '../../orders/machine/event.ts';
import { openJournal } from '../../orders/open-journal.ts';
import type { Journal, NoteEntry } from '../../orders/journal/journal.ts';
import { deviceSecret, deviceSecretOrNew } from '../../vault/device-secret.ts';
import type { Profile } from '../settings/profile.ts';
import type { SettingsStore } from '../settings/settings-store.ts';

export interface AuditTrail {
  /**
   * `about`: what it was done to or with. An act that cannot be written now is written as soon as the journal can be.
   */
  note(actor: Actor, act: Act, outcome: string, about?: string | null): void;
  /** What the app did by itself. */
  byApp(act: Act, about: string): void;
  /** A refused act on an order. `code`: why. */
  refused(actor: Actor, orderId: string, event: Pick<OrderEvent, 'type'>, code: string): void;
  /** One last try for what waits. To be called before the journal is closed. */
  close(): void;
}

const TEXT_MAX = 200;
/** If more than this waits, the journal has failed for so long that the notice on the screen matters more. */
const WAITING_MAX = 200;

export function auditTrail(journal: Pick<Journal, 'note'>, clock: Clock): AuditTrail {
  const waiting: { readonly orderId: string | null; readonly entry: NoteEntry }[] = [];
  let stopRetry: (() => void) | null = null;
  let closed = false;

  const retryLater = (): void => {
    if (!closed) stopRetry ??= clock.after(JOURNAL_RETRY_MS, write);
  };
  const write = (): void => {
    stopRetry?.();
    stopRetry = null;
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      if (!journal.note(next.orderId, next.entry).ok) {
        retryLater();
        return;
      }
      waiting.shift();
    }
  };
  const add = (orderId: string | null, actor: Actor, act: Act, outcome: string, about: string | null): void => {
    const text = about === null ? null : redactText(about).slice(0, TEXT_MAX);
    const event = { type: 'noted', act, outcome: outcome.slice(0, TEXT_MAX), about: text } as const;
    if (waiting.length < WAITING_MAX) waiting.push({ orderId, entry: { atMs: clock.read().wallMs, actor, event } });
  };

  return {
    note(actor, act, outcome, about = null) {
      add(null, actor, act, outcome, about);
      write();
    },
    byApp(act, about) {
      add(null, THE_APP, act, 'ok', about);
      write();
    },
    refused(actor, orderId, event, code) {
      const act = refusableActs.find((known) => known === event.type);
      if (act === undefined) return;
      add(orderId, actor, act, code, code === 'order-not-found' ? orderId : null);
      // The journal has just refused the act itself. Trying again at once would only make the person wait twice.
      if (code === 'not-saved') retryLater();
      else write();
    },
    close() {
      closed = true;
      write();
    },
  };
}

/**
 * Writes one act into a journal that is not open otherwise. Returns whether it could. `lockWaitMs`: see `openJournal`.
 */
export function noteAtOnce(
  profile: Profile,
  environment: Environment,
  wallMs: number,
  actor: Actor,
  event: Noted,
  lockWaitMs?: number,
): boolean {
  const opened = openJournal(profile.journal(environment), environment, wallMs, auditKeyOf(profile), { lockWaitMs });
  if (!opened.ok) return false;
  const { journal } = opened.value;
  const noted = journal.note(null, { atMs: wallMs, actor, event });
  journal.close();
  return noted.ok;
}

/**
 * Records acts on a terminal that could not be opened. Without settings it is not known which journal they belong to.
 */
export const noterApart =
  (profile: Profile, store: Pick<SettingsStore, 'settings'>, clock: Clock) =>
  (actor: Actor, event: Noted): boolean => {
    const settings = store.settings();
    if (!settings.ok) return false;
    const { merchant } = settings.value;
    return noteAtOnce(
      profile,
      merchant === null ? 'practice' : environmentOf(merchant),
      clock.read().wallMs,
      actor,
      event,
      JOURNAL_LOCK_WAIT_MS,
    );
  };

/**
 * The key of this device's audit trail. If the device has no secret, one is made. If not even that can be written, this
 * process gets a key of its own: then the trail can never be verified, but the cancel goes on.
 */
export const auditKeyOf = (profile: Profile): AuditKey => auditKey(deviceSecretOf(profile));

/** This device's secret; or one for this process alone, if it can neither be read nor made. */
export function deviceSecretOf(profile: Profile): Uint8Array {
  try {
    return deviceSecretOrNew(profile.deviceSecret);
  } catch (error) {
    if (fileTroubleOf(error) === null) throw error;
    return randomBytes(32);
  }
}

/** The same for code that only reads: `null` if this device has no secret that can be read. */
export function knownAuditKey(profile: Profile): AuditKey | null {
  try {
    const secret = deviceSecret(profile.deviceSecret);
    return secret === null ? null : auditKey(secret);
  } catch (error) {
    if (fileTroubleOf(error) === null) throw error;
    return null;
  }
}
