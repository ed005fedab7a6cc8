/** What a technician can do in set-up, as commands to main. One at a time; a refusal is said at the head of the page. */
import type { CommandName } from '../../../shared/ipc-names.ts';
import type { CommandInput, CommandOutput, CommandReply } from '../../../shared/ipc.ts';
import type { PinRole } from '../../../shared/contract/staff.ts';
import type { ProvisionFile, SetupDraft, SetupOutcome } from '../../../shared/contract/setup.ts';
import { call } from '../../api.ts';
import { askForSnapshot } from '../../connect.ts';
import { tookStaff } from '../../staff.ts';
import { kiosk } from '../../store.ts';
import { fieldsOn } from './field-rules.ts';
import { entryBegun, hasWrongText, sentFields, setupForm, withDraft, withHeldBack, withLeft, withStep, type Entry, type Provision } from './setup-form.ts';
import { isSaid, problemsOn, stepAfter, stepBefore, stepOf, wholePlan, type Plan, type StepId } from './steps.ts';

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
  else if (step === 'certificate' && !hasCertificate(entry)) change((now) => withHeldBack({ ...now, problems: [{ field: 'certificate', code: 'missing' }] }));
  else if (await check()) change((now) => (problemsOn(step, now.problems).length > 0 ? withHeldBack(now) : withStep(now, stepAfter(step, plan))));
}

/** Main says that one is missing only once nothing else is wrong. */
const hasCertificate = ({ draft }: Entry): boolean =>
  draft.certificate.state === 'ready' || (draft.certificate.state === 'none' && setupForm.getState().state?.certificate !== null);

/** Asks main what is wrong with all that has been entered. False where it could not be asked. */
export async function check(): Promise<boolean> {
  const { entry } = setupForm.getState();
  if (entry === null) return false;
  const reply = await ask('setup.check', { draftId: entry.draft.draftId, fields: sentFields(entry) });
  if (reply === null) return false;
  change((now) => ({ ...now, environment: reply.value.environment, problems: reply.value.problems.filter(({ field }) => isSaid(now, stepOf(field))) }));
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
  const draft = tookDraft(await ask('setup.pick-certificate', { draftId: draftId(), mchId }));
  // Whether it is this merchant's, main says when it sees the whole.
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

/** Until it is known what became of it, nothing else is on the page. */
async function whileApplying(work: () => Promise<void>): Promise<void> {
  setupForm.setState({ applying: true });
  await work();
  setupForm.setState({ applying: false });
}

/** Puts what has been entered into force, or says what is wrong with it. */
export const apply = (): Promise<void> =>
  whileApplying(async () => {
    const { entry } = setupForm.getState();
    if (entry !== null) await finished(await ask('setup.apply', { draftId: entry.draft.draftId, fields: sentFields(entry) }));
  });

/** Back to the set-up before this one. */
export const goBack = (): Promise<void> => whileApplying(async () => finished(await ask('setup.go-back', {})));

/** Takes in what became of it. The terminal may have been opened anew, so the whole picture is asked for. */
async function finished(reply: { readonly value: SetupOutcome } | null): Promise<void> {
  if (reply === null) return;
  const outcome = reply.value;
  if (outcome.outcome === 'refused') {
    change((entry) => ({ ...entry, problems: outcome.problems, refused: true }));
    return;
  }
  setupForm.setState({ outcome, ...(outcome.outcome === 'applied' ? { state: outcome.state, entry: null, provision: null } : {}) });
  await askForSnapshot();
  if (outcome.outcome === 'put-back') await readState();
}

const changeProvision = (part: Partial<Provision>): void =>
  setupForm.setState(({ provision }) => ({ provision: provision === null ? null : { ...provision, ...part } }));

/** Looks for provisioning files beside the app and on removable drives. */
export async function openProvision(): Promise<void> {
  setupForm.setState({ provision: { files: null, chosen: null, problems: [] } });
  const found = await ask('setup.find-provision', {});
  changeProvision({ files: found?.value ?? [] });
}

export const closeProvision = (): void => setupForm.setState({ provision: null });

/** The file that is to be used, or `null` for the list again. */
export const chooseProvision = (chosen: ProvisionFile | null): void =>
  changeProvision({ chosen, problems: chosen === null || chosen.problem === null ? [] : [chosen.problem] });

/** Opens the system's dialog for one. */
export async function pickProvision(): Promise<void> {
  const picked = await ask('setup.pick-provision', {});
  if (picked !== null && picked.value !== null) chooseProvision(picked.value);
}

/** Puts the chosen file into force. What is wrong with it stands beside it. */
export const applyProvision = (passphrase: string, acceptWeakProtection: boolean): Promise<void> =>
  whileApplying(async () => {
    const fileId = setupForm.getState().provision?.chosen?.fileId;
    if (fileId === undefined) return;
    const reply = await ask('setup.apply-provision', { fileId, passphrase, acceptWeakProtection });
    if (reply?.value.outcome === 'refused') changeProvision({ problems: reply.value.problems });
    else await finished(reply);
  });

/** The outcome has been seen. */
export const outcomeSeen = (): void => setupForm.setState({ outcome: null });
