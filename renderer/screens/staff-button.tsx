import type { ReactNode } from 'react';
import type { Role } from '../../shared/roles.ts';
import { useT } from '../i18n.ts';
import { Icon, type IconName } from '../parts/icon.tsx';
import { openStaff, useStaff } from '../staff.ts';
import './staff-button.css';

export const roleIcons: Readonly<Record<Role, IconName>> = { cashier: 'person', manager: 'shield', technician: 'wrench' };

/** Who is at the screen, in a word and a shape; where to sign in and out. */
export function StaffButton(): ReactNode {
  const t = useT();
  const role = useStaff((state) => state.view?.role ?? 'cashier');
  return (
    <button type="button" className="header__button staff-button" data-testid="staff" data-role={role} onClick={openStaff}>
      <Icon name={roleIcons[role]} />
      <span>{role === 'cashier' ? t('signIn.open') : t(`role.${role}`)}</span>
    </button>
  );
}
