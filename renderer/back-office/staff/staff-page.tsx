import type { ReactNode } from 'react';
import { useT } from '../../i18n/i18n.ts';
import { useStaff } from '../../state/staff.ts';
import { PageHead } from '../page-head.tsx';
import { CashierList } from './cashier-list.tsx';
import { PinCard } from './pin-card.tsx';
import './staff-page.css';

/** A manager edits the cashiers' names and their own PIN; a technician makes sure that both PINs are set. */
export function StaffPage(): ReactNode {
  const t = useT();
  const role = useStaff((state) => state.view?.role ?? 'cashier');
  return (
    <>
      <PageHead title="staff.title" />
      <div className="staff-page">
        {role === 'manager' && <CashierList />}
        <section className="staff-page__part">
          <h2 className="staff-page__subtitle">{t('staff.pins')}</h2>
          <div className="staff-page__pins">
            <PinCard role="manager" />
            {role === 'technician' && <PinCard role="technician" />}
          </div>
        </section>
      </div>
    </>
  );
}
