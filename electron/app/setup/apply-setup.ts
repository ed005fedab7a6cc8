/**
 * Applies a set-up, all of it or nothing. Before anything is stored it is checked and WeChat is asked. What is stored
 * is opened again. If the terminal does not open with it, the earlier set-up is restored.
 */
import type { Probe, SetupOutcome, SetupProblem } from '../../../shared/contract/setup.ts';
import { waitsForCustomer } from '../../../shared/ipc.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { environmentOf, type Merchant } from '../../../shared/settings.ts';
import { JOURNAL_LOCK_WAIT_MS } from '../../../shared/timing.ts';
import type { Actor } from '../../orders/machine/actor.ts';
import type { Services } from '../core/services.ts';
import { aboutFaceHelper } from './face-helper.ts';
import { probe } from './probe.ts';
import type { InitialPins, SetupParts } from './setup-parts.ts';
import { setupState } from './setup-state.ts';
import { updatePaths } from '../../updates/update-paths.ts';
import { changeUpdateSettings, type UpdateChange } from '../../updates/update-settings.ts';
import { unsettledIn, unsettledOnDisk, type Unsettled } from '../orders/unsettled-orders.ts';
import type { Settings, SettingsProblem, StoredSetUp } from '../settings/settings-store.ts';

export interface WantedSetUp extends StoredSetUp {
  readonly weakAccepted: boolean;
  readonly pins?: InitialPins;
  readonly updates?: UpdateChange;
}

export type ApplyRefusal = 'busy' | 'not-saved' | Unsettled;

/** `file` of the outcome is null: the service for provisioning files decides what becomes of the file. */
export async function applySetUp(
  parts: SetupParts,
  wanted: WantedSetUp,
  actor: Actor,
): Promise<Result<SetupOutcome, ApplyRefusal>> {
  const { store, clock } = parts;
  const asked = await probe(wanted.merchant, wanted.terminal, wanted.credentials, clock);
  if (!asked.ok) return ok(refused(parts, wanted, actor, [asked.error]));
  return changed(parts, wanted.merchant, asked.value, actor, aboutOf(wanted), async () => {
    const pinned = await parts.pins.set(wanted.pins ?? {});
    if (!pinned.ok) return pinned;
    const switched = await store.switchTo({ ...wanted, certificateSeen: asked.value === 'answered' });
    if (!switched.ok) {
      pinned.value();
      return switched;
    }
    const updates = changeUpdateSettings(
      updatePaths(parts.profile.updates).settings,
      wanted.updates ?? {},
      clock.read().wallMs,
    );
    if (!updates.ok) {
      pinned.value();
      store.restore(switched.value);
      return updates;
    }
    return ok({
      before: switched.value,
      alsoUndo: () => {
        updates.value();
        pinned.value();
      },
    });
  });
}

/** Restores the earlier set-up, if it was not removed yet. */
export async function backToPrevious(
  parts: SetupParts,
  actor: Actor,
): Promise<Result<SetupOutcome, ApplyRefusal | 'no-previous'>> {
  const settings = parts.store.settings();
  const previous = settings.ok ? (settings.value.secrets?.previous ?? null) : null;
  if (previous === null) return fail('no-previous');
  return changed(parts, previous.merchant, 'unreachable', actor, backTo(previous.merchant), () => {
    const back = parts.store.goBack();
    return Promise.resolve(back.ok ? ok({ before: back.value, alsoUndo: () => undefined }) : back);
  });
}

const backTo = (merchant: Merchant): string =>
  [`back to merchant ${merchant.mchId}`, ...aboutFaceHelper(merchant)].join(', ');

interface Made {
  readonly before: Settings;
  readonly alsoUndo: () => void;
}

async function changed(
  parts: SetupParts,
  merchant: Merchant,
  asked: Probe,
  actor: Actor,
  about: string,
  make: () => Promise<Result<Made, SettingsProblem | 'no-previous' | 'not-saved'>>,
): Promise<Result<SetupOutcome, ApplyRefusal>> {
  const { running, store, log } = parts;
  const unsettled = await unsettledNow(parts, merchant);
  if (unsettled !== null) return fail(unsettled);
  const reopened = await running.reopen<ApplyRefusal>(
    (services) =>
      isBusy(services) ? 'busy' : unsettledIn(services.journal, services.environment, services.merchant, merchant),
    async () => {
      const made = await make();
      if (!made.ok) {
        log.error({ code: made.error }, 'a set-up could not be stored');
        return fail('not-saved');
      }
      return ok({
        undo: () => {
          made.value.alsoUndo();
          const restored = store.restore(made.value.before);
          if (!restored.ok) log.error({ code: restored.error }, 'the set-up from before could not be put back');
        },
      });
    },
  );
  if (!reopened.ok) return reopened;
  const now = await running.opening;
  if (reopened.value.how === 'put-back') {
    const { part, code } = reopened.value.problem;
    if (now.ok) now.value.audit.note(actor, 'set-up', `put-back:${part}:${code}`, about);
    return ok({ outcome: 'put-back', part, code });
  }
  reopened.value.services.audit.note(actor, 'set-up', 'ok', about);
  return ok({ outcome: 'applied', probe: asked, state: await setupState(parts), file: null });
}

function refused(parts: SetupParts, wanted: WantedSetUp, actor: Actor, problems: SetupProblem[]): SetupOutcome {
  const outcome = problems.map(({ field, code }) => `${field}:${code}`).join(' ');
  void parts.running.opening.then((opened) => {
    if (opened.ok) opened.value.audit.note(actor, 'set-up', outcome, aboutOf(wanted));
  });
  return { outcome: 'refused', problems };
}

/** For the audit trail: which merchant gets the money, and how the keys are protected. */
function aboutOf({ merchant, seal, weakAccepted, provisionId }: WantedSetUp): string {
  const weak = seal.protection === 'device' && weakAccepted && environmentOf(merchant) === 'live';
  return [
    `merchant ${merchant.mchId}${merchant.subMchId === undefined ? '' : ` for ${merchant.subMchId}`}`,
    `protection ${seal.protection}${seal.supportPassphrase === undefined ? '' : ' and support passphrase'}`,
    ...(merchant.gateway.proxy === undefined ? [] : [`proxy ${merchant.gateway.proxy.url}`]),
    ...aboutFaceHelper(merchant),
    ...(weak ? ['weak protection accepted'] : []),
    ...(provisionId === undefined ? [] : [`provisioning file ${provisionId}`]),
  ].join(', ');
}

/** A payment that waits for its customer would be lost from view. One that has become an order goes on by itself. */
const isBusy = ({ till }: Services): boolean => waitsForCustomer(till.stage());

async function unsettledNow({ running, store, profile, clock }: SetupParts, next: Merchant): Promise<Unsettled | null> {
  const opened = await running.opening;
  if (!opened.ok) return unsettledOnDisk(profile, store, next, clock.read().wallMs, JOURNAL_LOCK_WAIT_MS);
  const { journal, environment, merchant } = opened.value;
  return unsettledIn(journal, environment, merchant, next);
}
