/** What a technician can do in set-up, as commands to main. One at a time; a refusal is said at the head of the page. */
import type { CommandName } from '../../../shared/ipc-names.ts';
import type { CommandInput, CommandOutput, CommandReply } from '../../../shared/ipc.ts';
import type { PinRole } from '../../../shared/contract/staff.ts';
import type { ProvisionFile, SetupDraft, SetupOutcome, SetupProblem } from '../../../shared/contract/setup.ts';
import { call } from '../../api.ts';
import { askForSnapshot } from '../../connect.ts';
import { tookStaff } from '../../staff.ts';
import { kiosk } from '../../store.ts';
import { fieldsOn } from './field-rules.ts';
import { entryBegun, hasWrongText, sentFields, setupForm, withDraft, withHeldBack, withLeft, withStep, type Entry } from './setup-form.ts';
import { problemsOn, stepAfter, stepBefore, wholePlan, type Plan, type StepId } from './steps.ts';

/** Commands follow each other: two of them may come of one tap, and the second builds on the first. */
let last: Promise<unknown> = Promise.resolve();

/** Sends a command once those before it are answered; `null` where it was refused. */
async function ask<Name extends CommandName>(name: Name, input: CommandInput<Name>): Promise<{ readonly value: CommandOutput<Name> } | null> {
  const asked = last.then(() => told(name, input));
  last = asked;
  const reply = await asked;
  if (reply.ok) return reply;
  if (reply.code === 'draft-not-found') await beginAgain();
  else if (reply.code === 'forbidden') setupForm.setState({ state: null, locked: true });
  else kiosk.setState({ problem: { place: 'desk', code: reply.code, field: reply.field } });
  return null;
}

async function told<Name extends CommandName>(name: Name, input: CommandInput<Name>): Promise<CommandReply<Name>> {
  setupForm.setState({ busy: name });
  kiosk.setState({ problem: null });
  const reply = await call(name, input);
  setupForm.setState({ busy: null });
  return reply;
}

const change = (next: (entry: Entry) => Entry): void =>
  setupForm.setState(({ entry }) => ({ entry: entry === null ? null : next(entry) }));

/** Changes what is being entered. */
export const changeEntry = change;

/** How the set-up stands. */
export async function readState(): Promise<void> {
  const reply = await ask('setup.state', {});
  if (reply !== null) setupForm.setState({ state: reply.value, locked: false });
}

/** Begins at the first step of a plan, or of the whole. */
export async function begin(plan?: Plan): Promise<void> {
  const { state } = setupForm.getState();
  const draft = await ask('setup.begin', {});
  if (state === null || draft === null) return;
  setupForm.setState({ entry: entryBegun(state, draft.value, plan ?? wholePlan(state.technicianPin)), outcome: null });
}

/** Main forgot the draft: the texts stay, the secrets must be given once more, and that is said. */
async function beginAgain(): Promise<void> {
  const draft = await ask('setup.begin', {});
  if (draft !== null) change((entry) => ({ ...withDraft(entry, draft.value), forgotten: true }));
}

/** Leaves without changing anything. Main forgets the secrets that were given. */
export async function leave(): Promise<void> {
  setupForm.setState({ entry: null });
  kiosk.setState({ problem: null });
  await ask('setup.discard', {});
}

export const goTo = (step: StepId): void => {
  kiosk.setState({ problem: null });
  change((entry) => withStep(entry, step));
};

export function back(): void {
  const { entry } = setupForm.getState();
  const before = entry === null ? null : stepBefore(entry.step, entry.plan);
  if (before !== null) goTo(before);
}

/** To the next step, once nothing on this one is wrong; what is wrong is said at its field. */
export async function next(): Promise<void> {
  const { entry } = setupForm.getState();
  if (entry === null) return;
  const { step, plan, fields } = entry;
  change((now) => withLeft(now, fieldsOn(step, fields.mode)));
  if (hasWrongText(entry)) change(withHeldBack);
  else if (await check()) change((now) => (problemsOn(step, now.problems).length > 0 ? withHeldBack(now) : withStep(now, stepAfter(step, plan))));
}

/** Asks main what is wrong with all that has been entered. False where it could not be asked. */
export async function check(): Promise<boolean> {
  const { entry } = setupForm.getState();
  if (entry === null) return false;
  const reply = await ask('setup.check', { draftId: entry.draft.draftId, fields: sentFields(entry) });
  if (reply === null) return false;
  change((now) => ({ ...now, ...reply.value }));
  return true;
}

const tookDraft = (reply: { readonly value: SetupDraft } | null): SetupDraft | null => {
  if (reply === null) return null;
  change((entry) => ({ ...withDraft(entry, reply.value), forgotten: false }));
  return reply.value;
};

const draftId = (): string => setupForm.getState().entry?.draft.draftId ?? '';

/** True once main has taken the key; what it says of its shape stands in the draft. */
export async function giveApiKey(apiKey: string): Promise<boolean> {
  return tookDraft(await ask('setup.set-api-key', { draftId: draftId(), apiKey }))?.apiKey === 'given';
}

/** Opens the system's dialog for a p12 or one of the two PEM files. */
export async function pickCertificate(): Promise<void> {
  const mchId = setupForm.getState().entry?.fields.mchId ?? '';
  tookDraft(await ask('setup.pick-certificate', { draftId: draftId(), mchId }));
}

export async function pickKeyFile(): Promise<void> {
  tookDraft(await ask('setup.pick-key-file', { draftId: draftId() }));
}

/** True once the passphrase has opened the p12. */
export async function givePassphrase(passphrase: string): Promise<boolean> {
  return tookDraft(await ask('setup.set-passphrase', { draftId: draftId(), passphrase }))?.certificate.state === 'ready';
}

export async function pickAuthority(): Promise<void> {
  tookDraft(await ask('setup.pick-authority', { draftId: draftId() }));
}

/** True once main has taken it. */
export async function giveSupportPassphrase(passphrase: string): Promise<boolean> {
  const draft = tookDraft(await ask('setup.set-support-passphrase', { draftId: draftId(), passphrase }));
  return draft !== null && draft.supportPassphrase !== 'too-short';
}

/**
 * Sets a role's first PIN; the code of what is wrong with it, or `null`. Whoever sets the technician's is the technician
 * from then on: the terminal is no longer fresh, and somebody must go on.
 */
export async function setFirstPin(role: PinRole, pin: string): Promise<string | null> {
  const set = await call('staff.set-pin', { role, pin });
  if (!set.ok) return set.code;
  tookStaff(set.value);
  if (role === 'manager' || set.value.role === 'technician') return null;
  const signedIn = await call('staff.sign-in', { role, pin });
  if (!signedIn.ok) return signedIn.code;
  tookStaff(signedIn.value);
  return null;
}

/** Puts what has been entered into force, or says what is wrong with it. */
export async function apply(): Promise<void> {
  const { entry } = setupForm.getState();
  if (entry === null) return;
  await finished(await ask('setup.apply', { draftId: entry.draft.draftId, fields: sentFields(entry) }));
}

/** Back to the set-up before this one. */
export async function goBack(): Promise<void> {
  await finished(await ask('setup.go-back', {}));
}

/** Takes in what became of it. The terminal may have been opened anew, so the whole picture is asked for. */
async function finished(reply: { readonly value: SetupOutcome } | null): Promise<void> {
  if (reply === null) return;
  const outcome = reply.value;
  if (outcome.outcome === 'refused') {
    change((entry) => ({ ...entry, problems: outcome.problems, refused: true }));
    return;
  }
  setupForm.setState({ outcome, ...(outcome.outcome === 'applied' ? { state: outcome.state, entry: null } : {}) });
  await askForSnapshot();
  if (outcome.outcome === 'put-back') await readState();
}

/** Looks for provisioning files beside the app and on removable drives. */
export const findProvision = async (): Promise<readonly ProvisionFile[]> => (await ask('setup.find-provision', {}))?.value ?? [];

/** Opens the system's dialog for one; `null` where it was cancelled or refused. */
export const pickProvision = async (): Promise<ProvisionFile | null> => (await ask('setup.pick-provision', {}))?.value ?? null;

/** Puts a provisioning file into force. What is wrong with it comes back; nothing where it is in force now. */
export async function applyProvision(fileId: string, passphrase: string, acceptWeakProtection: boolean): Promise<readonly SetupProblem[]> {
  const reply = await ask('setup.apply-provision', { fileId, passphrase, acceptWeakProtection });
  if (reply?.value.outcome === 'refused') return reply.value.problems;
  await finished(reply);
  return [];
}

/** The outcome has been seen. */
export const outcomeSeen = (): void => setupForm.setState({ outcome: null });
