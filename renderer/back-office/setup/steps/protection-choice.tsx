import { useState, type ReactNode } from 'react';
import {
  protectionSchema,
  type KeyStore,
  type Protection,
  type SetupState,
} from '../../../../shared/contract/setup.ts';
import { useT, type KeysOf } from '../../../i18n/i18n.ts';
import { Button } from '../../../components/button.tsx';
import { ChoiceCards } from '../../../components/form/choice-cards.tsx';
import { SecretField } from '../../../components/form/secret-field.tsx';
import { check, giveSupportPassphrase } from '../setup-acts.ts';
import { changeEntry } from '../setup-commands.ts';
import { withFields, type Entry } from '../setup-form.ts';
import { errorAt, PROTECTION_KEYS } from '../setup-words.ts';
import { SetupNote } from '../step-frame.tsx';

export interface ProtectionChoiceProps {
  readonly entry: Entry;
  readonly protection: SetupState['protection'];
}

const KEY_STORE_KEYS = {
  real: 'setup.keyStore.real',
  'public-key': 'setup.keyStore.public-key',
  none: 'setup.keyStore.none',
} as const satisfies KeysOf<'setup.keyStore', KeyStore>;

/** How the stored secrets are locked: what this machine offers, and what that means for the support tools. */
export function ProtectionChoice({ entry, protection }: ProtectionChoiceProps): ReactNode {
  const t = useT();
  const { offered, recommended, keyStore } = protection;
  const chosen = entry.fields.protection;
  return (
    <section className="wizard__section" aria-label={t('setup.field.protection')}>
      <ChoiceCards
        legend={t('setup.field.protection')}
        testId="setup-protection"
        chosen={chosen}
        choices={protectionSchema.options
          .filter((level) => offered.includes(level))
          .map((value) => ({
            value,
            title:
              value === recommended && offered.length > 1
                ? t('setup.protection.recommended', { level: t(PROTECTION_KEYS[value].title) })
                : t(PROTECTION_KEYS[value].title),
            why: t(PROTECTION_KEYS[value].why),
          }))}
        onChoose={(level) => {
          changeEntry((now) => withFields(now, { protection: level }));
          // A passphrase that was given for the key store is useless without the key store, so it is forgotten.
          if (!usesKeyStore(level) && entry.draft.supportPassphrase !== 'none') void giveSupportPassphrase('');
          void check();
        }}
      />
      {keyStore !== 'real' && (
        <SetupNote tone="wait" icon="warning" words={t(KEY_STORE_KEYS[keyStore])} testId="key-store" />
      )}
      {usesKeyStore(chosen) && <SupportPassphrase entry={entry} />}
    </section>
  );
}

const usesKeyStore = (level: Protection): boolean => level === 'key-store' || level === 'both';

/**
 * The system's key store opens for the app alone, and its own key may be lost with a folder or an account. So a second way
 * is asked for, which support's command uses too.
 */
function SupportPassphrase({ entry }: { readonly entry: Entry }): ReactNode {
  const t = useT();
  const [passphrase, setPassphrase] = useState('');
  if (entry.draft.supportPassphrase === 'given')
    return <SetupNote tone="clear" icon="lock" words={t('setup.support.given')} testId="support-given" />;
  return (
    <>
      <SetupNote tone="wait" icon="lock" words={t('setup.support.why')} testId="support-why" />
      <SecretField
        label={t('setup.field.supportPassphrase')}
        hint={t('setup.support.hint')}
        error={
          entry.draft.supportPassphrase === 'too-short'
            ? t('setup.support.short')
            : errorAt(t, entry, 'supportPassphrase')
        }
        value={passphrase}
        lengthMax={300}
        testId="setup-supportPassphrase"
        onChange={setPassphrase}
      />
      <div className="setup-row">
        <Button
          label={t('setup.support.keep')}
          disabled={passphrase === ''}
          testId="support-keep"
          onPress={() => void giveSupportPassphrase(passphrase).then(() => setPassphrase(''))}
        />
      </div>
    </>
  );
}
