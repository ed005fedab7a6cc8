import type { ReactNode } from 'react';
import {
  NOTE_MAX,
  noteSchema,
  reasonCodeSchema,
  type Reason,
  type ReasonCode,
} from '../../../../shared/order/reason.ts';
import { REASON_KEYS } from '../../../i18n/code-keys.ts';
import { useT, type KeysOf } from '../../../i18n/i18n.ts';
import { ChoiceChips } from './choice-chips.tsx';

/** What has been entered so far. */
export interface ReasonDraft {
  readonly code: ReasonCode | null;
  readonly note: string;
}

export const noReason: ReasonDraft = { code: null, note: '' };

/** The reason, or which part of it is missing. */
export function reasonOf({ code, note }: ReasonDraft, noteNeeded: boolean): Reason | 'why-missing' | 'note-missing' {
  if (code === null) return 'why-missing';
  if (note.trim() === '') return noteNeeded || code === 'other' ? 'note-missing' : { code, note: null };
  const words = noteSchema.safeParse(note);
  return words.success ? { code, note: words.data } : 'note-missing';
}

const DONE_PHRASES = ['site', 'cash', 'kept', 'unpaid', 'paper'] as const;
const OTHER_PHRASES = ['asked', 'paper'] as const;

const PHRASE_KEYS = {
  site: 'stuck.phrase.site',
  cash: 'stuck.phrase.cash',
  kept: 'stuck.phrase.kept',
  unpaid: 'stuck.phrase.unpaid',
  asked: 'stuck.phrase.asked',
  paper: 'stuck.phrase.paper',
} as const satisfies KeysOf<'stuck.phrase', (typeof DONE_PHRASES | typeof OTHER_PHRASES)[number]>;

export interface ReasonFormProps {
  readonly draft: ReasonDraft;
  /** The order leaves the list because of this statement alone, so it must say how the order was put right. */
  readonly settles: boolean;
  readonly onChange: (draft: ReasonDraft) => void;
}

/** Why: one tap on a usual reason needs no keyboard; other reasons need words of the person's own. */
export function ReasonForm({ draft, settles, onChange }: ReasonFormProps): ReactNode {
  const t = useT();
  const needed = settles || draft.code === 'other';
  const phrases = settles ? DONE_PHRASES : OTHER_PHRASES;
  return (
    <>
      <div>
        <span className="field-label" id="why-label">
          {t('stuck.why')}
        </span>
        <ChoiceChips
          choices={reasonCodeSchema.options}
          chosen={draft.code}
          labelledBy="why-label"
          testId="why"
          words={(code) => t(REASON_KEYS[code])}
          onPick={(code) => onChange({ ...draft, code })}
        />
      </div>
      <div>
        <label className="field-label" htmlFor="act-note">
          {t('stuck.note')}
          <small>{t(settles ? 'stuck.noteHint' : needed ? 'stuck.noteMissing' : 'stuck.noteOptional')}</small>
        </label>
        <input
          id="act-note"
          className="text-field"
          data-testid="act-note"
          data-keys="any"
          inputMode="none"
          autoComplete="off"
          maxLength={NOTE_MAX}
          value={draft.note}
          onChange={(event) => onChange({ ...draft, note: event.target.value })}
        />
      </div>
      {needed && (
        <div className="chips">
          {phrases.map((phrase) => (
            <button
              key={phrase}
              type="button"
              className="chip chip--small"
              data-testid={`phrase-${phrase}`}
              onClick={() => onChange({ ...draft, note: t(PHRASE_KEYS[phrase]) })}
            >
              {t(PHRASE_KEYS[phrase])}
            </button>
          ))}
        </div>
      )}
    </>
  );
}
