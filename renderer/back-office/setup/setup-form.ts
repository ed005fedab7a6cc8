/** What a technician has entered so far. It outlives the page, so that leaving set-up and coming back loses nothing. */
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type {
  ProvisionFile,
  SetupDraft,
  SetupFields,
  SetupOutcome,
  SetupProblem,
  SetupState,
} from '../../../shared/contract/setup.ts';
import { problemWith, asEntered, fieldsOn, type ProblemCode, type TextFieldName } from './field-rules.ts';
import { laterOf, planWith, type Plan, type ProblemField, type StepId } from './plan.ts';

export interface SetupForm {
  /** What main last said of the set-up; `null` until it has answered. */
  readonly state: SetupState | null;
  /** What is being entered; `null` while nothing is. It holds no secret: those go to main at once and stay there. */
  readonly entry: Entry | null;
  /** Provisioning files are being looked at; `null` while they are not. */
  readonly provision: Provision | null;
  /** What became of the last set-up, until somebody has seen it. */
  readonly outcome: Exclude<SetupOutcome, { outcome: 'refused' }> | null;
  /** The command that is under way. */
  readonly busy: string | null;
  /** A set-up is being put into force. */
  readonly applying: boolean;
  /** Whoever is at the screen may not set it up. */
  readonly locked: boolean;
}

export interface Provision {
  /** `null` until the drives have been looked through. */
  readonly files: readonly ProvisionFile[] | null;
  /** The one that is to be used. */
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
  /** Fields that somebody has been in and left: what is wrong with them is said. */
  readonly left: ReadonlySet<TextFieldName>;
  /** What main last found wrong and nobody has touched since. */
  readonly problems: readonly SetupProblem[];
  /** How often somebody wanted to go on and was held back by what was wrong. */
  readonly heldBack: number;
  /** Whether real money would be taken with it; `null` where the addresses do not say yet. */
  readonly environment: 'practice' | 'live' | null;
  /** Main has forgotten the secrets that were given, because nobody went on. */
  readonly forgotten: boolean;
  /** The last try to put it into force was refused; nothing was changed. */
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

/** A text was typed. What main had found wrong with it no longer counts. */
export function withText(entry: Entry, field: TextFieldName, text: string): Entry {
  return withFields(entry, { [field]: asEntered(field, text) });
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

/** To a step, which joins the plan where it is not part of it yet. */
export function withStep(entry: Entry, step: StepId): Entry {
  const plan = planWith(entry.plan, step);
  return { ...entry, plan, step, furthest: laterOf(entry.furthest, step, plan) };
}

export const withHeldBack = (entry: Entry): Entry => ({ ...entry, heldBack: entry.heldBack + 1 });

/** Main's view of the draft, which may put right what it had found wrong with it. */
export function withDraft(entry: Entry, draft: SetupDraft): Entry {
  const about: ReadonlySet<ProblemField> = new Set([
    'certificate',
    'passphrase',
    'apiKey',
    'authority',
    'supportPassphrase',
  ]);
  return { ...entry, draft, refused: false, problems: entry.problems.filter(({ field }) => !about.has(field)) };
}

/** What is to be said at a field: main's word, or what the schemas say once the field has been left. */
export function problemAt(entry: Entry, field: ProblemField): ProblemCode | null {
  const told = entry.problems.find((problem) => problem.field === field)?.code;
  if (told !== undefined) return told;
  return isText(field, entry) && entry.left.has(field) ? problemWith(field, entry.fields) : null;
}

const isText = (field: string, entry: Entry): field is TextFieldName =>
  stepTexts(entry).some((known) => known === field);
const stepTexts = ({ fields }: Entry): readonly TextFieldName[] =>
  (['ids', 'gateway', 'terminal'] as const).flatMap((step) => fieldsOn(step, fields.mode));

/** Whether the schemas find anything wrong with the texts of the step. */
export const hasWrongText = ({ step, fields }: Entry): boolean =>
  fieldsOn(step, fields.mode).some((field) => problemWith(field, fields) !== null);

/** As main gets them. The sub ids of a mode that was tried and left again stay in the form and are not sent. */
export const sentFields = ({ fields }: Entry): SetupFields =>
  fields.mode === 'merchant' ? { ...fields, subAppid: '', subMchId: '' } : fields;
