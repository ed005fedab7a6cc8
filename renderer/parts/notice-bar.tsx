import type { ReactNode } from 'react';
import type { Notice } from '../../shared/ipc.ts';
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
  'pos-api-stopped': { tone: 'wait', icon: 'plug' },
  offline: { tone: 'wait', icon: 'plug' },
};

/** Something the whole terminal should know, until it is over. */
export function NoticeBar({ notice }: NoticeBarProps): ReactNode {
  const t = useT();
  const { tone, icon } = looks[notice.code];
  return (
    <p className="notice" role="alert" data-testid="notice" data-code={notice.code} data-tone={tone}>
      <Icon name={icon} />
      <span>{t(`notice.${notice.code}`)}</span>
      {notice.detail !== null && <small className="notice__detail">{notice.detail}</small>}
    </p>
  );
}
