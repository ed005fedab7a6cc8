/** The customer's page: it draws what main sends it, and has nothing to tap. */
import '../bridge/jitless.ts';
import '../theme/tokens.css';
import '../theme/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { customerShownSchema } from '../../shared/contract/customer.ts';
import type { CustomerBridge } from '../../shared/ipc-channels.ts';
import { CustomerPage } from './customer-page.tsx';

declare global {
  interface Window {
    readonly customer: CustomerBridge;
  }
}

const place = document.getElementById('root');
if (place === null) throw new Error('index.html has no #root');
const root = createRoot(place);

window.customer.subscribe((told) => {
  const shown = customerShownSchema.safeParse(told);
  if (!shown.success) {
    console.error('what the customer is shown is not by the contract', shown.error);
    return;
  }
  root.render(
    <StrictMode>
      <CustomerPage shown={shown.data} />
    </StrictMode>,
  );
});
