import { useState, type ReactNode } from 'react';
import { useT } from '../../../i18n/i18n.ts';
import { Button } from '../../../components/button.tsx';
import { SecretField } from '../../../components/form/secret-field.tsx';
import { giveApiKey, next, pickApiKeyFile } from '../setup-acts.ts';
import { changeEntry } from '../setup-commands.ts';
import { useSetupForm, withHeldBack, type Entry } from '../setup-form.ts';
import { errorAt, problemWords } from '../setup-words.ts';
import { SetupNote, StepFrame } from '../step-frame.tsx';

const API_KEY_LENGTH = 32;

/** Main's own rule is asked when the key is given; a key of another length cannot be one. */
const hasShape = (key: string): boolean => key === '' || key.length === API_KEY_LENGTH;

/** The API key. The typed text stays in this step until main has taken it; after that only its presence is known. */
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

function KeptKey({
  entry,
  given,
  onReplace,
}: {
  readonly entry: Entry;
  readonly given: boolean;
  readonly onReplace: () => void;
}): ReactNode {
  const t = useT();
  const error = errorAt(t, entry, 'apiKey');
  return (
    <StepFrame entry={entry} title={t('setup.key.title')} lead={t('setup.key.lead')}>
      {error === null ? (
        <SetupNote
          tone="clear"
          icon="lock"
          words={t(given ? 'setup.key.given' : 'setup.key.stored')}
          more={t('setup.key.neverShown')}
          testId="key-kept"
        />
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
  const [refused, setRefused] = useState<'missing' | 'api-key-shape' | 'file' | null>(null);
  const taken = async (): Promise<void> => {
    setKey('');
    onTaken();
    await next();
  };
  const give = async (): Promise<void> => {
    if (key !== '' && (await giveApiKey(key))) {
      await taken();
      return;
    }
    setRefused(key === '' ? 'missing' : 'api-key-shape');
    changeEntry(withHeldBack);
  };
  const pick = async (): Promise<void> => {
    const picked = await pickApiKeyFile();
    if (picked === 'given') await taken();
    else if (picked === 'api-key-shape') setRefused('file');
  };
  const error =
    refused === null
      ? errorAt(t, entry, 'apiKey')
      : refused === 'file'
        ? t('setup.key.fileWrong')
        : problemWords(t, refused, 'apiKey');
  return (
    <StepFrame entry={entry} title={t('setup.key.title')} lead={t('setup.key.lead')} onNext={() => void give()}>
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
          setRefused(null);
          setKey(text.replace(/\s/gu, ''));
        }}
        onLeave={() => setRefused((now) => now ?? (hasShape(key) ? null : 'api-key-shape'))}
      />
      <div className="setup-row">
        <Button icon="file" label={t('setup.key.fromFile')} testId="key-from-file" onPress={() => void pick()} />
      </div>
    </StepFrame>
  );
}
