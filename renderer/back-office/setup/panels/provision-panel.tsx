import { useRef, useState, type ReactNode } from 'react';
import type { ProvisionFile, SetupProblem } from '../../../../shared/contract/setup.ts';
import { useT, type KeysOf } from '../../../i18n/i18n.ts';
import { Button } from '../../../components/button.tsx';
import { HoldButton } from '../../../components/form/hold-button.tsx';
import { Icon } from '../../../components/icon.tsx';
import { SecretField } from '../../../components/form/secret-field.tsx';
import { applyProvision, chooseProvision, closeProvision, openProvision, pickProvision } from '../setup-applying.ts';
import { useSetupForm, type Provision } from '../setup-form.ts';
import { problemWords } from '../setup-words.ts';
import { SetupFoot, hasTypedSecret } from '../setup-foot.tsx';
import { SetupNote } from '../step-frame.tsx';

/** A file made elsewhere sets up the whole terminal: it is found on a drive or picked, and opened. */
export function ProvisionPanel({ provision }: { readonly provision: Provision }): ReactNode {
  const t = useT();
  const { files, chosen, problems } = provision;
  const page = useRef<HTMLDivElement>(null);
  const [leaving, setLeaving] = useState(false);
  return (
    <div ref={page} className="wizard" data-testid="setup-provision">
      <div className="wizard__body" onFocus={() => setLeaving(false)}>
        <div className="wizard__column">
          <h2 className="wizard__title">{t('setup.provision.title')}</h2>
          {chosen === null ? (
            <FileList files={files} />
          ) : (
            <OpenFile key={chosen.fileId} file={chosen} problems={problems} />
          )}
        </div>
      </div>
      <SetupFoot
        asks={leaving}
        onAsk={setLeaving}
        losesSomething={() => chosen?.place === 'picked' || hasTypedSecret(page.current)}
        onLeave={closeProvision}
        leaveTestId="provision-close"
      >
        {chosen === null ? (
          <Button
            icon="again"
            label={t('setup.provision.again')}
            testId="provision-again"
            onPress={() => void openProvision()}
          />
        ) : (
          <Button label={t('setup.back')} testId="provision-back" onPress={() => chooseProvision(null)} />
        )}
        <Button
          icon="file"
          label={t('setup.provision.pick')}
          testId="provision-pick"
          onPress={() => void pickProvision()}
        />
      </SetupFoot>
    </div>
  );
}

const PLACE_KEYS = {
  'beside-app': 'setup.provision.place.beside-app',
  profile: 'setup.provision.place.profile',
  removable: 'setup.provision.place.removable',
  picked: 'setup.provision.place.picked',
} as const satisfies KeysOf<'setup.provision.place', ProvisionFile['place']>;

function FileList({ files }: Pick<Provision, 'files'>): ReactNode {
  const t = useT();
  if (files === null) return <p role="status">{t('setup.provision.looking')}</p>;
  if (files.length === 0)
    return <SetupNote tone="wait" icon="file" words={t('setup.provision.none')} testId="provision-none" />;
  return (
    <ul className="setup-files">
      {files.map((file) => (
        <li key={file.fileId} className="setup-file" data-testid="provision-file">
          <Icon name="file" />
          <span>
            <strong>{file.name}</strong>
            <br />
            {file.problem === null ? t(PLACE_KEYS[file.place]) : problemWords(t, file.problem.code, file.problem.field)}
          </span>
          <Button
            look="strong"
            label={t('setup.provision.use')}
            disabled={file.problem !== null}
            testId="provision-use"
            onPress={() => chooseProvision(file)}
          />
        </li>
      ))}
    </ul>
  );
}

/** Asks for the passphrase if the file is sealed with one, and says at the field if the passphrase is wrong. */
function OpenFile({
  file,
  problems,
}: {
  readonly file: ProvisionFile;
  readonly problems: readonly SetupProblem[];
}): ReactNode {
  const t = useT();
  const busy = useSetupForm((form) => form.busy !== null);
  const [passphrase, setPassphrase] = useState('');
  const weak = problems.some(({ code }) => code === 'weak-protection');
  const atField = problems.find(({ code }) => code === 'provision-passphrase');
  const others = problems.filter((problem) => problem !== atField);
  return (
    <form className="wizard__section" noValidate onSubmit={(event) => event.preventDefault()}>
      <p className="setup-file">
        <Icon name="file" />
        <strong>{file.name}</strong>
      </p>
      {file.sealed === 'passphrase' && (
        <SecretField
          label={t('setup.provision.passphrase')}
          hint={t('setup.provision.passphraseHint')}
          error={atField === undefined ? null : problemWords(t, atField.code, atField.field)}
          value={passphrase}
          lengthMax={300}
          autoFocus
          testId="provision-passphrase"
          onChange={setPassphrase}
        />
      )}
      {others.map(({ field, code }) => (
        <SetupNote
          key={`${field} ${code}`}
          tone={code === 'weak-protection' ? 'wait' : 'alarm'}
          icon="warning"
          words={problemWords(t, code, field)}
          testId="provision-problem"
        />
      ))}
      <div className="setup-row">
        {weak ? (
          <HoldButton
            look="alarm"
            icon="lock"
            label={t('setup.finish.hold')}
            busy={busy}
            testId="provision-accept-weak"
            onHeld={() => void applyProvision(passphrase, true)}
          />
        ) : (
          <Button
            submit
            look="strong"
            label={t('setup.provision.apply')}
            disabled={file.problem !== null || (file.sealed === 'passphrase' && passphrase === '')}
            busy={busy}
            testId="provision-apply"
            onPress={() => void applyProvision(passphrase, false)}
          />
        )}
      </div>
    </form>
  );
}
