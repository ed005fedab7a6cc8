/** How set-up calls main. */
import type { CommandInput, CommandName, CommandOutput, CommandReply } from '../../../shared/ipc.ts';
import { call } from '../../bridge/api.ts';
import { kiosk } from '../../state/store.ts';
import { hasSecrets, setupForm, withDraft, type Entry } from './setup-form.ts';

/** Commands run one after the other: one tap may cause two, and the second builds on the first. */
let last: Promise<unknown> = Promise.resolve();

/** Sends a command after those before it are answered; `null` if it was refused: the page's head says so. */
export async function ask<Name extends CommandName>(
  name: Name,
  input: CommandInput<Name>,
): Promise<{ readonly value: CommandOutput<Name> } | null> {
  const asked = last.then(() => told(name, input));
  last = asked;
  const reply = await asked;
  if (reply.ok) return reply;
  if (reply.code === 'draft-not-found') await beginAgain();
  else if (reply.code === 'forbidden') setupForm.setState({ state: null, locked: true });
  else kiosk.setState({ problem: { place: 'back-office', code: reply.code, field: reply.field } });
  return null;
}

async function told<Name extends CommandName>(name: Name, input: CommandInput<Name>): Promise<CommandReply<Name>> {
  setupForm.setState({ busy: name });
  kiosk.setState({ problem: null });
  const reply = await call(name, input);
  setupForm.setState({ busy: null });
  return reply;
}

/** Changes the entry. */
export const changeEntry = (next: (entry: Entry) => Entry): void =>
  setupForm.setState(({ entry }) => ({ entry: entry === null ? null : next(entry) }));

/** Main forgot the draft: the texts stay, the secrets must be given again, and the page says so. */
async function beginAgain(): Promise<void> {
  const draft = await ask('setup.begin', {});
  if (draft === null) return;
  changeEntry((entry) => ({ ...withDraft(entry, draft.value), forgotten: entry.forgotten || hasSecrets(entry) }));
}
