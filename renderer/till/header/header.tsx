import type { ReactNode } from 'react';
import type { Language } from '../../../shared/settings.ts';
import { acknowledgeDamage, openHelp, openSound, setLanguage } from '../../state/actions.ts';
import { openStaff, useStaff } from '../../state/staff.ts';
import { hourAndMinute } from '../../i18n/beijing-time.ts';
import { ROLE_KEYS } from '../../i18n/code-keys.ts';
import { useT } from '../../i18n/i18n.ts';
import { Icon, roleIcons } from '../../components/icon.tsx';
import { Phrase } from '../../components/phrase.tsx';
import { isFor } from './notice-roles.ts';
import { lazy } from '../../components/lazy.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { useMinuteText } from '../../components/use-ticking.ts';
import { useKiosk } from '../../state/store.ts';
import { LazyPractice } from '../../training/lazy-practice.tsx';
import { ShiftButton } from './shift-button.tsx';
import './header.css';

/** Loaded right after the first paint, also where there is no notice yet: one may say that the disk fails. */
const Notices = lazy(async () => (await import('./notice-bar.tsx')).Notices);

/** Whose till this is, what time it is, and whether the money is real. */
export function Header(): ReactNode {
  const t = useT();
  const terminal = useKiosk((state) => state.terminal);
  const notices = useKiosk((state) => state.notices);
  const problem = useKiosk((state) => state.problem);
  return (
    <div className="header">
      <header className="header__bar">
        <strong className="header__store">{terminal?.storeName}</strong>
        {terminal?.environment === 'live' && <span className="header__live">{t('app.live')}</span>}
        <Clock />
        <ShiftButton />
        <StaffButton />
        <HelpButton />
        <SoundButton />
        <LanguageButton />
      </header>
      {terminal?.environment === 'practice' && (
        <PracticeBand>
          <LazyPractice place="band" />
        </PracticeBand>
      )}
      <LazyPractice place="below" />
      <Notices
        notices={notices.filter((notice) => isFor(terminal?.role ?? 'cashier', notice))}
        onRead={terminal?.role === 'manager' ? acknowledgeDamage : undefined}
      />
      {problem?.place === 'bar' && <ProblemNote code={problem.code} field={problem.field} testId="bar-error" />}
    </div>
  );
}

/** The part that exists while the terminal cannot be opened: the way in for the person who repairs it. */
export function BareHeader(): ReactNode {
  return (
    <div className="header">
      <header className="header__bar">
        <Clock />
        <StaffButton />
        <HelpButton />
        <LanguageButton />
      </header>
    </div>
  );
}

/** Across the whole screen, hatched, so that nobody ever takes practice for money or money for practice. */
function PracticeBand({ children }: { readonly children: ReactNode }): ReactNode {
  const t = useT();
  return (
    <div className="practice-band" data-testid="practice-band">
      <strong className="practice-band__word">
        <Phrase>{t('app.practice')}</Phrase>
      </strong>
      {children}
    </div>
  );
}

const minuteNow = (): string => hourAndMinute(Date.now());

function Clock(): ReactNode {
  const ref = useMinuteText<HTMLTimeElement>(minuteNow);
  return <time ref={ref} className="header__clock" />;
}

/** Who is at the screen, in a word and a shape; where to sign in and out. */
function StaffButton(): ReactNode {
  const t = useT();
  const role = useStaff((state) => state.view?.role ?? 'cashier');
  return (
    <button
      type="button"
      className="header__button staff-button"
      data-testid="staff"
      data-role={role}
      onClick={openStaff}
    >
      <Icon name={roleIcons[role]} />
      <span>{role === 'cashier' ? t('signIn.open') : t(ROLE_KEYS[role])}</span>
    </button>
  );
}

function HelpButton(): ReactNode {
  const t = useT();
  return (
    <button
      type="button"
      className="header__button header__help"
      data-testid="help"
      aria-haspopup="dialog"
      aria-keyshortcuts="F1"
      onClick={openHelp}
    >
      {t('app.help')}
      <kbd className="key-hint" aria-hidden="true">
        F1
      </kbd>
    </button>
  );
}

function SoundButton(): ReactNode {
  const t = useT();
  const muted = useKiosk((state) => state.sound.muted);
  return (
    <button
      type="button"
      className="header__button"
      data-testid="sound"
      data-muted={muted || undefined}
      aria-label={t(muted ? 'sound.closed' : 'sound.open')}
      aria-haspopup="dialog"
      onClick={openSound}
    >
      <Icon name={muted ? 'muted' : 'sound'} />
      {muted && t('sound.closed')}
    </button>
  );
}

function LanguageButton(): ReactNode {
  const t = useT();
  const language = useKiosk((state) => state.language);
  const other: Language = language === 'en' ? 'zh-CN' : 'en';
  return (
    <button
      type="button"
      className="header__button header__language"
      data-testid="language"
      onClick={() => void setLanguage(other)}
    >
      <span className="heard-only">{t('app.language')}</span>
      <span aria-current={language === 'zh-CN' || undefined}>中</span>
      <span aria-current={language === 'en' || undefined}>EN</span>
    </button>
  );
}
