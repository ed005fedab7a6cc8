import { useRef, useState, type ReactNode } from 'react';
import { useT } from '../../i18n.ts';
import { Button } from '../../parts/button.tsx';
import { SecretField } from '../../parts/secret-field.tsx';
import { giveApiKey, next } from './setup-acts.ts';
import { changeEntry } from './setup-acts.ts';
import { useSetupForm, withHeldBack, type Entry } from './setup-form.ts';
import { errorAt, problemWords } from './setup-words.ts';
import { SetupNote, StepFrame } from './step-frame.tsx';

const API_KEY_LENGTH = 32;
/** A file that holds a key holds 32 characters and perhaps a line end; nothing near this size is one. */
const KEY_FILE_BYTES_MAX = 1_024;

/** The API key. What is typed stays in this step until main has taken it; then only that it is there is known. */
export function KeyStep({ entry }: { readonly entry: Entry }): ReactNode {
  const stored = useSetupForm((form) => form.state?.apiKeyStored === true);
  const given = entry.draft.apiKey === 'given';
  const [replacing, setReplacing] = useState(false);
  return (given || stored) && !replacing ? (
    <KeptKey entry={entry} given={given} onReplace={() => setReplacing(true)} />
  ) : (
    <AskedKey entry={entry} onTaken={() => setReplacing(false)} />
  );
}

function KeptKey({ entry, given, onReplace }: { readonly entry: Entry; readonly given: boolean; readonly onReplace: () => void }): ReactNode {
  const t = useT();
  const error = errorAt(t, entry, 'apiKey');
  return (
    <StepFrame entry={entry} title={t('setup.key.title')} lead={t('setup.key.lead')}>
      {error === null ? (
        <SetupNote tone="done" icon="lock" words={t(given ? 'setup.key.given' : 'setup.key.stored')} more={t('setup.key.neverShown')} testId="key-kept" />
      ) : (
        <SetupNote tone="alarm" icon="warning" words={error} testId="key-refused" />
      )}
      <div className="setup-row">
        <Button label={t('setup.key.replace')} testId="key-replace" onPress={onReplace} />
      </div>
    </StepFrame>
  );
}

function AskedKey({ entry, onTaken }: { readonly entry: Entry; readonly onTaken: () => void }): ReactNode {
  const t = useT();
  const [key, setKey] = useState('');
  const [notTaken, setNotTaken] = useState(false);
  const give = async (text: string): Promise<void> => {
    const taken = text !== '' && (await giveApiKey(text));
    setNotTaken(!taken);
    if (!taken) {
      changeEntry(withHeldBack);
      return;
    }
    setKey('');
    onTaken();
    await next();
  };
  const error = notTaken ? problemWords(t, key === '' ? 'missing' : 'api-key-shape', 'apiKey') : errorAt(t, entry, 'apiKey');
  return (
    <StepFrame entry={entry} title={t('setup.key.title')} lead={t('setup.key.lead')} onNext={() => void give(key)}>
      <SecretField
        label={t('setup.field.apiKey')}
        hint={t('setup.key.hint')}
        error={error}
        value={key}
        lengthMax={API_KEY_LENGTH}
        counted
        autoFocus
        testId="setup-apiKey"
        onChange={(text) => {
          setNotTaken(false);
          setKey(text.replace(/\s/gu, ''));
        }}
      />
      <KeyFile onText={(text) => void give(text)} />
    </StepFrame>
  );
}

/** A text file with the key in it and nothing else. */
function KeyFile({ onText }: { readonly onText: (text: string) => void }): ReactNode {
  const t = useT();
  const input = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] = useState(false);
  const read = async (file: File | undefined): Promise<void> => {
    if (file === undefined) return;
    const text = file.size > KEY_FILE_BYTES_MAX ? '' : (await file.text()).trim();
    setWrong(text.length !== API_KEY_LENGTH);
    if (text.length === API_KEY_LENGTH) onText(text);
  };
  return (
    <>
      <div className="setup-row">
        <input ref={input} type="file" hidden accept=".txt,.key" data-testid="key-file" onChange={(event) => void read(event.target.files?.[0])} />
        <Button icon="file" label={t('setup.key.fromFile')} testId="key-from-file" onPress={() => input.current?.click()} />
      </div>
      {wrong && <SetupNote tone="alarm" icon="warning" words={t('setup.key.fileWrong')} testId="key-file-error" />}
    </>
  );
}
