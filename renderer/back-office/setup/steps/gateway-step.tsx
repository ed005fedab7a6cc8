import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { SetupFields } from '../../../../shared/contract/setup.ts';
import { useT } from '../../../i18n/i18n.ts';
import { Button } from '../../../components/button.tsx';
import { ChoiceCards } from '../../../components/form/choice-cards.tsx';
import { SecretField } from '../../../components/form/secret-field.tsx';
import { BoundField } from './bound-field.tsx';
import { CodePortSection } from './code-port.tsx';
import { giveProxyPassword, next, pickAuthority } from '../setup-acts.ts';
import { changeEntry } from '../setup-commands.ts';
import { problemAt, useSetupForm, withFields, type Entry } from '../setup-form.ts';
import { errorAt } from '../setup-words.ts';
import { SetupNote, StepFrame } from '../step-frame.tsx';

const foldedFields = [
  'primary',
  'backup',
  'faceGateway',
  'authority',
  'proxy',
  'proxyUser',
  'proxyPassword',
  'noProxy',
] as const;

type Kind = 'facepay' | 'bridge' | 'code' | 'micropay';

/** Kind and device in one choice: a device for payment codes together with face payment cannot be chosen. */
const FIELDS_OF: Readonly<Record<Kind, Pick<SetupFields, 'family' | 'device'>>> = {
  facepay: { family: 'facepay', device: 'none' },
  bridge: { family: 'facepay', device: 'sdk-bridge' },
  code: { family: 'micropay', device: 'code' },
  micropay: { family: 'micropay', device: 'none' },
};

const kindOf = ({ family, device }: SetupFields): Kind =>
  device === 'sdk-bridge' ? 'bridge' : device === 'code' ? 'code' : family;

/** Which of WeChat Pay's two kinds of payment it is, what reads payment codes and, folded away, the gateway's addresses. */
export function GatewayStep({ entry }: { readonly entry: Entry }): ReactNode {
  const t = useT();
  const [open, setOpen] = useState(false);
  const [password, setPassword] = useState('');
  // It stays open when what was wrong is being corrected, and would otherwise close under the fingers.
  if (!open && foldedFields.some((field) => problemAt(entry, field) !== null)) setOpen(true);
  // The password goes to main on the way on, as other secrets do: on leaving its field, the button that goes on would be
  // busy under the finger.
  const giveAndNext = async (): Promise<void> => {
    if (password !== '') {
      if (!(await giveProxyPassword(password))) return;
      setPassword('');
    }
    await next();
  };
  return (
    <StepFrame
      entry={entry}
      title={t('setup.gateway.title')}
      lead={t('setup.gateway.lead')}
      onNext={() => void giveAndNext()}
    >
      <ChoiceCards
        legend={t('setup.field.family')}
        testId="setup-family"
        autoFocus
        columns
        chosen={kindOf(entry.fields)}
        choices={[
          { value: 'facepay', title: t('setup.gateway.facepay'), why: t('setup.gateway.facepayWhy') },
          { value: 'bridge', title: t('setup.gateway.bridge'), why: t('setup.gateway.bridgeWhy') },
          { value: 'code', title: t('setup.gateway.code'), why: t('setup.gateway.codeWhy') },
          { value: 'micropay', title: t('setup.gateway.micropay'), why: t('setup.gateway.micropayWhy') },
        ]}
        onChoose={(kind) => changeEntry((now) => withFields(now, FIELDS_OF[kind]))}
      />
      {entry.fields.device === 'sdk-bridge' && <FaceSdk entry={entry} />}
      {kindOf(entry.fields) === 'code' && <CodePortSection entry={entry} />}
      <div className="setup-row">
        <Button
          label={t('setup.gateway.advanced')}
          icon="chevron"
          expanded={open}
          testId="setup-advanced"
          onPress={() => setOpen(!open)}
        />
      </div>
      {open && <Advanced entry={entry} password={password} onPassword={setPassword} />}
    </StepFrame>
  );
}

/** The vendor's face SDK: its helper, its library, and what it gives for a face. */
function FaceSdk({ entry }: { readonly entry: Entry }): ReactNode {
  const t = useT();
  return (
    <section className="wizard__section" aria-label={t('setup.gateway.bridge')}>
      <p className="wizard__lead">{t('setup.gateway.bridgeLead')}</p>
      {/* One below the other: a path is long. */}
      <BoundField entry={entry} field="faceProgram" placeholder="C:\Program Files\..." keys="latin" />
      <BoundField entry={entry} field="faceLibrary" placeholder="C:\Program Files\..." keys="latin" />
      <ChoiceCards
        legend={t('setup.gateway.gives')}
        testId="setup-gives"
        columns
        chosen={entry.fields.family}
        choices={[
          { value: 'facepay', title: t('setup.gateway.givesFace'), why: t('setup.gateway.givesFaceWhy') },
          { value: 'micropay', title: t('setup.gateway.givesCode'), why: t('setup.gateway.givesCodeWhy') },
        ]}
        onChoose={(family) => changeEntry((now) => withFields(now, { family }))}
      />
    </section>
  );
}

interface AdvancedProps {
  readonly entry: Entry;
  /** Of the proxy's account, as typed; main has not taken it yet. */
  readonly password: string;
  readonly onPassword: (password: string) => void;
}

function Advanced({ entry, password, onPassword }: AdvancedProps): ReactNode {
  const t = useT();
  const { authority } = entry.draft;
  const authorityError = errorAt(t, entry, 'authority');
  const top = useRef<HTMLElement>(null);
  useEffect(() => {
    // `scrollIntoView` returns a promise. The effect must not return it: React would take it for the clean-up.
    top.current?.scrollIntoView({ block: 'start' });
  }, []);
  return (
    <section ref={top} className="wizard__section" aria-label={t('setup.gateway.advanced')}>
      <p className="wizard__lead">{t('setup.gateway.advancedLead')}</p>
      <div className="wizard__pair">
        <BoundField entry={entry} field="primary" />
        <BoundField entry={entry} field="backup" />
        <BoundField entry={entry} field="faceGateway" hint={t('setup.gateway.faceHint')} />
      </div>
      <ChoiceCards
        legend={t('setup.field.signType')}
        testId="setup-signType"
        chosen={entry.fields.signType}
        choices={[
          { value: 'HMAC-SHA256', title: 'HMAC-SHA256', why: t('setup.gateway.hmacWhy') },
          { value: 'MD5', title: 'MD5', why: t('setup.gateway.md5Why') },
        ]}
        onChoose={(signType) => changeEntry((now) => withFields(now, { signType }))}
      />
      {authority === 'given' && authorityError === null && (
        <SetupNote tone="clear" icon="circleCheck" words={t('setup.gateway.authorityGiven')} testId="authority-given" />
      )}
      {authorityError !== null && <SetupNote tone="alarm" icon="warning" words={authorityError} />}
      <div className="setup-row">
        <Button
          icon="file"
          label={t('setup.gateway.pickAuthority')}
          testId="pick-authority"
          onPress={() => void pickAuthority()}
        />
      </div>
      <ShopProxy entry={entry} password={password} onPassword={onPassword} />
    </section>
  );
}

/** The proxy of shops that let nothing else out. */
function ShopProxy({ entry, password, onPassword }: AdvancedProps): ReactNode {
  const t = useT();
  const stored = useSetupForm((form) => form.state?.proxyPasswordStored === true);
  const given = entry.draft.proxyPassword === 'given';
  return (
    <>
      <p className="wizard__lead">{t('setup.gateway.proxyLead')}</p>
      <div className="wizard__pair">
        <BoundField
          entry={entry}
          field="proxy"
          hint={t('setup.gateway.proxyHint')}
          placeholder="http://"
          keys="latin"
        />
        <BoundField entry={entry} field="noProxy" hint={t('setup.gateway.noProxyHint')} keys="latin" />
        <BoundField entry={entry} field="proxyUser" />
        <SecretField
          label={t('setup.field.proxyPassword')}
          hint={t(
            given
              ? 'setup.gateway.passwordGiven'
              : stored
                ? 'setup.gateway.passwordStored'
                : 'setup.gateway.passwordHint',
          )}
          error={errorAt(t, entry, 'proxyPassword')}
          value={password}
          lengthMax={300}
          testId="setup-proxyPassword"
          onChange={onPassword}
        />
      </div>
    </>
  );
}
