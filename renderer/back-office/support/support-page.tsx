import type { ReactNode } from 'react';
import { useStaff } from '../../state/staff.ts';
import { useKiosk } from '../../state/store.ts';
import { PageHead } from '../page-head.tsx';
import { AppearanceSection } from './appearance-section.tsx';
import { AuditSection } from './audit-section.tsx';
import { CustomerDisplaySection } from './customer-display-section.tsx';
import { DiagnosticsSection } from './diagnostics-section.tsx';
import { KioskSection } from './kiosk-section.tsx';
import { PrinterSection } from './printer-section.tsx';
import { ReturnSection } from './return-section.tsx';
import { UpdateSection } from './update-section.tsx';
import './support.css';

/** What helps a person who looks for a fault, the looks of the screen, and the app itself. */
export function SupportPage(): ReactNode {
  const role = useKiosk((state) => state.terminal?.role);
  // A terminal that could not be opened reports no role, but it must be possible to leave the app there too.
  const signedInAs = useStaff((state) => state.view?.role);
  return (
    <>
      <PageHead title="support.title" />
      <div className="support">
        {role === 'technician' && <UpdateSection />}
        <DiagnosticsSection />
        <AuditSection />
        {(signedInAs === 'manager' || signedInAs === 'technician') && <AppearanceSection />}
        {(role === 'manager' || role === 'technician') && <ReturnSection />}
        {signedInAs === 'technician' && <PrinterSection />}
        {signedInAs === 'technician' && <CustomerDisplaySection />}
        {signedInAs === 'technician' && <KioskSection />}
      </div>
    </>
  );
}
