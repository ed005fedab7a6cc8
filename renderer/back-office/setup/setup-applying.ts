/** Putting a set-up into force: what was entered, the one before it, or a provisioning file. */
import type { ProvisionFile, SetupOutcome } from '../../../shared/contract/setup.ts';
import { readState } from './setup-acts.ts';
import { ask, changeEntry } from './setup-commands.ts';
import { sentFields, setupForm, type Provision } from './setup-form.ts';

/** Until the result is known, the page shows nothing else. */
async function whileApplying(work: () => Promise<void>): Promise<void> {
  setupForm.setState({ applying: true });
  await work();
  setupForm.setState({ applying: false });
}

/** Puts what was entered into force, or says what is wrong with it. Weak protection is accepted for this one time. */
export const apply = (acceptWeakProtection: boolean): Promise<void> =>
  whileApplying(async () => {
    const { entry } = setupForm.getState();
    if (entry === null) return;
    await finished(
      await ask('setup.apply', {
        draftId: entry.draft.draftId,
        fields: { ...sentFields(entry), acceptWeakProtection },
      }),
    );
  });

/** Back to the set-up before this one. */
export const goBack = (): Promise<void> => whileApplying(async () => finished(await ask('setup.go-back', {})));

/** Takes in the result. Main itself reports when the terminal has been opened again. */
async function finished(reply: { readonly value: SetupOutcome } | null): Promise<void> {
  if (reply === null) return;
  const outcome = reply.value;
  if (outcome.outcome === 'refused') {
    changeEntry((entry) => ({ ...entry, problems: outcome.problems, refused: true }));
    return;
  }
  setupForm.setState({
    outcome,
    ...(outcome.outcome === 'applied' ? { state: outcome.state, entry: null, provision: null } : {}),
  });
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

/** Chooses the file to be used, or `null` to show the list again. */
export const chooseProvision = (chosen: ProvisionFile | null): void =>
  changeProvision({ chosen, problems: chosen === null || chosen.problem === null ? [] : [chosen.problem] });

/** Opens the system's dialog for choosing a file. */
export async function pickProvision(): Promise<void> {
  const picked = await ask('setup.pick-provision', {});
  if (picked !== null && picked.value !== null) chooseProvision(picked.value);
}

/** Puts the chosen file into force. An error is shown beside it. */
export const applyProvision = (passphrase: string, acceptWeakProtection: boolean): Promise<void> =>
  whileApplying(async () => {
    const fileId = setupForm.getState().provision?.chosen?.fileId;
    if (fileId === undefined) return;
    const reply = await ask('setup.apply-provision', { fileId, passphrase, acceptWeakProtection });
    if (reply?.value.outcome === 'refused') changeProvision({ problems: reply.value.problems });
    else await finished(reply);
  });

/** The person has seen the result. */
export const outcomeSeen = (): void => setupForm.setState({ outcome: null });
