/** Set-up at the screen: drafts, checks, and applying all of it or nothing while the app runs. */
import type { PickedFileKind, SetupDraft, SetupFields, SetupProblem } from '../../../shared/contract/setup.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { environmentOf } from '../../../shared/settings.ts';
import { decodeText } from '../../base/text-file.ts';
import { applySetUp, backToPrevious, type WantedSetUp } from './apply-setup.ts';
import { withHelperHash } from './face-helper.ts';
import type { ProvisionService } from './provision-service.ts';
import { createDraftStore, type DraftStore } from './setup-draft.ts';
import { checkFields, type CheckedFields } from './setup-fields.ts';
import type { SetupService } from './setup-handlers.ts';
import type { PickFiles, SetupParts } from './setup-parts.ts';
import { completeSetUp } from './setup-secrets.ts';
import { NO_SETTINGS, protectionOf, setupState } from './setup-state.ts';

type FileProblem = 'draft-not-found' | 'file-unreadable' | 'file-too-large';
type Checked = Result<WantedSetUp, SetupProblem[]>;

export function createSetupService(parts: SetupParts, pick: PickFiles, provision: ProvisionService): SetupService {
  const drafts = createDraftStore(parts.clock);
  const picking = { drafts, pick };

  return {
    'setup.state': async () => ok(await setupState(parts)),
    'setup.begin': () => ok(drafts.begin()),
    'setup.discard': () => {
      drafts.discard();
      return ok(null);
    },
    'setup.pick-certificate': ({ draftId, mchId }) =>
      picked(picking, draftId, 'certificate', (files) => drafts.pickCertificate(draftId, files, mchId)),
    'setup.pick-key-file': ({ draftId }) =>
      picked(picking, draftId, 'apiKey', (files) => drafts.setApiKey(draftId, textOf(files))),
    'setup.pick-authority': ({ draftId }) =>
      picked(picking, draftId, 'authority', (files) => drafts.setAuthority(draftId, files[0] ?? new Uint8Array())),
    'setup.set-passphrase': ({ draftId, passphrase }) => drafts.setPassphrase(draftId, passphrase),
    'setup.set-api-key': ({ draftId, apiKey }) => drafts.setApiKey(draftId, apiKey),
    'setup.set-support-passphrase': ({ draftId, passphrase }) => drafts.setSupportPassphrase(draftId, passphrase),
    'setup.set-proxy-password': ({ draftId, password }) => drafts.setProxyPassword(draftId, password),
    'setup.check': async ({ draftId, fields }) => {
      const found = await checked(parts, drafts, draftId, fields);
      if (!found.ok) return found;
      const { form, all } = found.value;
      return ok({
        environment: form === null ? null : environmentOf(form.merchant),
        problems: all.ok ? [] : all.error,
      });
    },
    'setup.apply': async ({ draftId, fields }, caller) => {
      if (!parts.pins.technicianSet()) return fail('pin-first');
      const found = await checked(parts, drafts, draftId, fields);
      if (!found.ok) return found;
      const { all } = found.value;
      if (!all.ok) return ok({ outcome: 'refused', problems: all.error });
      const applied = await applySetUp(parts, all.value, caller);
      if (applied.ok && applied.value.outcome === 'applied') drafts.discard();
      return applied;
    },
    'setup.go-back': (_input, caller) => backToPrevious(parts, caller),
    'setup.find-provision': async () => ok(await provision.find()),
    'setup.pick-provision': async () => {
      const files = await pick('provision');
      return files.ok ? ok(await provision.offer(files.value)) : files;
    },
    'setup.apply-provision': (input, caller) => provision.apply(input, caller),
  };
}

/** Puts the chosen files into an existing draft; if nothing was chosen, the draft stays as it is. */
async function picked(
  { drafts, pick }: { readonly drafts: DraftStore; readonly pick: PickFiles },
  draftId: string,
  what: PickedFileKind,
  put: (files: readonly Uint8Array[]) => Result<SetupDraft, 'draft-not-found'>,
): Promise<Result<SetupDraft, FileProblem>> {
  const before = drafts.view(draftId);
  if (!before.ok) return before;
  const files = await pick(what);
  if (!files.ok) return files;
  const contents = files.value.map(({ bytes }) => bytes);
  const draft = contents.length === 0 ? drafts.view(draftId) : put(contents);
  // The draft has copies of what it needs.
  for (const content of contents) content.fill(0);
  return draft;
}

/** The form together with what this machine says of the face SDK's files. */
function withFaceHelper(
  form: Result<CheckedFields, SetupProblem[]>,
  { helperFiles }: SetupParts,
): Result<CheckedFields, SetupProblem[]> {
  if (!form.ok) return form;
  const merchant = withHelperHash(form.value.merchant, helperFiles);
  return merchant.ok ? ok({ ...form.value, merchant: merchant.value }) : fail([merchant.error]);
}

const textOf = (files: readonly Uint8Array[]): string => decodeText(files[0] ?? new Uint8Array()) ?? '';

async function checked(
  parts: SetupParts,
  drafts: DraftStore,
  draftId: string,
  fields: SetupFields,
): Promise<Result<{ readonly form: CheckedFields | null; readonly all: Checked }, 'draft-not-found'>> {
  const { store, clock } = parts;
  const secrets = drafts.secrets(draftId, fields.mchId);
  if (!secrets.ok) return secrets;
  const settings = store.settings();
  const now = settings.ok ? settings.value : NO_SETTINGS;
  const form = withFaceHelper(checkFields(fields, now, (await protectionOf(parts)).offered), parts);
  const draft = secrets.value;
  const found = [...(form.ok ? [] : form.error), ...(draft.ok ? [] : draft.error)];
  if (!form.ok || !draft.ok) return ok({ form: form.ok ? form.value : null, all: fail(found) });
  const stored = now.merchant === null ? null : await store.credentials();
  return ok({
    form: form.value,
    all: completeSetUp(fields, form.value, draft.value, now, stored, clock.read().wallMs),
  });
}
