import type { ReactNode } from 'react';
import { useKiosk } from '../../store.ts';
import { AuditSection } from './audit-section.tsx';
import { DiagnosticsSection } from './diagnostics-section.tsx';
import { OrdersSection } from './orders-section.tsx';
import { UpdateSection } from './update-section.tsx';
import './support.css';

/** What leaves this terminal as a file. Orders are the manager's; the rest helps whoever looks for a fault. */
export function SupportPage(): ReactNode {
  const role = useKiosk((state) => state.terminal?.role);
  return (
    <div className="support">
      {role === 'manager' && <OrdersSection />}
      {role === 'technician' && <UpdateSection />}
      <DiagnosticsSection />
      <AuditSection />
    </div>
  );
}
