import type { ReactNode } from 'react';
import type { Notice } from '../../shared/ipc.ts';
import type { Role } from '../../shared/roles.ts';
import { useT } from '../i18n.ts';
import type { Tone } from '../phase-words.ts';
import { Icon, type IconName } from './icon.tsx';
import './notice-bar.css';

export interface NoticeBarProps {
  readonly notice: Notice;
}

const looks: Readonly<Record<Notice['code'], { readonly tone: Tone; readonly icon: IconName }>> = {
  'journal-failing': { tone: 'alarm', icon: 'disk' },
  'journal-was-damaged': { tone: 'alarm', icon: 'disk' },
  'nobody-drives': { tone: 'alarm', icon: 'hourglass' },
  'settings-restored': { tone: 'wait', icon: 'disk' },
  'pos-api-stopped': { tone: 'wait', icon: 'plug' },
  offline: { tone: 'wait', icon: 'plug' },
  'certificate-expiring': { tone: 'process', icon: 'hourglass' },
  'certificate-ends': { tone: 'wait', icon: 'hourglass' },
  'certificate-expired': { tone: 'alarm', icon: 'warning' },
  'clock-before-build': { tone: 'wait', icon: 'hourglass' },
  'server-not-trusted': { tone: 'alarm', icon: 'warning' },
};

/** Weeks before the end it is nothing to the cashier, who can do nothing about it. */
export const isFor = (role: Role, { code }: Notice): boolean => code !== 'certificate-expiring' || role !== 'cashier';

/** Its detail stands in the sentence. */
const saysDays = ({ code }: Notice): boolean => code.startsWith('certificate-');

/** Something the whole terminal should know, until it is over. */
export function NoticeBar({ notice }: NoticeBarProps): ReactNode {
  const t = useT();
  const { tone, icon } = looks[notice.code];
  return (
    <p className="notice" role="alert" data-testid="notice" data-code={notice.code} data-tone={tone}>
      <Icon name={icon} />
      <span>{t(`notice.${notice.code}`, { days: notice.detail ?? '' })}</span>
      {notice.detail !== null && !saysDays(notice) && <small className="notice__detail">{notice.detail}</small>}
    </p>
  );
}
