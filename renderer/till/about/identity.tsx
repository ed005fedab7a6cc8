import type { ReactNode } from 'react';
import type { Build, Host, Snapshot } from '../../../shared/ipc.ts';
import { useT, type KeysOf, type Translate } from '../../i18n/i18n.ts';
import './identity.css';

export interface IdentityProps {
  readonly version: string;
  readonly build: Build;
  readonly host: Host;
  readonly signed?: boolean;
  readonly environment: Snapshot['environment'];
  readonly storeName: string;
  readonly deviceId: string;
  /** With commit, signature and host. */
  readonly technical: boolean;
}

const ENVIRONMENT_KEYS = {
  practice: 'about.environments.practice',
  live: 'about.environments.live',
} as const satisfies KeysOf<'about.environments', Snapshot['environment']>;

/** Which app runs on which terminal: what a person reads out on the telephone. */
export function Identity(props: IdentityProps): ReactNode {
  const { version, environment, storeName, deviceId } = props;
  const t = useT();
  return (
    <dl className="identity" data-testid="identity">
      <Fact name={t('about.version')} value={`FacePay Kiosk ${version}`} testId="about-version" />
      <div className="identity__fact">
        <dt>{t('about.environment')}</dt>
        <dd>
          <span data-environment={environment}>{t(ENVIRONMENT_KEYS[environment])}</span>
        </dd>
      </div>
      <Fact name={t('about.store')} value={storeName} testId="about-store" />
      <Fact name={t('about.terminal')} value={deviceId} testId="about-terminal" />
      {props.technical && <TechnicalFacts {...props} />}
    </dl>
  );
}

function TechnicalFacts({ build, host, signed }: IdentityProps): ReactNode {
  const t = useT();
  return (
    <>
      <Fact name={t('about.commit')} value={buildWords(t, build)} testId="about-commit" />
      {signed !== undefined && (
        <Fact
          name={t('about.signature')}
          value={t(signed ? 'about.signed' : 'about.notSigned')}
          testId="about-signature"
        />
      )}
      <Fact name={t('about.host')} value={hostWords(t, host)} testId="about-host" />
    </>
  );
}

function buildWords(t: Translate, build: Build): string {
  if (build === null) return t('about.commitUnknown');
  return build.clean ? build.commit : t('about.commitNotClean', { commit: build.commit });
}

const hostWords = (t: Translate, host: Host): string =>
  host.kind === 'electron'
    ? t('about.hosts.electron', { electron: host.electron, chromium: host.chromium })
    : t('about.hosts.stand-in', { electron: host.electron });

interface FactProps {
  readonly name: string;
  readonly value: string;
  readonly testId: string;
}

function Fact({ name, value, testId }: FactProps): ReactNode {
  return (
    <div className="identity__fact">
      <dt>{name}</dt>
      <dd data-testid={testId}>{value}</dd>
    </div>
  );
}
