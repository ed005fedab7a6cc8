import type { ReactNode } from 'react';
import { ROLE_KEYS } from '../../i18n/code-keys.ts';
import { useT } from '../../i18n/i18n.ts';
import { Icon, roleIcons } from '../../components/icon.tsx';
import { openStaff, useStaff } from '../../state/staff.ts';
import './staff-button.css';

/** Who is at the screen, in a word and a shape; where to sign in and out. */
export function StaffButton(): ReactNode {
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
