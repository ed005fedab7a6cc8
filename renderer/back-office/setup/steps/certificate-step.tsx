import { useId, useState, type ReactNode } from 'react';
import { useT } from '../../../i18n/i18n.ts';
import { Button } from '../../../components/button.tsx';
import { FieldError } from '../../../components/form/field-frame.tsx';
import { SecretField } from '../../../components/form/secret-field.tsx';
import { CertificateCard } from './certificate-card.tsx';
import { givePassphrase, next, pickCertificate } from '../setup-acts.ts';
import { changeEntry } from '../setup-commands.ts';
import { problemAt, useSetupForm, withHeldBack, type Entry } from '../setup-form.ts';
import { errorAt, problemWords } from '../setup-words.ts';
import { SetupNote, StepFrame } from '../step-frame.tsx';

/** The merchant's certificate and its private key: one p12, or the pair of PEM files. */
export function CertificateStep({ entry }: { readonly entry: Entry }): ReactNode {
  return entry.draft.certificate.state === 'passphrase-needed' ? (
    <LockedP12 entry={entry} wrong={entry.draft.certificate.wrong} />
  ) : (
    <Picking entry={entry} />
  );
}

function Picking({ entry }: { readonly entry: Entry }): ReactNode {
  const t = useT();
  const { certificate } = entry.draft;
  const kept = useSetupForm((form) => form.state?.certificate ?? null);
  const facts = certificate.state === 'ready' ? certificate.facts : certificate.state === 'none' ? kept : null;
  return (
    <StepFrame entry={entry} title={t('setup.certificate.title')} lead={t('setup.certificate.lead')}>
      {facts !== null && (
        <CertificateCard
          facts={facts}
          stored={certificate.state === 'none'}
          fits={problemAt(entry, 'certificate') === null}
        />
      )}
      {certificate.state === 'key-missing' && (
        <SetupNote tone="wait" icon="file" words={t('setup.certificate.keyMissing')} testId="key-missing" />
      )}
      {certificate.state === 'certificate-missing' && (
        <SetupNote
          tone="wait"
          icon="file"
          words={t('setup.certificate.certificateMissing')}
          testId="certificate-missing"
        />
      )}
      <PickButtons entry={entry} picked={facts !== null} />
    </StepFrame>
  );
}

/** An error of the files is shown at the button that picks others. */
function PickButtons({ entry, picked }: { readonly entry: Entry; readonly picked: boolean }): ReactNode {
  const t = useT();
  const id = useId();
  const { certificate } = entry.draft;
  const refused = certificate.state === 'refused' ? problemWords(t, certificate.code, 'certificate') : null;
  const error = refused ?? errorAt(t, entry, 'certificate');
  return (
    <div
      className="field"
      role="group"
      aria-labelledby={`${id}-label`}
      aria-describedby={`${id}-error`}
      aria-invalid={error !== null || undefined}
      tabIndex={-1}
    >
      <span id={`${id}-label`} className="field__label">
        {t(picked ? 'setup.certificate.other' : 'setup.certificate.files')}
      </span>
      <div className="setup-row">
        <Button
          look={picked ? 'quiet' : 'strong'}
          icon="file"
          label={t(
            picked
              ? 'setup.certificate.replace'
              : certificate.state === 'key-missing'
                ? 'setup.certificate.pickKey'
                : 'setup.certificate.pick',
          )}
          testId="pick-certificate"
          onPress={() => void pickCertificate()}
        />
      </div>
      <FieldError id={id} error={error} />
    </div>
  );
}

function LockedP12({ entry, wrong }: { readonly entry: Entry; readonly wrong: boolean }): ReactNode {
  const t = useT();
  const [passphrase, setPassphrase] = useState('');
  const [empty, setEmpty] = useState(false);
  const open = async (): Promise<void> => {
    setEmpty(passphrase === '');
    const opened = passphrase !== '' && (await givePassphrase(passphrase));
    if (passphrase !== '') setPassphrase('');
    if (opened) await next();
    else changeEntry(withHeldBack);
  };
  const error = empty
    ? problemWords(t, 'missing', 'passphrase')
    : wrong
      ? problemWords(t, 'p12-passphrase', 'passphrase')
      : null;
  return (
    <StepFrame
      entry={entry}
      title={t('setup.certificate.title')}
      lead={t('setup.certificate.locked')}
      nextLabel={t('setup.certificate.open')}
      onNext={() => void open()}
    >
      <SecretField
        label={t('setup.field.passphrase')}
        hint={t('setup.certificate.passphraseHint')}
        error={passphrase === '' ? error : null}
        value={passphrase}
        lengthMax={300}
        autoFocus
        testId="setup-passphrase"
        onChange={(text) => {
          setEmpty(false);
          setPassphrase(text);
        }}
      />
      <div className="setup-row">
        <Button
          icon="file"
          label={t('setup.certificate.replace')}
          testId="pick-certificate"
          onPress={() => void pickCertificate()}
        />
      </div>
    </StepFrame>
  );
}
