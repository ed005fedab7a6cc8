import { useState, type ReactNode } from 'react';
import { useT } from '../../i18n/i18n.ts';
import { useReaderRole } from '../../i18n/reader-role.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { OrderRows } from '../../order/order-rows.tsx';
import { openSheet, signOn, useShift } from '../../state/shift.ts';
import { refusalWords } from '../../i18n/code-words.ts';
import { useAskAgain } from './use-ask-again.ts';
import './tone-note.css';
import './who-button.css';
import './shift-screen.css';

/** Nobody serves: the next cashier sees what was left, and takes it over by tapping their name. */
export function ShiftScreen(): ReactNode {
  const t = useT();
  const reader = useReaderRole();
  const view = useShift((state) => state.view);
  const atMs = useShift((state) => state.atMs);
  const busy = useShift((state) => state.busy);
  const problem = useShift((state) => state.problem);
  const [chosen, setChosen] = useState<string | null>(null);
  useAskAgain();
  if (view === null) return <main className="till shift-screen" data-testid="shift-screen" />;
  const { names, orders } = view;
  const count = orders.length;
  const name = names.length === 0 ? null : names.find((known) => known === chosen);
  return (
    <main className="till shift-screen" data-testid="shift-screen">
      <header className="shift-screen__top">
        <h1 className="shift-screen__title">{t('shift.nobody')}</h1>
        <p className="shift-screen__ask">
          {t(
            names.length > 0
              ? count > 0
                ? 'shift.lookAndChoose'
                : 'shift.chooseName'
              : count > 0
                ? 'shift.lookLeft'
                : 'shift.begin',
            { count },
          )}
        </p>
        <SheetButton />
      </header>
      {problem !== null && (
        <p className="tone-note" data-tone="wait" role="alert" data-testid="shift-problem" data-code={problem}>
          <Icon name="warning" />
          {refusalWords(t, problem, null, reader)}
        </p>
      )}
      {count > 0 && <OrderRows orders={orders} atMs={atMs} label={t('shift.nobody')} />}
      {names.length > 0 && (
        <Names names={names} chosen={chosen} onPick={count === 0 ? (known) => void signOn(known) : setChosen} />
      )}
      {(count > 0 || names.length === 0) && (
        <div className="till__actions">
          <Button
            key={orders.map(({ orderId, version }) => `${orderId}:${String(version)}`).join()}
            size="money"
            look="strong"
            icon="person"
            label={count > 0 ? t('shift.takeOver', { count }) : t('shift.start')}
            testId="take-over"
            disabled={name === undefined}
            busy={busy}
            onPress={() => void signOn(name ?? null)}
          />
        </div>
      )}
    </main>
  );
}

/** The sheet of the shift before, for whoever closed it too early. */
function SheetButton(): ReactNode {
  const t = useT();
  const id = useShift((state) => state.view?.left?.sheetId ?? null);
  if (id === null) return null;
  return <Button icon="receipt" label={t('shift.sheet')} testId="shift-sheet-open" onPress={() => openSheet(id)} />;
}

interface NamesProps {
  readonly names: readonly string[];
  readonly chosen: string | null;
  readonly onPick: (name: string) => void;
}

function Names({ names, chosen, onPick }: NamesProps): ReactNode {
  const t = useT();
  return (
    <div className="shift-screen__names" role="group" aria-label={t('shift.chooseName')}>
      {names.map((known) => (
        <button
          key={known}
          type="button"
          className="who-button"
          aria-pressed={known === chosen}
          data-testid="shift-name"
          data-name={known}
          onClick={() => onPick(known)}
        >
          <Icon name="person" />
          {known}
        </button>
      ))}
    </div>
  );
}
