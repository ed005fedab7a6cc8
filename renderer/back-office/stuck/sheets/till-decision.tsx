import type { ReactNode } from 'react';
import { IntlProvider } from 'use-intl';
import type { ManagerAct } from '../../../../shared/contract/stuck.ts';
import { act, takeIn } from '../../../state/actions.ts';
import { kiosk, useKiosk, type Deciding } from '../../../state/store.ts';
import { backOfficeWordsOf } from '../../words.ts';
import { DecisionSheet } from './decision-sheet.tsx';

/** The same question as in the manager's list, for the order on the till. */
export function TillDecision({ action, view }: Deciding): ReactNode {
  const language = useKiosk((state) => state.language);
  return (
    <IntlProvider locale={language} messages={backOfficeWordsOf[language]}>
      <DecisionSheet action={action} orders={[view]} onSend={decide} onClose={close} />
    </IntlProvider>
  );
}

const close = (): void => kiosk.setState({ deciding: null });

async function decide(given: ManagerAct): Promise<boolean> {
  const [result] = (await act('manager.act', given, 'back-office'))?.value ?? [];
  if (result === undefined) return false;
  if (result.ok) takeIn(result.order);
  else kiosk.setState({ problem: { place: 'back-office', code: result.code, field: null } });
  return result.ok;
}
