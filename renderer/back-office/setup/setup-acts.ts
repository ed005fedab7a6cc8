/** What a technician can do in set-up before it is put into force (setup-applying.ts). */
import type { PinRole } from '../../../shared/contract/staff.ts';
import type { SetupDraft } from '../../../shared/contract/setup.ts';
import { call } from '../../bridge/api.ts';
import { tookStaff } from '../../state/staff.ts';
import { kiosk } from '../../state/store.ts';
import { fieldsOn } from './field-rules.ts';
import { ask, changeEntry } from './setup-commands.ts';
import {
  entryBegun,
  hasWrongText,
  sentFields,
  setupForm,
  withDraft,
  withHeldBack,
  withLeft,
  withStep,
  type Entry,
} from './setup-form.ts';
import { isSaid, problemsOn, stepAfter, stepBefore, stepOf, wholePlan, type Plan, type StepId } from './plan.ts';

/** Asks main for the state of the set-up. */
export async function readState(): Promise<void> {
  const reply = await ask('setup.state', {});
  if (reply !== null) setupForm.setState({ state: reply.value, locked: false });
}

/** Begins at the first step of a plan for one part, or of the full plan. */
export async function begin(plan?: Plan): Promise<void> {
  const { state } = setupForm.getState();
  const draft = await ask('setup.begin', {});
  if (state === null || draft === null) return;
  setupForm.setState({ entry: entryBegun(state, draft.value, plan ?? wholePlan(state.technicianPin)), outcome: null });
}

/** Leaves without changing anything. Main forgets the secrets that were given. */
export async function leave(): Promise<void> {
  setupForm.setState({ entry: null });
  kiosk.setState({ problem: null });
  await ask('setup.discard', {});
}

export const goTo = (step: StepId): void => {
  kiosk.setState({ problem: null });
  changeEntry((entry) => withStep(entry, step));
};

export function back(): void {
  const { entry } = setupForm.getState();
  const before = entry === null ? null : stepBefore(entry.step, entry.plan);
  if (before !== null) goTo(before);
}

/** Goes to the next step if nothing on this one is wrong; otherwise each error is shown at its field. */
export async function next(): Promise<void> {
  const { entry } = setupForm.getState();
  if (entry === null) return;
  const { step, plan, fields } = entry;
  changeEntry((now) => withLeft(now, fieldsOn(step, fields)));
  if (hasWrongText(entry)) changeEntry(withHeldBack);
  else if (step === 'certificate' && !hasCertificate(entry))
    changeEntry((now) => withHeldBack({ ...now, problems: [{ field: 'certificate', code: 'missing' }] }));
  else if (await check())
    changeEntry((now) =>
      problemsOn(step, now.problems).length > 0 ? withHeldBack(now) : withStep(now, stepAfter(step, plan)),
    );
}

/** Main reports a missing certificate only when nothing else is wrong. */
const hasCertificate = ({ draft }: Entry): boolean =>
  draft.certificate.state === 'ready' ||
  (draft.certificate.state === 'none' && setupForm.getState().state?.certificate !== null);

/** Asks main what is wrong with everything that has been entered. False if main could not be asked. */
export async function check(): Promise<boolean> {
  const { entry } = setupForm.getState();
  if (entry === null) return false;
  const reply = await ask('setup.check', { draftId: entry.draft.draftId, fields: sentFields(entry) });
  if (reply === null) return false;
  changeEntry((now) => ({
    ...now,
    environment: reply.value.environment,
    problems: reply.value.problems.filter(({ field }) => isSaid(now, stepOf(field))),
  }));
  return true;
}

const tookDraft = (reply: { readonly value: SetupDraft } | null): SetupDraft | null => {
  if (reply === null) return null;
  changeEntry((entry) => ({ ...withDraft(entry, reply.value), forgotten: false }));
  return reply.value;
};

const draftId = (): string => setupForm.getState().entry?.draft.draftId ?? '';

/** True once main has taken the key; its shape, as main reports it, is in the draft. */
export async function giveApiKey(apiKey: string): Promise<boolean> {
  return tookDraft(await ask('setup.set-api-key', { draftId: draftId(), apiKey }))?.apiKey === 'given';
}

/** Opens the system's dialog for a p12 or one of the two PEM files. */
export async function pickCertificate(): Promise<void> {
  const mchId = setupForm.getState().entry?.fields.mchId ?? '';
  const draft = tookDraft(await ask('setup.pick-certificate', { draftId: draftId(), mchId }));
  // Main checks whether it belongs to this merchant when it has all the fields.
  if (draft?.certificate.state === 'ready') await check();
}

/** Opens the system's dialog for a text file with the API key in it; `none` where it was cancelled. */
export async function pickApiKeyFile(): Promise<SetupDraft['apiKey']> {
  const before = setupForm.getState().entry?.draft.apiKey;
  const after = tookDraft(await ask('setup.pick-key-file', { draftId: draftId() }))?.apiKey ?? 'none';
  return after === before && after === 'given' ? 'none' : after;
}

/** True once the passphrase has opened the p12. */
export async function givePassphrase(passphrase: string): Promise<boolean> {
  return (
    tookDraft(await ask('setup.set-passphrase', { draftId: draftId(), passphrase }))?.certificate.state === 'ready'
  );
}

export async function pickAuthority(): Promise<void> {
  tookDraft(await ask('setup.pick-authority', { draftId: draftId() }));
}

/** True once main has taken it. */
export async function giveSupportPassphrase(passphrase: string): Promise<boolean> {
  const draft = tookDraft(await ask('setup.set-support-passphrase', { draftId: draftId(), passphrase }));
  return draft !== null && draft.supportPassphrase !== 'too-short';
}

/** True once main has taken it; `''` takes it back. */
export const giveProxyPassword = async (password: string): Promise<boolean> =>
  tookDraft(await ask('setup.set-proxy-password', { draftId: draftId(), password })) !== null;

/**
 * Sets a role's first PIN; the result is the code of what is wrong with it, or `null`. The person who sets the
 * technician's PIN becomes the technician: the terminal is no longer fresh, and somebody must be able to go on.
 */
export async function setFirstPin(role: PinRole, pin: string): Promise<string | null> {
  setupForm.setState({ busy: 'staff.set-pin' });
  const code = await setAndSignedIn(role, pin);
  setupForm.setState({ busy: null });
  return code;
}

async function setAndSignedIn(role: PinRole, pin: string): Promise<string | null> {
  const set = await call('staff.set-pin', { role, pin });
  if (!set.ok) return set.code;
  tookStaff(set.value);
  if (role === 'manager' || set.value.role === 'technician') return null;
  const signedIn = await call('staff.sign-in', { role, pin });
  if (!signedIn.ok) return signedIn.code;
  tookStaff(signedIn.value);
  return null;
}
