import type { ReactNode } from 'react';
import { IntlProvider } from 'use-intl';
import { kiosk, useKiosk, type Deciding } from '../../../state/store.ts';
import { backOfficeWordsOf } from '../../words.ts';
import { decide } from './decide.ts';
import { OrderDecision } from './order-decision.tsx';

/** The same question as in the manager's list, for an order on the till or one that was looked up. */
export function TillDecision({ action, orderId }: Deciding): ReactNode {
  const language = useKiosk((state) => state.language);
  return (
    <IntlProvider locale={language} messages={backOfficeWordsOf[language]}>
      <OrderDecision
        orderId={orderId}
        action={action}
        onSend={async (given) => (await decide(given)) !== null}
        onClose={close}
      />
    </IntlProvider>
  );
}

const close = (): void => kiosk.setState({ deciding: null });
