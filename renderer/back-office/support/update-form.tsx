import { useState, type ReactNode } from 'react';
import { feedUrlSchema, type UpdateChoice, type UpdateView } from '../../../shared/contract/updates.ts';
import { useT } from '../../i18n/i18n.ts';
import { Button } from '../../components/button.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { TextField } from '../../components/form/text-field.tsx';
import { useCommand } from '../../bridge/use-command.ts';

export interface UpdateFormProps {
  readonly choice: UpdateChoice;
  /** `null`: all settings stay as they were. */
  readonly onDone: (view: UpdateView | null) => void;
}

const HOURS = Array.from({ length: 24 }, (_none, hour) => hour);

/** On or off, from which address, and at what hours. */
export function UpdateForm({ choice, onDone }: UpdateFormProps): ReactNode {
  const t = useT();
  const [enabled, setEnabled] = useState(choice.enabled);
  const [url, setUrl] = useState(choice.url ?? '');
  const [fromMinute, setFrom] = useState(choice.fromMinute);
  const [toMinute, setTo] = useState(choice.toMinute);
  const { busy, refusal, give } = useCommand('updates.set');
  const isGood = url === '' || feedUrlSchema.safeParse(url).success;
  const save = async (): Promise<void> => {
    const saved = await give({ ...choice, enabled, url: url === '' ? null : url, fromMinute, toMinute });
    if (saved !== null) onDone(saved.value);
  };
  return (
    <div className="support__form" data-testid="update-form">
      <label className="support__check">
        <input
          type="checkbox"
          checked={enabled}
          data-testid="update-enabled"
          onChange={({ target }) => setEnabled(target.checked)}
        />
        {t('updates.on')}
      </label>
      <TextField
        label={t('updates.url')}
        hint={t('updates.urlHint')}
        placeholder="https://"
        error={isGood ? null : t('problem.bad-characters', { field: t('updates.url') })}
        value={url}
        onChange={setUrl}
        optional
        lengthMax={300}
        testId="update-url"
      />
      <HourField label={t('updates.from')} minute={fromMinute} testId="update-from" onChange={setFrom} />
      <HourField label={t('updates.to')} minute={toMinute} testId="update-to" onChange={setTo} />
      <Button
        look="strong"
        label={t('updates.save')}
        busy={busy}
        disabled={!isGood}
        testId="update-save"
        onPress={() => void save()}
      />
      <Button look="quiet" label={t('updates.keep')} testId="update-keep" onPress={() => onDone(null)} />
      {refusal !== null && <ProblemNote {...refusal} testId="update-form-error" />}
    </div>
  );
}

interface HourFieldProps {
  readonly label: string;
  readonly minute: number;
  readonly testId: string;
  readonly onChange: (minute: number) => void;
}

/** Whole hours. Minutes set by provisioning are shown, and stay until another hour is chosen. */
function HourField({ label, minute, testId, onChange }: HourFieldProps): ReactNode {
  const text = (of: number): string =>
    `${String(Math.floor(of / 60)).padStart(2, '0')}:${String(of % 60).padStart(2, '0')}`;
  const offered = [...new Set([...HOURS.map((hour) => hour * 60), minute])].toSorted((a, b) => a - b);
  return (
    <label className="support__field">
      {label}
      <select value={minute} data-testid={testId} onChange={({ target }) => onChange(Number(target.value))}>
        {offered.map((of) => (
          <option key={of} value={of}>
            {text(of)}
          </option>
        ))}
      </select>
    </label>
  );
}
