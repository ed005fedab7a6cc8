import type { ReactNode } from 'react';
import { IntlProvider } from 'use-intl';
import { endDecision } from '../../../state/staff.ts';
import { useKiosk, type Deciding } from '../../../state/store.ts';
import { backOfficeWordsOf } from '../../words.ts';
import { decide } from './decide.ts';
import { OrderDecision } from './order-decision.tsx';

/** The same question as in the manager's list, for an order on the till or one that was looked up. */
export function TillDecision(deciding: Deciding): ReactNode {
  const language = useKiosk((state) => state.language);
  return (
    <IntlProvider locale={language} messages={backOfficeWordsOf[language]}>
      <OrderDecision
        orderId={deciding.orderId}
        action={deciding.action}
        onSend={async (given) => (await decide(given)) !== null}
        onClose={() => endDecision(deciding)}
      />
    </IntlProvider>
  );
}
