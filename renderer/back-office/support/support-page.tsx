import type { ReactNode } from 'react';
import { useStaff } from '../../state/staff.ts';
import { useKiosk } from '../../state/store.ts';
import { AuditSection } from './audit-section.tsx';
import { CustomerDisplaySection } from './customer-display-section.tsx';
import { DiagnosticsSection } from './diagnostics-section.tsx';
import { KioskSection } from './kiosk-section.tsx';
import { OrdersSection } from './orders-section.tsx';
import { UpdateSection } from './update-section.tsx';
import './support.css';

/** What leaves this terminal as a file. Orders are the manager's; the rest helps whoever looks for a fault. */
export function SupportPage(): ReactNode {
  const role = useKiosk((state) => state.terminal?.role);
  // A terminal that could not be opened has no role to tell, and must be left all the same.
  const signedInAs = useStaff((state) => state.view?.role);
  return (
    <div className="support">
      {role === 'manager' && <OrdersSection />}
      {role === 'technician' && <UpdateSection />}
      <DiagnosticsSection />
      <AuditSection />
      {signedInAs === 'technician' && <CustomerDisplaySection />}
      {signedInAs === 'technician' && <KioskSection />}
    </div>
  );
}
