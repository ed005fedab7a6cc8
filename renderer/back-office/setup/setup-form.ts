/** What a technician has entered so far. It outlives the page: leaving set-up and coming back loses nothing. */
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import {
  setupFieldsSchema,
  type ProvisionFile,
  type SetupDraft,
  type SetupFields,
  type SetupOutcome,
  type SetupProblem,
  type SetupState,
} from '../../../shared/contract/setup.ts';
import { problemWith, asEntered, fieldsOn, type ProblemCode, type TextFieldName } from './field-rules.ts';
import { laterOf, planWith, type Plan, type ProblemField, type StepId } from './plan.ts';

export interface SetupForm {
  /** Main's last view of the set-up; `null` until it has answered. */
  readonly state: SetupState | null;
  /** The entry; `null` while there is none. It holds no secret: secrets go to main at once and stay there. */
  readonly entry: Entry | null;
  /** The provisioning files being chosen from; `null` while that panel is closed. */
  readonly provision: Provision | null;
  /** The result of the last set-up, until a person has seen it. */
  readonly outcome: Exclude<SetupOutcome, { outcome: 'refused' }> | null;
  /** The command that has no answer yet. */
  readonly busy: string | null;
  /** Whether a set-up is being put into force. */
  readonly applying: boolean;
  /** Whether the person at the screen may not set it up. */
  readonly locked: boolean;
}

export interface Provision {
  /** `null` until the drives have been looked through. */
  readonly files: readonly ProvisionFile[] | null;
  /** The file to be used. */
  readonly chosen: ProvisionFile | null;
  /** What was wrong with it. */
  readonly problems: readonly SetupProblem[];
}

export interface Entry {
  readonly draft: SetupDraft;
  readonly fields: SetupFields;
  readonly plan: Plan;
  readonly step: StepId;
  /** The furthest step that was reached. */
  readonly furthest: StepId;
  /** Fields that a person has entered and left: their errors are shown. */
  readonly left: ReadonlySet<TextFieldName>;
  /** What main last found wrong, for fields not changed since. */
  readonly problems: readonly SetupProblem[];
  /** How often a person tried to go on and was stopped by an error. */
  readonly heldBack: number;
  /** Whether real money would be taken with it; `null` if the addresses do not show it yet. */
  readonly environment: 'practice' | 'live' | null;
  /** Main has forgotten the secrets that were given, because the set-up was left idle. */
  readonly forgotten: boolean;
  /** Why the last try to put it into force was refused; nothing was changed. */
  readonly refused: boolean;
}

export const emptyForm: SetupForm = {
  state: null,
  entry: null,
  provision: null,
  outcome: null,
  busy: null,
  applying: false,
  locked: false,
};

export const createSetupForm = (): StoreApi<SetupForm> => createStore<SetupForm>(() => emptyForm);
export const setupForm = createSetupForm();
export const useSetupForm = <Part>(select: (form: SetupForm) => Part): Part => useStore(setupForm, select);

/** Begins at the plan's first step. */
export function entryBegun(state: SetupState, draft: SetupDraft, plan: Plan): Entry {
  const step = plan[0] ?? 'finish';
  return {
    draft,
    fields: state.fields,
    plan,
    step,
    furthest: step,
    left: new Set(),
    problems: [],
    heldBack: 0,
    environment: null,
    forgotten: false,
    refused: false,
  };
}

/** A text was typed. What was found wrong with it no longer applies, and nothing is until the field is left again. */
export function withText(entry: Entry, field: TextFieldName, text: string): Entry {
  const left = new Set([...entry.left].filter((other) => other !== field));
  return { ...withFields(entry, { [field]: asEntered(field, text) }), left };
}

/** Fields were chosen. */
export function withFields(entry: Entry, change: Partial<SetupFields>): Entry {
  const changed = (field: string): boolean => field in change;
  return {
    ...entry,
    fields: { ...entry.fields, ...change },
    problems: entry.problems.filter(({ field }) => !changed(field)),
    refused: false,
  };
}

export const withLeft = (entry: Entry, fields: readonly TextFieldName[]): Entry => ({
  ...entry,
  left: new Set([...entry.left, ...fields]),
});

/** Goes to a step, and adds it to the plan if it is not part of it yet. */
export function withStep(entry: Entry, step: StepId): Entry {
  const plan = planWith(entry.plan, step);
  return { ...entry, plan, step, furthest: laterOf(entry.furthest, step, plan) };
}

export const withHeldBack = (entry: Entry): Entry => ({ ...entry, heldBack: entry.heldBack + 1 });

/** Main's view of the draft. It may correct what main had found wrong with it. */
export function withDraft(entry: Entry, draft: SetupDraft): Entry {
  const about: ReadonlySet<ProblemField> = new Set([
    'certificate',
    'passphrase',
    'apiKey',
    'authority',
    'supportPassphrase',
    'proxyPassword',
  ]);
  return { ...entry, draft, refused: false, problems: entry.problems.filter(({ field }) => !about.has(field)) };
}

/** Whether main holds a secret that was given for it. */
export const hasSecrets = ({ draft }: Entry): boolean =>
  draft.apiKey !== 'none' ||
  draft.certificate.state !== 'none' ||
  draft.authority !== 'none' ||
  draft.supportPassphrase !== 'none' ||
  draft.proxyPassword !== 'none';

/** Whether leaving would lose something: a field that differs from the stored one, or a secret. */
export const wouldBeLost = (entry: Entry, stored: SetupFields): boolean =>
  hasSecrets(entry) || setupFieldsSchema.keyof().options.some((field) => entry.fields[field] !== stored[field]);

/** The error shown at a field: main's word, or what the schemas find once the field has been left. */
export function problemAt(entry: Entry, field: ProblemField): ProblemCode | null {
  const told = entry.problems.find((problem) => problem.field === field)?.code;
  if (told !== undefined) return told;
  return isText(field, entry) && entry.left.has(field) ? problemWith(field, entry.fields) : null;
}

const isText = (field: string, entry: Entry): field is TextFieldName =>
  stepTexts(entry).some((known) => known === field);
const stepTexts = ({ fields }: Entry): readonly TextFieldName[] =>
  (['ids', 'gateway', 'terminal'] as const).flatMap((step) => fieldsOn(step, fields));

/** Whether the schemas find anything wrong with the texts of the step. */
export const hasWrongText = ({ step, fields }: Entry): boolean =>
  fieldsOn(step, fields).some((field) => problemWith(field, fields) !== null);

/**
 * The entry as main gets it. The sub ids of a mode that was tried and left again stay in the form; they are not sent.
 */
export const sentFields = ({ fields }: Entry): SetupFields =>
  fields.mode === 'merchant' ? { ...fields, subAppid: '', subMchId: '' } : fields;
