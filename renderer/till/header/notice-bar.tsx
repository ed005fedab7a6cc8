import { useState, type ReactNode } from 'react';
import type { Notice } from '../../../shared/ipc.ts';
import { useT, type KeysOf } from '../../i18n/i18n.ts';
import { useReaderRole } from '../../i18n/reader-role.ts';
import { groupsOfFour } from '../../input/number-entry.ts';
import type { Tone } from '../../components/tone.ts';
import { Button } from '../../components/button.tsx';
import { Icon, type IconName } from '../../components/icon.tsx';
import './notice-bar.css';

const looks: Readonly<Record<Notice['code'], { readonly tone: Tone; readonly icon: IconName }>> = {
  'journal-failing': { tone: 'alarm', icon: 'disk' },
  'journal-was-damaged': { tone: 'alarm', icon: 'disk' },
  'nobody-drives': { tone: 'alarm', icon: 'hourglass' },
  'settings-restored': { tone: 'wait', icon: 'disk' },
  'journal-was-missing': { tone: 'alarm', icon: 'disk' },
  'journal-cut-off': { tone: 'alarm', icon: 'disk' },
  'journal-orders-lost': { tone: 'alarm', icon: 'warning' },
  'journal-newest-lost': { tone: 'alarm', icon: 'warning' },
  'journal-entries-lost': { tone: 'alarm', icon: 'warning' },
  'journal-end-unknown': { tone: 'alarm', icon: 'warning' },
  'journal-rows-unreadable': { tone: 'alarm', icon: 'warning' },
  'journal-of-later-version': { tone: 'process', icon: 'disk' },
  'pos-api-stopped': { tone: 'wait', icon: 'plug' },
  'pos-settings-unreadable': { tone: 'wait', icon: 'plug' },
  'pins-unreadable': { tone: 'alarm', icon: 'lock' },
  'crew-unreadable': { tone: 'wait', icon: 'disk' },
  'crew-set-aside': { tone: 'wait', icon: 'disk' },
  'files-gone': { tone: 'wait', icon: 'disk' },
  offline: { tone: 'wait', icon: 'plug' },
  'certificate-expiring': { tone: 'process', icon: 'hourglass' },
  'certificate-ends': { tone: 'wait', icon: 'hourglass' },
  'certificate-expired': { tone: 'alarm', icon: 'warning' },
  'clock-before-build': { tone: 'wait', icon: 'hourglass' },
  'server-not-trusted': { tone: 'alarm', icon: 'warning' },
  'scanner-not-connected': { tone: 'wait', icon: 'plug' },
};

const NOTICE_KEYS = {
  'journal-failing': 'notice.journal-failing',
  'settings-restored': 'notice.settings-restored',
  'nobody-drives': 'notice.nobody-drives',
  'journal-was-damaged': 'notice.journal-was-damaged',
  'journal-was-missing': 'notice.journal-was-missing',
  'journal-cut-off': 'notice.journal-cut-off',
  'journal-orders-lost': 'notice.journal-orders-lost',
  'journal-newest-lost': 'notice.journal-newest-lost',
  'journal-entries-lost': 'notice.journal-entries-lost',
  'journal-end-unknown': 'notice.journal-end-unknown',
  'journal-rows-unreadable': 'notice.journal-rows-unreadable',
  'journal-of-later-version': 'notice.journal-of-later-version',
  offline: 'notice.offline',
  'pos-api-stopped': 'notice.pos-api-stopped',
  'pos-settings-unreadable': 'notice.pos-settings-unreadable',
  'pins-unreadable': 'notice.pins-unreadable',
  'crew-unreadable': 'notice.crew-unreadable',
  'crew-set-aside': 'notice.crew-set-aside',
  'files-gone': 'notice.files-gone',
  'certificate-expiring': 'notice.certificate-expiring',
  'certificate-ends': 'notice.certificate-ends',
  'certificate-expired': 'notice.certificate-expired',
  'clock-before-build': 'notice.clock-before-build',
  'server-not-trusted': 'notice.server-not-trusted',
  'scanner-not-connected': 'notice.scanner-not-connected',
} as const satisfies KeysOf<'notice', Notice['code']>;

const TO_BE_READ: readonly Notice['code'][] = [
  'journal-was-damaged',
  'journal-was-missing',
  'journal-cut-off',
  'journal-newest-lost',
  'journal-entries-lost',
  'journal-end-unknown',
  'files-gone',
];
/** It stays, also after a restart, until a manager has confirmed it; the notice of the lost orders goes with it. */
const isToBeRead = ({ code }: Notice): boolean => TO_BE_READ.includes(code);

const COUNTING: readonly Notice['code'][] = ['journal-newest-lost', 'journal-entries-lost'];
/** Its detail is a number or a reason, which is part of the sentence. */
const saysDetail = ({ code }: Notice): boolean =>
  code.startsWith('certificate-') || code === 'scanner-not-connected' || COUNTING.includes(code);

export interface NoticesProps {
  readonly notices: readonly Notice[];
  /** For people who may confirm that they read about lost records; absent for all others. */
  readonly onRead: (() => void) | undefined;
}

/** What the cashier must not overlook stands first. */
const WORST_FIRST: readonly Tone[] = ['alarm', 'wait', 'process'];
const rankOf = ({ code }: Notice): number => WORST_FIRST.indexOf(looks[code].tone);

/** A low window has room for so many; the others stand behind their number there. */
const LINES_ON_LOW = 2;

/** The notices about the whole terminal, until they end. */
export function Notices({ notices, onRead }: NoticesProps): ReactNode {
  const t = useT();
  const [open, setOpen] = useState(false);
  const sorted = notices.toSorted((one, other) => rankOf(one) - rankOf(other));
  const [worst] = sorted;
  if (worst === undefined) return null;
  const more = sorted.length - LINES_ON_LOW;
  return (
    <div className="notices" data-tone={looks[worst.code].tone} data-open={open || undefined}>
      <div className="notices__lines">
        {sorted.map((notice) => (
          <NoticeBar key={notice.code} notice={notice} />
        ))}
      </div>
      {more > 0 && (
        <Button
          label={open ? t('noticeBar.fewer') : t('noticeBar.more', { count: more })}
          expanded={open}
          testId="notices-more"
          onPress={() => setOpen(!open)}
        />
      )}
      {onRead !== undefined && sorted.some(isToBeRead) && (
        <Button label={t('noticeBar.read')} testId="notice-read" onPress={onRead} />
      )}
    </div>
  );
}

function NoticeBar({ notice }: { readonly notice: Notice }): ReactNode {
  const t = useT();
  const reader = useReaderRole();
  const { tone, icon } = looks[notice.code];
  return (
    <p className="notice" role="alert" data-testid="notice" data-code={notice.code} data-tone={tone}>
      <Icon name={icon} />
      <span>
        {t(NOTICE_KEYS[notice.code], {
          days: notice.detail ?? '',
          count: notice.detail ?? '',
          why: notice.detail ?? '',
          reader,
        })}
      </span>
      {notice.detail !== null && !saysDetail(notice) && (
        <small className="notice__detail">
          {notice.detail.replaceAll(/\d{16,}/g, (number) => groupsOfFour(number).join(' '))}
        </small>
      )}
    </p>
  );
}
